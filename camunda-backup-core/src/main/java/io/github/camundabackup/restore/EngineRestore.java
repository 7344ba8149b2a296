package io.github.camundabackup.restore;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.plan.IndexNames;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.SnapshotRestore;
import io.github.camundabackup.restore.plan.rules.IndexBlocks;
import io.github.camundabackup.restore.plan.rules.IndexPolicies;
import io.github.camundabackup.restore.plan.rules.PlanCheck;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> counting = CompletableFuture.completedFuture(null);
    /**
     * Indices that were there when the restore of their snapshot was asked for once more, with that snapshot, until the
     * engine has said that they come from it.
     */
    private final Map<String, String> presumed = new ConcurrentHashMap<>();

    private volatile RestoreProgress lastSeen = new RestoreProgress(Map.of(), 0);

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
                    return start(plan.snapshots().iterator(), todo.kept(), new LinkedHashMap<>());
                })
                .thenCompose(started -> watch(started, todo.kept()))
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

    /**
     * Begins to restore one snapshot after the other, and waits for the end of none: the engine restores them at the
     * same time. The order is all that Camunda's own notes demand, and nothing reads an index before all are restored.
     *
     * @param started snapshots that the engine was asked for, with their indices; gets more
     */
    private CompletableFuture<Map<String, List<String>>> start(
            Iterator<SnapshotRestore> snapshots, Set<String> kept, Map<String, List<String>> started) {
        if (!snapshots.hasNext()) {
            return CompletableFuture.completedFuture(started);
        }
        SnapshotRestore snapshot = snapshots.next();
        List<String> missing = snapshot.indices().stream()
                .filter(index -> !kept.contains(plan.names().of(index)))
                .toList();
        if (missing.isEmpty()) {
            record.snapshotDone();
            return start(snapshots, kept, started);
        }
        started.put(snapshot.name().toString(), plan.names().of(missing));
        return start(snapshot, missing).thenCompose(accepted -> start(snapshots, kept, started));
    }

    private CompletableFuture<Boolean> start(SnapshotRestore snapshot, List<String> missing) {
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
                                    return store.restore(all.withIndices(left)).thenApply(accepted -> true);
                                })));
    }

    /** A refusal may come after a part of them was accepted, as they are asked for in several requests. */
    private CompletableFuture<List<String>> notBegun(RestoreRequest request) {
        return store.listIndices(plan.names().of(request.indices())).thenApply(there -> {
            Set<String> begun = there.stream().map(IndexInfo::name).collect(Collectors.toSet());
            // Scratch names are this restore's alone.
            if (!plan.names().areScratch()) {
                begun.forEach(index -> presumed.put(index, request.snapshot()));
            }
            return request.indices().stream()
                    .filter(index -> !begun.contains(plan.names().of(index)))
                    .toList();
        });
    }

    private CompletableFuture<Void> watch(Map<String, List<String>> started, Set<String> kept) {
        count(List.copyOf(kept));
        return started.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : stop.waiting(() -> new RestoreWatch(store, time, settings.stepTimeout(), started, record, this::whole)
                                .await())
                        .thenAccept(restored -> {});
    }

    /** While the engine knows it: where an index is from, it forgets with the next move of a shard or restart. */
    private void whole(List<String> indices) {
        count(indices);
        List<String> unsure = indices.stream().filter(presumed::containsKey).toList();
        if (!unsure.isEmpty()) {
            counting = counting.thenCompose(before -> Futures.recover(
                    confirm(unsure),
                    error -> error instanceof RemoteCallException
                            ? CompletableFuture.completedFuture(null)
                            : CompletableFuture.failedFuture(error)));
        }
    }

    private CompletableFuture<Void> confirm(Collection<String> indices) {
        return store.restoredIndices(indices)
                .thenAccept(origins ->
                        presumed.entrySet().removeIf(index -> index.getValue().equals(origins.get(index.getKey()))));
    }

    /** Counts what is whole while the engine still restores; what cannot be counted yet is counted in the end. */
    private void count(List<String> indices) {
        List<String> planned =
                indices.stream().filter(plan.indices()::containsKey).toList();
        if (!planned.isEmpty()) {
            counting = counting.thenCompose(before -> Futures.recover(
                    store.documentCounts(planned).thenAccept(counts::putAll),
                    error -> error instanceof RemoteCallException
                            ? CompletableFuture.completedFuture(null)
                            : CompletableFuture.failedFuture(error)));
        }
    }

    /**
     * Every shard must answer, also of what was counted hours ago. What a snapshot says about itself does not include
     * how many documents it holds.
     */
    private CompletableFuture<Void> verify() {
        record.enter(Step.VERIFYING);
        List<String> all = List.copyOf(plan.indices().keySet());
        OutageMeter outages = new OutageMeter(time, record);
        return stop.waiting(() -> counting.thenCompose(counted -> Polling.until(
                        time,
                        settings.stepTimeout(),
                        () -> RestoreWatch.bear(outages, countRest(all)),
                        waited -> new WaitTimedOutException(
                                "Counting the restored documents",
                                waited,
                                "These indices cannot be searched in full: " + notWhole(all) + ". "
                                        + ComponentSteps.LIMIT))))
                .thenCompose(counted -> requireRestored(outages))
                .thenCompose(restored -> {
                    record.counted(counts);
                    requireExpected(counts);
                    return warnOfBlocksAndPolicies(all);
                });
    }

    /**
     * An index that appears between two requests is most likely one that the first of them began; but a component that
     * runs all the same makes such indices, too.
     */
    private CompletableFuture<Void> requireRestored(OutageMeter outages) {
        if (presumed.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return stop.waiting(() -> Polling.until(
                        time,
                        settings.stepTimeout(),
                        () -> RestoreWatch.bear(
                                outages, confirm(List.copyOf(presumed.keySet())).thenApply(asked -> Optional.of(true))),
                        waited -> new WaitTimedOutException(
                                "Asking where indices are from",
                                waited,
                                "The engine did not say. " + ComponentSteps.LIMIT)))
                .thenAccept(asked -> {
                    List<String> others = presumed.keySet().stream().sorted().toList();
                    if (!others.isEmpty()) {
                        throw new CamundaBackupException(
                                "While the engine refused the restore for a while, indices appeared of which it does not"
                                        + " say that they were restored: " + Phrases.some(others)
                                        + ". Check that all components are stopped, and restore again with a new plan.");
                    }
                });
    }

    private CompletableFuture<Optional<Boolean>> countRest(List<String> all) {
        List<String> rest =
                all.stream().filter(index -> !counts.containsKey(index)).toList();
        return store.documentCounts(rest)
                .thenCompose(counted -> {
                    counts.putAll(counted);
                    return store.restoreProgress(all);
                })
                .thenApply(progress -> {
                    lastSeen = progress;
                    return Optional.of(true).filter(whole -> notWhole(all).isEmpty());
                });
    }

    private List<String> notWhole(List<String> all) {
        Map<String, RestoreProgress.Index> there = lastSeen.indices();
        return all.stream()
                .filter(index -> !counts.containsKey(index)
                        || !there.containsKey(index)
                        || !there.get(index).isComplete())
                .sorted()
                .toList();
    }

    /** A block is restored with its index, and whatever is started then cannot write; policies are not restored. */
    private CompletableFuture<Void> warnOfBlocksAndPolicies(List<String> indices) {
        CompletableFuture<Void> warned = store.indexSettings(indices).thenCompose(found -> {
            record.warn(IndexBlocks.warning(found).stream().toList());
            return unlessUnseen("whether the policies that restored indices name are there", policies(found));
        });
        return unlessUnseen("whether restored indices take writes (index.blocks.*)", warned);
    }

    private CompletableFuture<Void> policies(Map<String, Map<String, String>> found) {
        return store.missingPolicies(IndexPolicies.named(found))
                .thenAccept(missing -> record.warn(
                        IndexPolicies.warning(found, missing).stream().toList()));
    }

    private CompletableFuture<Void> unlessUnseen(String what, CompletableFuture<Void> look) {
        return Futures.recover(look, error -> {
            record.warn(List.of("It was not seen " + what + ": " + error.getMessage()));
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
