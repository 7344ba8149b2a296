package io.github.camundabackup.backup;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a run when the process is told to end (SIGTERM, SIGINT), so that no pause of exporting is left behind. */
final class ShutdownHook {
    // Kubernetes kills a pod 30 s after it asked it to end.
    private static final int PATIENCE_SECONDS = 25;

    private final Thread thread;

    private ShutdownHook(Thread thread) {
        this.thread = thread;
    }

    /**
     * @throws CancellationException if the process is ending already, so that nothing may be paused any more
     */
    static ShutdownHook register(BackupRun run) {
        Thread thread = new Thread(() -> endInTime(run), "camunda-backup-shutdown-" + run.backupId());
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException alreadyShuttingDown) {
            run.stop("The process is ending.");
            throw new CancellationException();
        }
        return new ShutdownHook(thread);
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and this is what it waits for.
        }
    }

    private static void endInTime(BackupRun run) {
        run.stop("The process is ending.");
        try {
            run.completion().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException told) {
            // The run has logged how it ended, or could not end in time.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
