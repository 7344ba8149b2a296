package io.github.camundabackup.restore;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.ShutdownHook;
import io.github.camundabackup.internal.guard.GuardedSnapshotStore;
import io.github.camundabackup.internal.lock.RestoreLock;
import io.github.camundabackup.internal.throttles.RaisedThrottles;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.rules.BackupSnapshot;
import io.github.camundabackup.restore.plan.rules.PlanCheck;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One execution of a plan, from the last look to the report. */
final class RestoreRun implements RestoreHandle {
    /** How long the engine is asked at the end, when it may have been it that hung. */
    private static final Duration INVENTORY = Duration.ofSeconds(30);

    private final RestorePlan plan;
    private final SnapshotStore store;
    private final RestoreSettings settings;
    private final Optional<RestoreLock> lock;
    private final Optional<ObjectStore> bucket;
    private final ClientResources resources;
    private final RestoreProgressRecord record;
    private final EngineRestore engine;
    private final ComponentSteps components;
    private final RaisedThrottles throttles;
    private final CancellationSignal stop = new CancellationSignal();
    private final CompletableFuture<RestoreReport> completion = new CompletableFuture<>();
    private volatile RestoreLock.@Nullable Held held;

    /**
     * @param endpoints where the components are; empty if they cannot be asked
     * @param lock empty if no other run can be there
     * @param bucket where Zeebe's part is; empty if it is not to be looked at
     */
    RestoreRun(
            RestorePlan plan,
            Optional<ClusterEndpoints> endpoints,
            SnapshotStore store,
            RestoreSettings settings,
            Optional<RestoreLock> lock,
            Optional<ObjectStore> bucket,
            ClientResources resources) {
        this.plan = plan;
        this.store = GuardedSnapshotStore.forRun(store, resources, settings.stepTimeout(), ComponentSteps.LIMIT, stop);
        this.settings = settings;
        this.lock = lock.filter(wanted -> plan.scratchPrefix().isEmpty());
        this.bucket = bucket;
        this.resources = resources;
        record = new RestoreProgressRecord(plan, settings.listeners(), resources);
        engine = new EngineRestore(plan, this.store, settings, resources.time(), record, stop, this::beforeChange);
        throttles = new RaisedThrottles(this.store, resources.time());
        components = new ComponentSteps(plan, endpoints, settings, resources, record, stop, this::beforeChange);
    }

    @Override
    public BackupId backupId() {
        return plan.backupId();
    }

    @Override
    public RestoreStatus status() {
        return record.status();
    }

    @Override
    public CompletableFuture<RestoreReport> completion() {
        return completion.copy();
    }

    @Override
    public void cancel() {
        stop("It was cancelled.");
    }

    /** As {@link #cancel()}, with a reason. */
    void stop(String reason) {
        stop.cancel(reason);
    }

    void start() {
        Futures.async(resources.executor(), this::run)
                .whenComplete((done, error) -> end(error == null ? null : stop.reasonOr(Futures.unwrap(error))));
    }

    private CompletableFuture<Void> run() {
        record.enter(Step.CHECKING);
        return PlanCheck.lacking(plan, settings, resources)
                .thenCompose(lacking -> PlanCheck.snapshots(plan, settings, store, lacking))
                .thenCompose(snapshots -> takeLock()
                        .thenCompose(taken -> putBackWhatWasLeft())
                        // So that no cluster is stopped for nothing.
                        .thenCompose(taken -> components.restoresZeebe()
                                ? lastLook(snapshots).thenCompose(todo -> components.stop())
                                : components.stop())
                        .thenCompose(stopped -> lastLook(snapshots))
                        .thenCompose(components::requireWhole)
                        .thenCompose(todo -> restoreEngine(todo)))
                .thenCompose(restored -> throttles.putBack())
                .thenAccept(record::warn)
                .thenCompose(asBefore -> components.restoreZeebeAndStart());
    }

    /**
     * What is left to do of the plan; fails if it is no longer true, or if nothing could be restored of what it
     * deletes.
     */
    private CompletableFuture<PlanCheck.Todo> lastLook(List<BackupSnapshot> snapshots) {
        return PlanCheck.stored(plan, bucket, resources)
                .thenCompose(stored -> PlanCheck.indices(plan, snapshots, settings, store))
                .thenCompose(todo -> todo.deletions().isEmpty()
                        ? CompletableFuture.completedFuture(todo)
                        : PlanCheck.repository(store).thenApply(warning -> {
                            record.warn(warning.stream().toList());
                            return todo;
                        }));
    }

    /** Beside what is in use, another restore may live that has raised them: no lock tells. */
    private CompletableFuture<Void> putBackWhatWasLeft() {
        return plan.scratchPrefix().isPresent()
                ? CompletableFuture.completedFuture(null)
                : throttles.putBackWhatWasLeft().thenAccept(record::warn);
    }

    private CompletableFuture<Void> restoreEngine(PlanCheck.Todo todo) {
        return plan.throttles().isEmpty()
                        || todo.kept().containsAll(plan.indices().keySet())
                ? engine.run(todo)
                : beforeChange()
                        .thenCompose(mayGoOn -> throttles.raise("the restore of backup " + plan.backupId() + " ("
                                + RunHolder.here(resources.time().now()) + ")"))
                        .thenCompose(warnings -> {
                            record.warn(warnings);
                            return engine.run(todo);
                        });
    }

    private CompletableFuture<Void> takeLock() {
        stop.check();
        if (lock.isEmpty()) {
            begin();
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<RestoreLock.Held> taking = lock.get().take(plan.backupId(), this::begin, stop::now);
        CompletableFuture<RestoreLock.Held> inTime = stop.notOutlasting(resources.time(), taking, () -> true);
        return inTime.whenComplete((taken, error) -> {
                    if (error != null) {
                        // It was taken after all, too late for this restore.
                        taking.thenAccept(RestoreLock.Held::unchanged);
                    }
                })
                .thenAccept(taken -> {
                    held = taken;
                    taken.outlastOutages(settings.stepTimeout(), record);
                    record.warn(taken.warnings());
                    stop.check();
                });
    }

    /** From now on there is something to be given back, or said, before the process may end. */
    private void begin() {
        ShutdownHook.register("restore-" + plan.backupId(), this::stop, completion);
        stop.check();
    }

    /** Nothing is changed any more once the run is asked to stop, or once another one may have the lock. */
    private CompletableFuture<Void> beforeChange() {
        stop.check();
        RestoreLock.Held taken = held;
        return taken == null
                ? CompletableFuture.completedFuture(null)
                : stop.waiting(taken::confirm).thenRun(stop::check);
    }

    private void end(@Nullable Throwable failure) {
        if (failure == null) {
            boolean all = components.restoresZeebe();
            giveBack(RestoreLock.Held::completed)
                    .thenCompose(released -> record.end(
                            all ? Outcome.COMPLETED : Outcome.ENGINE_RESTORED,
                            Set.of(),
                            Set.of(),
                            components.areControlled() ? List.of() : plan.remainingInstructions(),
                            null))
                    .thenAccept(completion::complete);
            return;
        }
        CompletableFuture<List<String>> putBack = throttles.putBack();
        leaveRecovery()
                .thenCompose(left -> endEarly(failure, left, putBack))
                .thenAccept(report -> completion.completeExceptionally(new RestoreFailedException(report, failure)));
    }

    private CompletableFuture<RestoreReport> endEarly(
            Throwable failure, Optional<Boolean> left, CompletableFuture<List<String>> putBack) {
        return Futures.within(
                        resources.time(),
                        INVENTORY,
                        inventory(),
                        () -> new WaitTimedOutException(
                                "The question what is restored", INVENTORY, "The engine has not answered."))
                .handle((inventory, error) -> {
                    Set<String> present = error == null ? inventory.present() : null;
                    Set<String> whole = error == null ? inventory.whole() : Set.of();
                    return putBack.thenAccept(record::warn)
                            .thenCompose(asBefore -> giveBack(
                                    record.isDataChanged()
                                            ? RestoreLock.Held::incomplete
                                            : RestoreLock.Held::unchanged))
                            .thenCompose(
                                    released -> record.end(outcome(failure), present, whole, remaining(left), failure));
                })
                .thenCompose(ended -> ended);
    }

    /**
     * As {@link ComponentSteps#leaveRecovery}, if nothing else was changed, and no other run may have the lock. What has
     * stopped this run does not stop that.
     */
    private CompletableFuture<Optional<Boolean>> leaveRecovery() {
        RestoreLock.Held taken = held;
        return record.isDataChanged()
                ? CompletableFuture.completedFuture(Optional.empty())
                : components.leaveRecovery(() -> taken == null
                        ? CompletableFuture.completedFuture(null)
                        : Futures.within(
                                resources.time(),
                                INVENTORY,
                                taken.confirm(),
                                () -> new WaitTimedOutException(
                                        "Asking whether the lock is held",
                                        INVENTORY,
                                        "The journal has not answered.")));
    }

    private List<String> remaining(Optional<Boolean> left) {
        if (record.isChanged()) {
            return plan.recovery().isPresent()
                    ? RemainingSteps.inRecoveryMode(plan, record.reached(), left)
                    : RemainingSteps.of(plan, record.reached(), components.areControlled());
        }
        return record.isDeletionRefused() ? List.of(RemainingSteps.NOTHING_CHANGED) : List.of();
    }

    private CompletableFuture<Void> giveBack(Function<RestoreLock.Held, CompletableFuture<Optional<String>>> how) {
        RestoreLock.Held taken = held;
        return taken == null
                ? CompletableFuture.completedFuture(null)
                : how.apply(taken)
                        .thenAccept(warning -> record.warn(warning.stream().toList()));
    }

    /** What became of what was under way: the engine knows better than a run that has lost its way. */
    private CompletableFuture<Inventory> inventory() {
        Set<String> open = record.open();
        if (open.isEmpty()) {
            return CompletableFuture.completedFuture(new Inventory(Set.of(), Set.of()));
        }
        return store.listIndices(open).thenCompose(there -> {
            Set<String> present = there.stream().map(IndexInfo::name).collect(Collectors.toSet());
            return store.restoredIndices(present)
                    .thenApply(origins -> new Inventory(
                            present,
                            origins.entrySet().stream()
                                    .filter(origin -> origin.getValue()
                                            .equals(plan.indices().get(origin.getKey())))
                                    .map(origin -> origin.getKey())
                                    .collect(Collectors.toSet())));
        });
    }

    private Outcome outcome(Throwable failure) {
        if (CancellationSignal.isCancellation(failure)) {
            return Outcome.CANCELLED;
        }
        return record.isChanged() ? Outcome.FAILED : Outcome.REFUSED;
    }

    /**
     * What the engine shows of the indices that were under way.
     *
     * @param present those that there are
     * @param whole those that hold exactly what their snapshot holds
     */
    private record Inventory(Set<String> present, Set<String> whole) {}
}
