package io.github.camundabackup.restore;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.plan.IndexNames;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.SnapshotRestore;
import io.github.camundabackup.restore.plan.rules.IndexBlocks;
import io.github.camundabackup.restore.plan.rules.PlanCheck;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The steps of a restore in the search engine: deletes indices, restores snapshots, and verifies them. */
final class EngineRestore {
    private final RestorePlan plan;
    private final SnapshotStore store;
    private final RestoreSettings settings;
    private final TimeSource time;
    private final RestoreProgressRecord record;
    private final CancellationSignal stop;
    private final Supplier<CompletableFuture<Void>> beforeChange;
    private volatile Map<String, Long> lastCounts = Map.of();

    /**
     * @param beforeChange to be waited for before each change
     */
    EngineRestore(
            RestorePlan plan,
            SnapshotStore store,
            RestoreSettings settings,
            TimeSource time,
            RestoreProgressRecord record,
            CancellationSignal stop,
            Supplier<CompletableFuture<Void>> beforeChange) {
        this.plan = plan;
        this.store = store;
        this.settings = settings;
        this.time = time;
        this.record = record;
        this.stop = stop;
        this.beforeChange = beforeChange;
    }

    CompletableFuture<Void> run(PlanCheck.Todo todo) {
        record.keep(todo.kept());
        return delete(todo.deletions())
                .thenCompose(deleted -> {
                    record.enter(Step.RESTORING);
                    return next(plan.snapshots().iterator(), todo.kept());
                })
                .thenCompose(restored -> verify());
    }

    private CompletableFuture<Void> delete(List<String> indices) {
        if (indices.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return outlastRefusals("The deletion of the indices", () -> deleteOnce(indices))
                .thenCompose(done -> store.listIndices(indices))
                .thenAccept(left -> {
                    if (!left.isEmpty()) {
                        throw new CamundaBackupException(
                                "The engine said that it deleted "
                                        + left.stream().map(IndexInfo::name).toList()
                                        + ", and they are still there. Something creates them again: check that all components are stopped.");
                    }
                });
    }

    private CompletableFuture<Boolean> deleteOnce(List<String> indices) {
        return beforeChange.get().thenCompose(mayGoOn -> {
            record.deleting(indices);
            return Futures.recover(
                    store.deleteIndices(indices).thenApply(done -> true),
                    error -> withdraw(indices, error)
                            .thenCompose(withdrawn -> CompletableFuture.<Boolean>failedFuture(error)));
        });
    }

    /** A refusal may come after a part of them was deleted, as they are deleted in several requests. */
    private CompletableFuture<Void> withdraw(List<String> indices, Throwable error) {
        if (!FailureKind.isWithoutEffect(error)) {
            return CompletableFuture.completedFuture(null);
        }
        return store.listIndices(indices).handle((there, unknown) -> {
            if (unknown != null) {
                error.addSuppressed(Futures.unwrap(unknown));
            } else if (there.size() == Set.copyOf(indices).size()) {
                record.nothingDeleted();
            }
            return null;
        });
    }

    /** Tries again what the engine has refused for a reason that passes by itself, such as a running snapshot. */
    private CompletableFuture<Boolean> outlastRefusals(String what, Supplier<CompletableFuture<Boolean>> attempt) {
        return Outages.outlast(
                time,
                settings.stepTimeout(),
                attempt,
                error -> FailureKind.isWithoutEffect(error) && FailureKind.passesByItself(error),
                new Outages.Watcher() {
                    @Override
                    public void begins(Throwable failure) {
                        record.warn(List.of(what + " was refused, and is tried again until it is not, for at most "
                                + settings.stepTimeout().toMinutes() + " min: " + failure.getMessage()));
                    }

                    @Override
                    public void ends(Throwable failure, Duration lasted) {}
                });
    }

    private CompletableFuture<Void> next(Iterator<SnapshotRestore> snapshots, Set<String> kept) {
        return snapshots.hasNext()
                ? restore(snapshots.next(), kept).thenCompose(done -> next(snapshots, kept))
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> restore(SnapshotRestore snapshot, Set<String> kept) {
        List<String> missing = snapshot.indices().stream()
                .filter(index -> !kept.contains(plan.names().of(index)))
                .toList();
        if (missing.isEmpty()) {
            record.snapshotDone();
            return CompletableFuture.completedFuture(null);
        }
        RestoreRequest.Builder request = RestoreRequest.builder(snapshot.name().toString());
        missing.forEach(request::index);
        request.settings(settings.indexSettings());
        if (plan.names().areScratch()) {
            request.rename(IndexNames.WHOLE_NAME, plan.names().replacement());
        }
        List<String> restored = plan.names().of(missing);
        RestoreRequest all = request.build();
        AtomicBoolean again = new AtomicBoolean();
        return outlastRefusals(
                        "The restore of the snapshot " + snapshot.name(),
                        () -> (again.getAndSet(true) ? notBegun(all) : CompletableFuture.completedFuture(missing))
                                .thenCompose(left -> left.isEmpty()
                                        ? CompletableFuture.completedFuture(true)
                                        : beforeChange.get().thenCompose(mayGoOn -> {
                                            record.begun(restored);
                                            return store.restore(all.withIndices(left))
                                                    .thenApply(accepted -> true);
                                        })))
                .thenCompose(accepted -> stop.waiting(() -> new RestoreWatch(
                                store,
                                time,
                                settings.stepTimeout(),
                                snapshot.name().toString(),
                                restored,
                                record::progress,
                                record)
                        .await()))
                .thenRun(record::snapshotDone);
    }

    /** A refusal may come after a part of them was accepted, as they are asked for in several requests. */
    private CompletableFuture<List<String>> notBegun(RestoreRequest request) {
        return store.listIndices(plan.names().of(request.indices())).thenApply(there -> {
            Set<String> begun = there.stream().map(IndexInfo::name).collect(Collectors.toSet());
            return request.indices().stream()
                    .filter(index -> !begun.contains(plan.names().of(index)))
                    .toList();
        });
    }

    /** Every shard must answer. What a snapshot says about itself does not include how many documents it holds. */
    private CompletableFuture<Void> verify() {
        record.enter(Step.VERIFYING);
        List<String> all = List.copyOf(plan.indices().keySet());
        OutageMeter outages = new OutageMeter(time, record);
        return stop.waiting(() -> Polling.until(
                        time,
                        settings.stepTimeout(),
                        () -> RestoreWatch.bear(
                                outages, store.documentCounts(all).thenApply(counted -> {
                                    lastCounts = counted;
                                    return Optional.of(counted)
                                            .filter(done -> counted.keySet().containsAll(all));
                                })),
                        waited -> new WaitTimedOutException(
                                "Counting the restored documents",
                                waited,
                                "These indices cannot be searched in full: "
                                        + all.stream()
                                                .filter(index -> !lastCounts.containsKey(index))
                                                .sorted()
                                                .toList()
                                        + ". " + ComponentSteps.LIMIT)))
                .thenCompose(counted -> {
                    record.counted(counted);
                    requireExpected(counted);
                    return warnOfBlocks(all);
                });
    }

    /** A block is restored with its index, and whatever is started then cannot write. */
    private CompletableFuture<Void> warnOfBlocks(List<String> indices) {
        CompletableFuture<Void> warned = store.indexSettings(indices)
                .thenAccept(
                        found -> record.warn(IndexBlocks.warning(found).stream().toList()));
        return Futures.recover(warned, error -> {
            record.warn(List.of(
                    "It was not seen whether restored indices take writes (index.blocks.*): " + error.getMessage()));
            return CompletableFuture.completedFuture(null);
        });
    }

    private void requireExpected(Map<String, Long> counted) {
        List<String> wrong = counted.entrySet().stream()
                .flatMap(index -> settings.expectedDocuments(plan.names().original(index.getKey())).stream()
                        .filter(expected -> expected != index.getValue())
                        .mapToObj(expected ->
                                index.getKey() + " holds " + index.getValue() + " documents instead of " + expected))
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            throw new CamundaBackupException("What was restored is not what was expected: " + String.join(", ", wrong)
                    + ". Check whether this is the backup that was counted.");
        }
    }
}
