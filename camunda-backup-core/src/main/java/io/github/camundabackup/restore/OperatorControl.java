package io.github.camundabackup.restore;

import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An operator stops and starts the components by hand, is told what to do, and confirms that it is done. */
public final class OperatorControl implements ComponentControl {
    private final Function<String, CompletableFuture<Void>> operator;

    private OperatorControl(Function<String, CompletableFuture<Void>> operator) {
        this.operator = Objects.requireNonNull(operator, "operator");
    }

    /**
     * @param operator shows what to do, and completes when the operator says that it is done; fails if the operator gives up. Must not
     *     block
     */
    public static OperatorControl confirmedBy(Function<String, CompletableFuture<Void>> operator) {
        return new OperatorControl(operator);
    }

    @Override
    public CompletableFuture<Void> stop(List<Component> components) {
        return operator.apply("Stop " + PlanText.names(components) + ".");
    }

    @Override
    public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
        return operator.apply(RestoreInstructions.ask(zeebe));
    }

    @Override
    public CompletableFuture<Void> start(List<Component> components) {
        return operator.apply(StartOrder.of(components).instruction() + ".");
    }
}
