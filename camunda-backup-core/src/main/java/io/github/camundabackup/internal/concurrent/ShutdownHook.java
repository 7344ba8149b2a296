package io.github.camundabackup.internal.concurrent;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Ends a run when the process is asked to end (SIGTERM, SIGINT), so that neither a pause of exporting nor a lock is
 * left behind. The process waits for it, but not for ever.
 */
public final class ShutdownHook {
    // Kubernetes kills a pod 30 s after it asked it to end.
    private static final int PATIENCE_SECONDS = 25;
    private static final String REASON = "The process is ending.";

    private ShutdownHook() {}

    /**
     * From now on, and until the run has ended.
     *
     * @param name identifies this run in a thread dump
     * @param stop ends the run, for the given reason, and returns at once
     * @param end completes when the run has ended, however it did
     * @throws CancellationException if the process is ending already, so that nothing may be begun any more; the run
     *     was asked to stop
     */
    public static void register(String name, Consumer<String> stop, CompletableFuture<?> end) {
        Thread thread = new Thread(() -> endInTime(stop, end), "camunda-backup-shutdown-" + name);
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException alreadyShuttingDown) {
            stop.accept(REASON);
            throw new CancellationException();
        }
        end.whenComplete((done, error) -> remove(thread));
    }

    private static void remove(Thread thread) {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and this is what it waits for.
        }
    }

    private static void endInTime(Consumer<String> stop, CompletableFuture<?> end) {
        stop.accept(REASON);
        try {
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException told) {
            // The run has logged how it ended, or could not end in time.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
