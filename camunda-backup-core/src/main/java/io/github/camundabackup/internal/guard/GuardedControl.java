package io.github.camundabackup.internal.guard;

import io.github.camundabackup.internal.foreign.ForeignCalls;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A control held to the rules of its port, whoever implements it; as {@link GuardedSnapshotStore}. What it does may
 * take any time, and ends soon after it is cancelled. Thread-safe.
 */
public final class GuardedControl {
    private static final Duration ANSWER = Duration.ofMinutes(2);
    /** Commands that are ended and then killed need 20 s; a process that ends does not wait for longer than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final ClusterControl control;
    private final ForeignCalls calls;

    private GuardedControl(ClusterControl control, ForeignCalls calls) {
        this.control = control;
        this.calls = calls;
    }

    public static GuardedControl of(ClusterControl control, ClientResources resources) {
        return new GuardedControl(control, ForeignCalls.of(resources));
    }

    /** As {@link ClusterControl#problems}. */
    public CompletableFuture<List<String>> problems(List<Component> components, ZeebeRestore zeebe) {
        return calls.ask(
                "The question of the control what is missing for the restore",
                ANSWER,
                () -> CompletableFuture.completedFuture(List.copyOf(control.problems(components, zeebe))));
    }

    /** As {@link ClusterControl#stop}. */
    public CompletableFuture<Void> stop(List<Component> components) {
        return step("Stopping " + Phrases.names(components), () -> control.stop(components));
    }

    /** As {@link ClusterControl#restoreZeebe}. */
    public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
        return step("Restoring Zeebe", () -> control.restoreZeebe(zeebe));
    }

    /** As {@link ClusterControl#start}. */
    public CompletableFuture<Void> start(List<Component> components) {
        return step("Starting " + Phrases.names(components), () -> control.start(components));
    }

    private CompletableFuture<Void> step(String what, Supplier<CompletableFuture<Void>> call) {
        return calls.operate(what + " by the control", PATIENCE, call);
    }
}
