package io.github.camundabackup.restore;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Watches the engine restore the indices of one snapshot: as long as that goes on, and no longer than the engine itself
 * tries.
 */
final class RestoreWatch {
    /** An engine that is being restarted shows neither its indices nor their shards for a while. */
    private static final Duration SUSPICIOUS = Duration.ofMinutes(1);

    private final SnapshotStore store;
    private final TimeSource time;
    private final Duration patience;
    private final String snapshot;
    private final List<String> indices;
    private final Consumer<RestoreProgress> listener;
    private final OutageMeter outages;
    private volatile RestoreProgress last;
    private volatile Best best;
    private volatile long lookedAt;

    /**
     * @param patience how long nothing may go on
     * @param listener gets every progress
     * @param watcher hears when the engine is away
     */
    RestoreWatch(
            SnapshotStore store,
            TimeSource time,
            Duration patience,
            String snapshot,
            List<String> indices,
            Consumer<RestoreProgress> listener,
            Outages.Watcher watcher) {
        this.store = store;
        this.time = time;
        this.patience = patience;
        this.snapshot = snapshot;
        this.indices = indices;
        this.listener = listener;
        outages = new OutageMeter(time, watcher);
        last = new RestoreProgress(0, 0, indices.size(), 0, 0);
        best = Best.NOTHING_YET.and(last);
        lookedAt = time.nanoTime();
    }

    /** Completes when all of them are restored. Cancelling it ends the watch, and not the restore. */
    CompletableFuture<Boolean> await() {
        return Polling.untilStuck(time, patience, () -> best, this::look, this::stuck);
    }

    private CompletableFuture<Optional<Boolean>> look() {
        return bear(outages, store.restoreProgress(indices).thenApply(Optional::of))
                .thenCompose(progress -> {
                    progress.ifPresent(this::seen);
                    return progress.filter(RestoreProgress::isComplete).isPresent()
                            ? CompletableFuture.completedFuture(Optional.of(true))
                            : suspect();
                });
    }

    private void seen(RestoreProgress progress) {
        last = progress;
        listener.accept(progress);
        Best now = best.and(progress);
        if (!now.equals(best)) {
            best = now;
            lookedAt = time.nanoTime();
        }
    }

    /** Only when nothing goes on, and then not with every poll: the engine has to work for the answer. */
    private CompletableFuture<Optional<Boolean>> suspect() {
        long now = time.nanoTime();
        if (Duration.ofNanos(now - lookedAt).compareTo(SUSPICIOUS) < 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        lookedAt = now;
        if (last.indicesMissing() > best.indicesMissing()) {
            return CompletableFuture.failedFuture(
                    new CamundaBackupException("Of the indices that were being restored from "
                            + snapshot + ", " + last.indicesMissing()
                            + " are not there any more. Something deletes them: check that all"
                            + " components are stopped, and that no other restore runs."));
        }
        return bear(outages, store.restoreFailure(indices)).thenApply(given -> {
            given.ifPresent(reason -> {
                throw new CamundaBackupException(
                        "The engine has given up the restore of the snapshot " + snapshot + ": " + reason);
            });
            return Optional.empty();
        });
    }

    private WaitTimedOutException stuck(Duration still) {
        return new WaitTimedOutException(
                "Waiting for the restore of the snapshot " + snapshot + " to go on",
                still,
                last.shardsDone() + " of " + last.shardsTotal() + " shards are started, and " + last.indicesMissing()
                        + " indices are missing. The engine says why with GET _cluster/allocation/explain. "
                        + ComponentSteps.LIMIT);
    }

    /** An engine that cannot be asked for a moment does not end the wait; the deadline does. */
    static <T> CompletableFuture<Optional<T>> bear(OutageMeter outages, CompletableFuture<Optional<T>> answer) {
        return Futures.recover(
                answer.thenApply(answered -> {
                    outages.answered();
                    return answered;
                }),
                error -> {
                    if (!(error instanceof RemoteCallException) || error instanceof AccessDeniedException) {
                        return CompletableFuture.failedFuture(error);
                    }
                    outages.failed(error);
                    return CompletableFuture.completedFuture(Optional.empty());
                });
    }

    /** The most that was ever seen: a shard that is tried again begins from nothing, which is no progress. */
    private record Best(int shardsDone, int indicesMissing, long bytesDone) {
        private static final Best NOTHING_YET = new Best(0, Integer.MAX_VALUE, 0);

        Best and(RestoreProgress progress) {
            return new Best(
                    Math.max(shardsDone, progress.shardsDone()),
                    Math.min(indicesMissing, progress.indicesMissing()),
                    Math.max(bytesDone, progress.bytesDone()));
        }
    }
}
