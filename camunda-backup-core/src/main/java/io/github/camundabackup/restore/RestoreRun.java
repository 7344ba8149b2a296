package io.github.camundabackup.restore;

import io.github.camundabackup.backup.RestoreLock;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.concurrent.ShutdownHook;
import io.github.camundabackup.internal.concurrent.Stop;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.Obstacle.Code;
import io.github.camundabackup.restore.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreStatus.Step;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One execution of a plan, from the last look to the report. */
final class RestoreRun implements RestoreHandle {
    private final RestorePlan plan;
    private final RestorePlanner planner;
    private final SnapshotStore store;
    private final RestoreSettings settings;
    private final Optional<RestoreLock> lock;
    private final ClientResources resources;
    private final RestoreRecord record;
    private final EngineRestore engine;
    private final Stop stop = new Stop();
    private final Stop processEnd = new Stop();
    private final CompletableFuture<RestoreReport> completion = new CompletableFuture<>();
    private volatile RestoreLock.@Nullable Held held;

    /**
     * @param lock empty if nobody else can be there
     */
    RestoreRun(
            RestorePlan plan,
            RestorePlanner planner,
            SnapshotStore store,
            RestoreSettings settings,
            Optional<RestoreLock> lock,
            ClientResources resources) {
        this.plan = plan;
        this.planner = planner;
        this.store = store;
        this.settings = settings;
        this.lock = lock.filter(wanted -> plan.scratchPrefix().isEmpty());
        this.resources = resources;
        record = new RestoreRecord(plan, settings.listeners(), resources.time());
        engine = new EngineRestore(plan, store, settings, resources.time(), record, stop, this::beforeChange);
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
        return PlanCheck.snapshots(plan, settings, store)
                .thenCompose(snapshots -> takeLock()
                        .thenCompose(taken -> components())
                        .thenCompose(stopped -> PlanCheck.indices(plan, snapshots, settings, store))
                        .thenCompose(engine::run))
                .thenCompose(restored ->
                        control().map(this::zeebeAndStart).orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private CompletableFuture<Void> takeLock() {
        stop.check();
        if (lock.isEmpty()) {
            begin();
            return CompletableFuture.completedFuture(null);
        }
        return lock.get().take(plan.backupId(), this::begin, stop::now).thenAccept(taken -> {
            held = taken;
            record.warn(taken.warnings());
            stop.check();
        });
    }

    /** From now on there is something to be given back, or said, before the process may end. */
    private void begin() {
        ShutdownHook.register("restore-" + plan.backupId(), this::endWithProcess, completion);
        stop.check();
    }

    /** As {@link #stop}, but no {@link ComponentControl} is waited for: it may hang, and the process ends anyway. */
    private void endWithProcess(String reason) {
        stop(reason);
        processEnd.cancel(reason);
    }

    /** Nothing is changed any more once the run is told to stop, or once another one may have the lock. */
    private CompletableFuture<Void> beforeChange() {
        stop.check();
        RestoreLock.Held taken = held;
        return taken == null
                ? CompletableFuture.completedFuture(null)
                : stop.waiting(taken::confirm).thenRun(stop::check);
    }

    /** Nobody, if all goes on running beside what is restored. */
    private Optional<ComponentControl> control() {
        return plan.scratchPrefix().isPresent() ? Optional.empty() : settings.control();
    }

    private CompletableFuture<Void> components() {
        if (plan.scratchPrefix().isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        return planner.running().thenCompose(running -> {
            stop.check();
            if (control().isPresent()) {
                return step(Step.STOPPING, () -> control().get().stop(plan.components()))
                        .thenCompose(told -> awaitStopped());
            }
            List<Obstacle> obstacles = running.stream()
                    .map(sentence ->
                            Obstacle.of(Code.COMPONENTS_RUN, sentence + ". Stop it, and execute the plan again."))
                    .filter(obstacle -> !settings.accepts(obstacle))
                    .toList();
            return obstacles.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new RestoreRefusedException(plan.backupId(), obstacles));
        });
    }

    private CompletableFuture<Void> awaitStopped() {
        return stop.waiting(() -> Polling.<Boolean>until(
                        resources.time(),
                        settings.stepTimeout(),
                        () -> planner.running()
                                .thenApply(running -> Optional.of(true).filter(down -> running.isEmpty())),
                        waited -> new WaitTimedOutException(
                                "Stopping the components", waited, "Some still run, or are not known to be down.")))
                .thenAccept(down -> {});
    }

    private CompletableFuture<Void> zeebeAndStart(ComponentControl control) {
        return step(Step.RESTORING_ZEEBE, () -> control.restoreZeebe(plan.zeebe()))
                .thenCompose(restored -> step(Step.STARTING, () -> control.start(plan.components())));
    }

    private CompletableFuture<Void> step(Step step, Supplier<CompletableFuture<Void>> work) {
        return beforeChange().thenCompose(mayGoOn -> {
            record.enter(step);
            return processEnd.waiting(work).whenComplete((done, error) -> {
                if (error != null && Futures.unwrap(error) instanceof CancellationException) {
                    record.warn(List.of(
                            "The control was asked for " + step + ", and whether it has ended that is not known."));
                }
            });
        });
    }

    private void end(@Nullable Throwable failure) {
        if (failure == null) {
            boolean all = control().isPresent();
            giveBack(RestoreLock.Held::completed)
                    .thenAccept(released -> completion.complete(record.end(
                            all ? Outcome.COMPLETED : Outcome.ENGINE_RESTORED,
                            Set.of(),
                            Set.of(),
                            all ? List.of() : RestoreInstructions.afterEngine(plan),
                            null)));
            return;
        }
        inventory().whenComplete((inventory, error) -> {
            Set<String> present = error == null ? inventory.present() : null;
            Set<String> whole = error == null ? inventory.whole() : Set.of();
            giveBack(record.isChanged() ? RestoreLock.Held::incomplete : RestoreLock.Held::unchanged)
                    .thenAccept(released -> {
                        RestoreReport report = record.end(outcome(failure), present, whole, List.of(), failure);
                        completion.completeExceptionally(new RestoreFailedException(report, failure));
                    });
        });
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
        if (Stop.isCancellation(failure)) {
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
