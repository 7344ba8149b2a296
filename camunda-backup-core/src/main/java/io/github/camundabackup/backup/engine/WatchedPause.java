package io.github.camundabackup.backup.engine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.journal.JournaledRun;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The pause of exporting around the steps of a backup: confirmed before the first step, limited in time, and ended
 * whatever happens. It does not wait for steps that go on although the run was stopped.
 */
final class WatchedPause {
    private final ExportingPause pause;
    private final Duration limit;
    private final Supplier<CompletableFuture<Boolean>> mayResume;
    private final Executor executor;
    private final BackupRecord record;
    private final CancellationSignal stop;

    /**
     * @param mayResume whether this run still has the duty to resume
     * @param executor where the steps are done; the pause has its own threads
     */
    WatchedPause(
            ExportingPause pause,
            Duration limit,
            Supplier<CompletableFuture<Boolean>> mayResume,
            Executor executor,
            BackupRecord record,
            CancellationSignal stop) {
        this.pause = pause;
        this.limit = limit;
        this.mayResume = mayResume;
        this.executor = executor;
        this.record = record;
        this.stop = stop;
    }

    /** Pauses exporting, and does the steps. */
    CompletableFuture<Void> begin(Supplier<CompletableFuture<Void>> steps) {
        return around(limit, this::enter, steps);
    }

    /**
     * Does the steps in a pause that another process has begun, or was about to. The brokers' disks have been filling
     * up since.
     *
     * @param held what the brokers show of it, if nothing is to be done about it any more
     */
    CompletableFuture<Void> goOn(
            JournaledRun run, Optional<ExportingStatus> held, Supplier<CompletableFuture<Void>> steps) {
        Duration passed = run.pausedAt()
                .map(at -> Duration.between(at, pause.time().now()))
                .orElse(Duration.ZERO);
        Duration left = limit.minus(passed);
        return around(
                left.isNegative() ? Duration.ZERO : left,
                () -> held.flatMap(status -> run.evidence().map(evidence -> {
                            record.exportingPaused(status, evidence.confirmedAt());
                            return CompletableFuture.<Void>completedFuture(null);
                        }))
                        .orElseGet(this::enter),
                steps);
    }

    private CompletableFuture<Void> enter() {
        return pause.begin(() -> !stop.isGiven())
                .thenCompose(begun -> stop.waiting(pause::confirm))
                .thenAccept(record::exportingPaused);
    }

    private CompletableFuture<Void> around(
            Duration longest, Supplier<CompletableFuture<Void>> enter, Supplier<CompletableFuture<Void>> steps) {
        CompletableFuture<Void> watchdog = pause.time().delay(longest);
        watchdog.thenRun(() -> stop.now(new WaitTimedOutException(
                "The pause of exporting", limit, "The run gives up, so that the brokers' disks do not fill up.")));
        CompletableFuture<Void> work = CompletableFuture.<Void>completedFuture(null)
                .thenCompose(ready -> enter.get())
                .thenComposeAsync(entered -> steps.get(), executor)
                .thenCompose(done -> stop.waiting(() -> pause.requireHeld(record.evidence())));
        return stop.notOutlasting(pause.time(), work, () -> true)
                .handle((done, error) -> pause.end(mayResume).thenAccept(resumed -> {
                    watchdog.cancel(false);
                    record.exportingResumed(pause.report());
                    record.warn(pause.lateEffect().stream().toList());
                    if (error != null) {
                        throw new CompletionException(Futures.unwrap(error));
                    }
                    if (!resumed) {
                        throw new CamundaBackupException(
                                "All parts of the backup are complete, but exporting could not be resumed.");
                    }
                }))
                .thenCompose(ended -> ended);
    }
}
