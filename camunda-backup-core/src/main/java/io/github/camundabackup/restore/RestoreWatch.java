package io.github.camundabackup.restore;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Watches the engine restore the indices of several snapshots, which it does at the same time: as long as that goes on,
 * and no longer than the engine itself tries. What is whole is not asked about again.
 */
final class RestoreWatch {
    /** An engine that is being restarted shows neither its indices nor their shards for a while. */
    private static final Duration SUSPICIOUS = Duration.ofMinutes(1);

    private final SnapshotStore store;
    private final TimeSource time;
    private final Duration patience;
    private final RestoreProgressRecord record;
    private final Consumer<List<String>> whole;
    private final OutageMeter outages;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, RestoreProgress.Index> finished = new HashMap<>();
    private volatile RestoreProgress last;
    private volatile Best best;

    /**
     * @param patience how long nothing may go on
     * @param snapshots what is being restored: names of snapshots to complete names of indices, none of them without
     *     any
     * @param record gets every progress and hears when the engine is away
     * @param whole gets indices when they are restored, each once
     */
    RestoreWatch(
            SnapshotStore store,
            TimeSource time,
            Duration patience,
            Map<String, List<String>> snapshots,
            RestoreProgressRecord record,
            Consumer<List<String>> whole) {
        this.store = store;
        this.time = time;
        this.patience = patience;
        this.record = record;
        this.whole = whole;
        outages = new OutageMeter(time, record);
        snapshots.forEach((snapshot, indices) -> parts.add(new Part(snapshot, indices, time.nanoTime())));
        last = new RestoreProgress(Map.of(), pending().size());
        best = Best.NOTHING_YET.and(last);
    }

    /** Completes when all of them are restored. Cancelling it ends the watch, and not the restores. */
    CompletableFuture<Boolean> await() {
        return Polling.untilStuck(time, patience, () -> best, this::look, this::stuck);
    }

    private List<String> pending() {
        return parts.stream().flatMap(part -> part.pending.stream()).toList();
    }

    private CompletableFuture<Optional<Boolean>> look() {
        return bear(outages, store.restoreProgress(pending()).thenApply(Optional::of))
                .thenCompose(progress -> {
                    progress.ifPresent(this::seen);
                    return parts.isEmpty() ? CompletableFuture.completedFuture(Optional.of(true)) : suspect();
                });
    }

    private void seen(RestoreProgress progress) {
        long now = time.nanoTime();
        List<String> done = new ArrayList<>();
        for (Part part : parts) {
            done.addAll(part.seen(progress, now));
        }
        done.forEach(index -> finished.put(index, progress.indices().get(index)));
        Map<String, RestoreProgress.Index> all = new HashMap<>(progress.indices());
        all.putAll(finished);
        last = new RestoreProgress(all, progress.indicesMissing());
        best = best.and(last);
        record.progress(last);
        int before = parts.size();
        parts.removeIf(part -> part.pending.isEmpty());
        for (int i = parts.size(); i < before; i++) {
            record.snapshotDone();
        }
        if (!done.isEmpty()) {
            whole.accept(done);
        }
    }

    /**
     * Only where nothing goes on, and then one snapshot after the other and not with every poll: the engine has to work
     * for the answer.
     */
    private CompletableFuture<Optional<Boolean>> suspect() {
        long now = time.nanoTime();
        Optional<Part> still = parts.stream()
                .filter(part -> Duration.ofNanos(now - part.lookedAt).compareTo(SUSPICIOUS) >= 0)
                .min(Comparator.comparingLong(part -> part.lookedAt - now));
        if (still.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Part part = still.get();
        part.lookedAt = now;
        long vanished = part.vanished(last);
        if (vanished > 0) {
            return CompletableFuture.failedFuture(
                    new CamundaBackupException("Of the indices that were being restored from "
                            + part.snapshot + ", " + vanished
                            + " are not there any more. Something deletes them: check that all"
                            + " components are stopped, and that no other restore runs."));
        }
        return bear(outages, store.restoreFailure(part.pending)).thenApply(given -> {
            given.ifPresent(reason -> {
                throw new CamundaBackupException(
                        "The engine has given up the restore of the snapshot " + part.snapshot + ": " + reason);
            });
            return Optional.empty();
        });
    }

    private WaitTimedOutException stuck(Duration still) {
        return new WaitTimedOutException(
                "Waiting for the restore of the snapshot " + parts.get(0).snapshot
                        + (parts.size() == 1 ? "" : " and of " + (parts.size() - 1) + " more") + " to go on",
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
                    if (!(error instanceof RemoteCallException) || FailureKind.of(error) == FailureKind.DENIED) {
                        return CompletableFuture.failedFuture(error);
                    }
                    outages.failed(error);
                    return CompletableFuture.completedFuture(Optional.empty());
                });
    }

    /** What is not whole yet of one snapshot. Used by one question at a time. */
    private static final class Part {
        private final String snapshot;
        private final List<String> pending;
        private final Set<String> seen = new HashSet<>();
        private Best best = Best.NOTHING_YET;
        /** When something went on, or when it was last asked why nothing does. */
        private long lookedAt;

        Part(String snapshot, List<String> indices, long now) {
            this.snapshot = snapshot;
            pending = new ArrayList<>(indices);
            lookedAt = now;
        }

        /** Which of them are whole now. */
        List<String> seen(RestoreProgress progress, long now) {
            Map<String, RestoreProgress.Index> own = new HashMap<>(progress.indices());
            own.keySet().retainAll(pending);
            Best next = best.and(new RestoreProgress(own, pending.size() - own.size()));
            List<String> done = pending.stream()
                    .filter(index -> own.containsKey(index) && own.get(index).isComplete())
                    .toList();
            seen.addAll(own.keySet());
            if (!next.equals(best) || !done.isEmpty()) {
                best = done.isEmpty() ? next : Best.NOTHING_YET;
                lookedAt = now;
            }
            pending.removeAll(done);
            return done;
        }

        long vanished(RestoreProgress progress) {
            return pending.stream()
                    .filter(index -> seen.contains(index) && !progress.indices().containsKey(index))
                    .count();
        }
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
