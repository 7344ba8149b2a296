package io.github.camundabackup.restore.control;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A control by an operator, who stops and starts the components by hand as instructed, and confirms that it is done.
 */
public final class OperatorControl implements ClusterControl {
    private final Function<String, CompletableFuture<Void>> operator;

    private OperatorControl(Function<String, CompletableFuture<Void>> operator) {
        this.operator = Objects.requireNonNull(operator, "operator");
    }

    /**
     * @param operator shows what to do, and completes when the operator says that it is done; fails if the operator
     *     gives up. Must not block
     */
    public static OperatorControl confirmedBy(Function<String, CompletableFuture<Void>> operator) {
        return new OperatorControl(operator);
    }

    /**
     * The operator is at a console: what to do is printed, and Enter confirms it. A step fails if the input ends
     * instead.
     *
     * @param in stays the caller's
     * @param out where tasks are printed; stays the caller's
     * @param executor one of its threads reads, and has nothing else to do until the operator answers, also if the
     *     restore is cancelled meanwhile. It can be that of {@link io.github.camundabackup.runtime.ClientResources} if
     *     that has others
     */
    public static OperatorControl onConsole(BufferedReader in, PrintStream out, Executor executor) {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(executor, "executor");
        return new OperatorControl(task -> Futures.async(executor, () -> ask(task, in, out)));
    }

    private static CompletableFuture<Void> ask(String task, BufferedReader in, PrintStream out) {
        out.println("TO DO: " + task);
        out.println("Press Enter when that is done.");
        out.flush();
        try {
            return in.readLine() == null
                    ? CompletableFuture.failedFuture(
                            new CamundaBackupException("The console was closed before this was done: " + task))
                    : CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            throw new UncheckedIOException("The console cannot be read", e);
        }
    }

    @Override
    public CompletableFuture<Void> stop(List<Component> components) {
        return operator.apply("Stop " + Phrases.names(components) + ".");
    }

    @Override
    public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
        return operator.apply(zeebe.instructions());
    }

    @Override
    public CompletableFuture<Void> start(List<Component> components) {
        return operator.apply(StartOrder.of(components, CamundaLines.known()).instruction() + ".");
    }
}
