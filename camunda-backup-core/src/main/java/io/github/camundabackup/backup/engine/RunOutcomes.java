package io.github.camundabackup.backup.engine;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes into the repository how runs ended. Thread-safe. */
public final class RunOutcomes {
    /** Much longer than an engine needs that is there. */
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** A process that is being stopped must end soon. */
    private static final Duration LIMIT_OF_A_STOPPED_RUN = Duration.ofSeconds(5);
    /** A store looks longer than this for what became of a request whose answer was lost; asking again is faster. */
    private static final Duration ATTEMPT = Duration.ofSeconds(4);
    /** Matches nothing: engines make a snapshot without indices then. No index of Camunda's begins so. */
    private static final String NO_INDEX = "no-index-of-camunda-backup-*";

    private final SnapshotStore store;
    private final TimeSource time;

    public RunOutcomes(SnapshotStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /**
     * Writes it, unless the run has written it before.
     *
     * @param hurried whether the run was told to stop
     * @return a warning if it could not be written, or if something else is written there; never fails
     */
    public CompletableFuture<Optional<String>> write(RunOutcome outcome, boolean hurried) {
        Duration limit = hurried ? LIMIT_OF_A_STOPPED_RUN : LIMIT;
        String name = SnapshotName.outcome(outcome.backupId());
        AtomicBoolean there = new AtomicBoolean();
        CompletableFuture<SnapshotInfo> polling = Polling.until(
                time,
                limit,
                () -> Futures.recover(
                        there.get() ? ended(name) : create(outcome, there),
                        error -> FailureKind.isTolerableInAPoll(error)
                                ? CompletableFuture.completedFuture(Optional.empty())
                                : CompletableFuture.failedFuture(error)),
                waited -> new WaitTimedOutException("The snapshot " + name, waited, ""));
        // What hangs in the store ends no poll.
        return Futures.within(
                        time,
                        limit.plusSeconds(1),
                        polling,
                        () -> new WaitTimedOutException("The snapshot " + name, limit, ""))
                .handle((written, error) -> {
                    if (error == null && isSame(written, outcome)) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            error == null
                                    ? "The run has written down before how it ended, and differently: see the metadata of the"
                                            + " snapshot " + name + "."
                                    : "How this run ended could not be written into the repository, so that a check without"
                                            + " this report cannot call the backup consistent: "
                                            + Futures.unwrap(error).getMessage());
                });
    }

    /** May be repeated, as a store makes no second one of the same name. */
    private CompletableFuture<Optional<SnapshotInfo>> create(RunOutcome outcome, AtomicBoolean there) {
        SnapshotRequest.Builder request = SnapshotRequest.builder(SnapshotName.outcome(outcome.backupId()))
                .index(NO_INDEX)
                .allowEmpty();
        outcome.toMetadata().forEach(request::metadata);
        return Futures.within(
                        time,
                        ATTEMPT,
                        store.createSnapshot(request.build()),
                        () -> new WaitTimedOutException("The request for the snapshot", ATTEMPT, ""))
                .handle((accepted, error) -> {
                    if (error != null && Futures.unwrap(error) instanceof WaitTimedOutException) {
                        return CompletableFuture.completedFuture(Optional.<SnapshotInfo>empty());
                    }
                    there.set(error == null || isThere(Futures.unwrap(error)));
                    return there.get()
                            ? ended(SnapshotName.outcome(outcome.backupId()))
                            : CompletableFuture.<Optional<SnapshotInfo>>failedFuture(Futures.unwrap(error));
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Optional<SnapshotInfo>> ended(String name) {
        return store.get(name)
                .thenApply(info -> info.filter(written -> written.state().isTerminal()));
    }

    private static boolean isThere(Throwable error) {
        return error instanceof SnapshotStoreException refused && refused.reason() == Reason.NAME_IN_USE;
    }

    private static boolean isSame(SnapshotInfo written, RunOutcome outcome) {
        try {
            return RunOutcome.fromMetadata(written.metadata()).whole() == outcome.whole();
        } catch (IllegalArgumentException other) {
            return false;
        }
    }
}
