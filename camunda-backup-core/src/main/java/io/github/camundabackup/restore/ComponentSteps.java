package io.github.camundabackup.restore;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.guard.GuardedControl;
import io.github.camundabackup.internal.presence.ClusterPresence;
import io.github.camundabackup.internal.recoverymode.RecoveryApi;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.control.StartOrder;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreRefusedException;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.rules.PlanCheck;
import io.github.camundabackup.runtime.ClientResources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The steps of a restore that stop and start components. What the control says to have done is checked. */
final class ComponentSteps {
    /** The end of messages about what took too long. */
    static final String LIMIT = "The limit is the stepTimeout of the RestoreSettings.";

    private final RestorePlan plan;
    private final Optional<ClusterEndpoints> endpoints;
    private final RestoreSettings settings;
    private final Optional<GuardedControl> control;
    private final Optional<RecoverySteps> recovery;
    private final ClientResources resources;
    private final RestoreProgressRecord record;
    private final CancellationSignal stop;
    private final Supplier<CompletableFuture<Void>> beforeChange;

    /**
     * @param endpoints where the components are; empty if they cannot be asked
     * @param beforeChange to be waited for before each change
     */
    ComponentSteps(
            RestorePlan plan,
            Optional<ClusterEndpoints> endpoints,
            RestoreSettings settings,
            ClientResources resources,
            RestoreProgressRecord record,
            CancellationSignal stop,
            Supplier<CompletableFuture<Void>> beforeChange) {
        this.plan = plan;
        this.endpoints = endpoints;
        this.settings = settings;
        control = settings.control().map(own -> GuardedControl.of(own, resources));
        this.resources = resources;
        recovery = plan.recovery()
                .flatMap(planned -> endpoints)
                .map(there -> new RecoverySteps(
                        plan,
                        new RecoveryApi(there.gateway(), there.physicalTenant(), resources),
                        settings.stepTimeout(),
                        resources.time(),
                        record,
                        stop,
                        beforeChange));
        this.record = record;
        this.stop = stop;
        this.beforeChange = beforeChange;
    }

    /**
     * Whether everything that runs is stopped, restored and started by this run; nothing is if it goes on running beside
     * what is restored.
     */
    boolean areControlled() {
        return control().isPresent()
                || (recovery.isPresent() && plan.components().isEmpty());
    }

    /** Whether Zeebe is restored by this run: by a control, or by itself. */
    boolean restoresZeebe() {
        return control().isPresent() || recovery.isPresent();
    }

    /** As {@link RecoverySteps#requireWhole}. */
    CompletableFuture<PlanCheck.Todo> requireWhole(PlanCheck.Todo todo) {
        return recovery.map(steps -> steps.requireWhole(todo))
                .orElseGet(ComponentSteps::done)
                .thenApply(whole -> todo);
    }

    /** As {@link RecoverySteps#leave}. */
    CompletableFuture<Optional<Boolean>> leaveRecovery(Supplier<CompletableFuture<Void>> mayChange) {
        return recovery.map(steps -> steps.leave(mayChange))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private Optional<GuardedControl> control() {
        return plan.scratchPrefix().isPresent() ? Optional.empty() : control;
    }

    /** Completes when they are stopped; fails if they are not, and there is no control that stops them. */
    CompletableFuture<Void> stop() {
        if (plan.scratchPrefix().isPresent()) {
            return done();
        }
        if (plan.recovery().isPresent() && recovery.isEmpty()) {
            return CompletableFuture.failedFuture(new CamundaBackupException(
                    "The plan has the cluster enter recovery mode, and this client has no endpoints. Execute it with"
                            + " the client that made it."));
        }
        return recovery.map(RecoverySteps::enter)
                .orElseGet(ComponentSteps::done)
                .thenCompose(entered -> stopOthers());
    }

    private CompletableFuture<Void> stopOthers() {
        if (recovery.isPresent() && plan.components().isEmpty()) {
            return done();
        }
        return control()
                .map(control -> step(Step.STOPPING, () -> control.stop(plan.components()))
                        .thenCompose(told -> awaitStopped()))
                .orElseGet(this::requireStopped);
    }

    private CompletableFuture<Void> requireStopped() {
        return running().thenAccept(running -> {
            List<Obstacle> obstacles = running.stream()
                    .map(sentence ->
                            Obstacle.of(Code.COMPONENTS_RUN, sentence + ". Stop it, and execute the plan again."))
                    .filter(obstacle -> !settings.accepts(obstacle))
                    .toList();
            if (!obstacles.isEmpty()) {
                throw new RestoreRefusedException(plan.backupId(), obstacles);
            }
        });
    }

    private CompletableFuture<Void> awaitStopped() {
        return await("Stopping the components", () -> running().thenApply(this::withoutAccepted));
    }

    /** Where a proxy answers for a stopped component, its stop is never visible. */
    private List<String> withoutAccepted(List<String> running) {
        List<Obstacle> accepted = running.stream()
                .map(sentence -> Obstacle.of(Code.COMPONENTS_RUN, sentence + "."))
                .filter(settings::accepts)
                .toList();
        record.warn(accepted.stream().map(obstacle -> "Accepted: " + obstacle).toList());
        return accepted.isEmpty() ? running : List.of();
    }

    /** Completes when Zeebe is restored and everything answers; at once if there is no control that does it. */
    CompletableFuture<Void> restoreZeebeAndStart() {
        StartOrder order = plan.startOrder();
        if (recovery.isPresent()) {
            return recovery.get()
                    .restoreZeebe()
                    .thenCompose(restored -> control()
                            .map(control -> start(control, order.first())
                                    .thenCompose(started -> start(control, order.others())))
                            .orElseGet(ComponentSteps::done));
        }
        return control()
                .map(control -> step(Step.RESTORING_ZEEBE, () -> control.restoreZeebe(plan.zeebe()))
                        .thenCompose(restored -> start(control, order.first()))
                        .thenCompose(started -> start(control, order.others())))
                .orElseGet(ComponentSteps::done);
    }

    private CompletableFuture<Void> start(GuardedControl control, List<Component> components) {
        return components.isEmpty()
                ? done()
                : step(Step.STARTING, () -> control.start(components))
                        .thenCompose(told -> await("Starting " + Phrases.names(components), () -> silent(components)));
    }

    private CompletableFuture<List<String>> running() {
        return endpoints
                .map(there -> ClusterPresence.ask(
                                there,
                                recovery.isPresent()
                                        ? plan.components()
                                        : there.all().keySet(),
                                resources)
                        .thenApply(ClusterPresence::running))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    private CompletableFuture<List<String>> silent(List<Component> components) {
        return endpoints
                .map(there -> ClusterPresence.ask(there, components, resources).thenApply(ClusterPresence::silent))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    /**
     * @param question what is still in the way, each as a sentence without its full stop
     */
    private CompletableFuture<Void> await(String what, Supplier<CompletableFuture<List<String>>> question) {
        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        return stop.waiting(() -> Polling.<Boolean>until(
                        resources.time(),
                        settings.stepTimeout(),
                        () -> question.get().thenApply(inTheWay -> {
                            last.set(inTheWay);
                            return Optional.of(true).filter(free -> inTheWay.isEmpty());
                        }),
                        waited ->
                                new WaitTimedOutException(what, waited, String.join(". ", last.get()) + ". " + LIMIT)))
                .thenAccept(free -> {});
    }

    /** Something that a control is asked to do. It may hang, for ever where an operator is asked. */
    private CompletableFuture<Void> step(Step step, Supplier<CompletableFuture<Void>> work) {
        return beforeChange.get().thenCompose(mayGoOn -> {
            record.enter(step);
            return stop.waiting(work).whenComplete((done, error) -> {
                if (error != null && Futures.unwrap(error) instanceof CancellationException) {
                    record.warn(List.of("The control was asked for " + step
                            + ", and it is not known whether what it does for that has ended."));
                }
            });
        });
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
