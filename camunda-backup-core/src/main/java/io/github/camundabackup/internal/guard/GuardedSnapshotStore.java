package io.github.camundabackup.internal.guard;

import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.foreign.ForeignCalls;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RecordRange;
import io.github.camundabackup.snapshot.RepositoryInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.RestoreTarget;
import io.github.camundabackup.snapshot.RestoreThrottles;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A snapshot store held to the rules of its port, whoever implements it: it is called on no thread of a run, every
 * future ends in time, and what goes wrong is an error of this library. Thread-safe.
 */
public final class GuardedSnapshotStore extends ForwardingSnapshotStore {
    /** A backstop: the stores of this library end their requests themselves. A listing has it for each sign of life. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final SnapshotStore own;
    private final ForeignCalls calls;
    private final String description;
    private final Optional<BackupJournal> journal;
    private final Optional<RestoreThrottles> throttles;
    private final Optional<Bounds> bounds;

    private GuardedSnapshotStore(SnapshotStore store, ClientResources resources) {
        super(store);
        own = store;
        calls = ForeignCalls.of(resources);
        description = store.description();
        journal = store.journal().map(kept -> GuardedJournal.of(kept, resources));
        throttles = store.restoreThrottles();
        bounds = Optional.empty();
    }

    private GuardedSnapshotStore(GuardedSnapshotStore guarded, Bounds bounds) {
        super(guarded.own);
        own = guarded.own;
        calls = guarded.calls;
        description = guarded.description;
        journal = guarded.journal;
        throttles = guarded.throttles;
        this.bounds = Optional.of(bounds);
    }

    /**
     * When the calls of a run end, whatever the store does.
     *
     * @param what the limit is, as a sentence
     */
    private record Bounds(TimeSource time, Duration limit, String what, CancellationSignal stop) {
        private <T> CompletableFuture<T> around(String call, CompletableFuture<T> answer) {
            CompletableFuture<T> inTime = untilStopped(Futures.within(
                    time,
                    limit,
                    answer,
                    () -> new WaitTimedOutException(call, limit, "What it does meanwhile is not known. " + what)));
            inTime.whenComplete((value, error) -> answer.cancel(false));
            return inTime;
        }

        private <T> CompletableFuture<T> untilStopped(CompletableFuture<T> answer) {
            CompletableFuture<T> untilStopped = stop.notOutlasting(time, answer, () -> true);
            untilStopped.whenComplete((value, error) -> answer.cancel(false));
            return untilStopped;
        }
    }

    /** The store itself if it is guarded already. */
    public static SnapshotStore of(SnapshotStore store, ClientResources resources) {
        return store instanceof GuardedSnapshotStore ? store : new GuardedSnapshotStore(store, resources);
    }

    /**
     * The same store for one run: each call also ends by the limit of what the run is doing, and soon after the run is
     * stopped.
     *
     * @param what the limit is, as a sentence
     * @param stop the order to stop the run
     */
    public static SnapshotStore forRun(
            SnapshotStore store, ClientResources resources, Duration limit, String what, CancellationSignal stop) {
        return new GuardedSnapshotStore(
                (GuardedSnapshotStore) of(store, resources), new Bounds(resources.time(), limit, what, stop));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public CompletableFuture<EngineInfo> engine() {
        return answer("the question for the engine", () -> super.engine());
    }

    @Override
    public CompletableFuture<RepositoryInfo> verifyRepository() {
        return answer("the check of the repository", () -> super.verifyRepository());
    }

    @Override
    public CompletableFuture<List<String>> missingPrivileges() {
        return answer("the question for missing privileges", () -> super.missingPrivileges());
    }

    @Override
    public CompletableFuture<Void> createSnapshot(SnapshotRequest request) {
        return done(
                "the request for a snapshot, so that it may have begun or not,", () -> super.createSnapshot(request));
    }

    @Override
    public CompletableFuture<Optional<SnapshotProgress>> progress(String snapshot) {
        return answer("the question how far a snapshot is", () -> super.progress(snapshot));
    }

    @Override
    public CompletableFuture<Optional<SnapshotInfo>> get(String snapshot) {
        return answer("the question for a snapshot", () -> super.get(snapshot));
    }

    @Override
    public CompletableFuture<Map<String, SnapshotInfo>> getAll(Collection<String> snapshots) {
        return answer("the question for snapshots", () -> super.getAll(snapshots));
    }

    @Override
    public CompletableFuture<Void> list(Collection<String> patterns, Consumer<SnapshotInfo> consumer) {
        return handedOver("the list of the snapshots", consumer, heard -> super.list(patterns, heard));
    }

    @Override
    public CompletableFuture<Void> listNames(Collection<String> patterns, Consumer<String> consumer) {
        return handedOver("the list of the snapshots' names", consumer, heard -> super.listNames(patterns, heard));
    }

    @Override
    public CompletableFuture<OptionalLong> verifySnapshot(String snapshot) {
        return answer("the check of a snapshot", () -> super.verifySnapshot(snapshot));
    }

    @Override
    public CompletableFuture<Void> deleteSnapshot(String snapshot) {
        return done("the deletion of a snapshot", () -> super.deleteSnapshot(snapshot));
    }

    @Override
    public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
        return answer("the list of the indices", () -> super.listIndices(patterns));
    }

    @Override
    public CompletableFuture<Void> deleteIndices(Collection<String> names) {
        return done("the deletion of indices, so that they may be gone or not,", () -> super.deleteIndices(names));
    }

    @Override
    public CompletableFuture<Void> restore(RestoreRequest request) {
        return done("the request for a restore, so that it may have begun or not,", () -> super.restore(request));
    }

    @Override
    public CompletableFuture<RestoreProgress> restoreProgress(Collection<String> indices) {
        return answer("the question how far a restore is", () -> super.restoreProgress(indices));
    }

    @Override
    public CompletableFuture<Optional<String>> restoreFailure(Collection<String> indices) {
        return answer("the question why a restore does not end", () -> super.restoreFailure(indices));
    }

    @Override
    public CompletableFuture<Map<String, Long>> documentCounts(Collection<String> indices) {
        return answer("the counting of documents", () -> super.documentCounts(indices));
    }

    @Override
    public CompletableFuture<Map<String, String>> restoredIndices(Collection<String> indices) {
        return answer("the question where indices come from", () -> super.restoredIndices(indices));
    }

    @Override
    public CompletableFuture<Map<String, Map<String, String>>> indexSettings(Collection<String> indices) {
        return answer("the question what indices are set to", () -> super.indexSettings(indices));
    }

    @Override
    public CompletableFuture<List<String>> missingPolicies(Collection<String> policies) {
        return answer("the question which policies are missing", () -> super.missingPolicies(policies));
    }

    @Override
    public CompletableFuture<Optional<RestoreTarget>> restoreTarget() {
        return answer("the question for what a restore needs", () -> super.restoreTarget());
    }

    @Override
    public CompletableFuture<Optional<String>> engineId() {
        return answer("the question for the id of the engine", () -> super.engineId());
    }

    @Override
    public Optional<BackupJournal> journal() {
        return journal;
    }

    @Override
    public Optional<ExportedRecords> exportedRecords() {
        return super.exportedRecords().map(GuardedRecords::new);
    }

    /** The same for what asks the exported records. */
    private final class GuardedRecords implements ExportedRecords {
        private static final String QUESTION = "a question for exported records";

        private final ExportedRecords records;

        GuardedRecords(ExportedRecords records) {
            this.records = records;
        }

        @Override
        public CompletableFuture<SortedMap<Integer, Long>> highestPositions(String indexPattern) {
            return answer(QUESTION, () -> records.highestPositions(indexPattern));
        }

        @Override
        public CompletableFuture<List<RecordRange>> ranges(String indexPattern, Map<Integer, Long> upTo) {
            return answer(QUESTION, () -> records.ranges(indexPattern, upTo));
        }

        @Override
        public CompletableFuture<Long> count(
                String indexPattern, int partitionId, long above, long upTo, Optional<Instant> notAfter) {
            return answer(QUESTION, () -> records.count(indexPattern, partitionId, above, upTo, notAfter));
        }
    }

    @Override
    public Optional<RestoreThrottles> restoreThrottles() {
        return throttles.map(GuardedThrottles::new);
    }

    /** The same for what raises the limits of restores. */
    private final class GuardedThrottles implements RestoreThrottles {
        private final RestoreThrottles throttles;

        GuardedThrottles(RestoreThrottles throttles) {
            this.throttles = throttles;
        }

        @Override
        public CompletableFuture<Limits> limits() {
            return answer("the question for the limits of restores", throttles::limits);
        }

        @Override
        public CompletableFuture<Boolean> raise(String by) {
            return answer(
                    "raising the limits of restores, so that they may be raised or not,", () -> throttles.raise(by));
        }

        @Override
        public CompletableFuture<PutBack> putBack() {
            return answer("putting back the limits of restores", throttles::putBack);
        }
    }

    private CompletableFuture<Void> done(String what, Supplier<CompletableFuture<Void>> call) {
        return answer(what, () -> {
                    CompletableFuture<Void> work = call.get();
                    CompletableFuture<Boolean> done = work.thenApply(nothing -> true);
                    done.whenComplete((value, error) -> work.cancel(false));
                    return done;
                })
                .thenAccept(done -> {});
    }

    /** As long as something is handed over, it is not late. */
    private <T> CompletableFuture<Void> handedOver(
            String what, Consumer<T> consumer, Function<Consumer<T>, CompletableFuture<Void>> call) {
        CompletableFuture<Boolean> answer = calls.sendWhileHeardOf(
                description + ": " + what,
                LIMIT,
                sign -> call.apply(element -> {
                            sign.run();
                            consumer.accept(element);
                        })
                        .thenApply(nothing -> true));
        return bounds.map(each -> each.untilStopped(answer)).orElse(answer).thenAccept(done -> {});
    }

    private <T> CompletableFuture<T> answer(String what, Supplier<CompletableFuture<T>> call) {
        String named = description + ": " + what;
        CompletableFuture<T> answer = calls.send(named, LIMIT, call);
        return bounds.map(each -> each.around(named, answer)).orElse(answer);
    }
}
