package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.runtime.TimeSource;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The order to stop a run, with its reason. It ends whatever the run waits for, and lets nothing new begin.
 * Thread-safe.
 */
public final class CancellationSignal {
    /** How long work may take to end after the order. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final CompletableFuture<Throwable> order = new CompletableFuture<>();

    /** Gives the order; the first reason stays. */
    public void now(Throwable why) {
        order.complete(why);
    }

    /** Gives the order because the caller, or the end of the process, asked for it. */
    public void cancel(String reason) {
        now(new CancelledException(reason));
    }

    /** Whether a run that ended with this failure was asked to. */
    public static boolean isCancellation(Throwable failure) {
        return failure instanceof CancelledException;
    }

    /** Fails with the reason if the order was given. */
    public void check() {
        if (order.isDone()) {
            throw order.join() instanceof RuntimeException unchecked
                    ? unchecked
                    : new CompletionException(order.join());
        }
    }

    /** Whether the order was given. */
    public boolean isGiven() {
        return order.isDone();
    }

    /** Begins something that is nothing but waiting, and is cancelled by the order. */
    public <T> CompletableFuture<T> waiting(Supplier<CompletableFuture<T>> begin) {
        if (order.isDone()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        CompletableFuture<T> wait = begin.get();
        order.thenRun(() -> wait.cancel(false));
        return wait;
    }

    /**
     * Ends with the work; or a while after the order, if the work does not: it may hang in what is not this library's.
     *
     * @param time goes on whatever the work does
     * @param hangs whether the work is to be given up then
     */
    public <T> CompletableFuture<T> notOutlasting(TimeSource time, CompletableFuture<T> work, BooleanSupplier hangs) {
        CompletableFuture<T> end = new CompletableFuture<>();
        work.whenComplete((value, error) -> {
            if (error == null) {
                end.complete(value);
            } else {
                end.completeExceptionally(Futures.unwrap(error));
            }
        });
        order.thenRun(() -> {
            if (end.isDone()) {
                return;
            }
            CompletableFuture<Void> grace = time.delay(GRACE);
            end.whenComplete((value, error) -> grace.cancel(false));
            // Also if there is no thread for a delay any more.
            grace.whenComplete((passed, none) -> {
                if (hangs.getAsBoolean()) {
                    end.completeExceptionally(
                            new CamundaBackupException("The run was stopped, and what it was doing did not end within "
                                    + GRACE.toSeconds() + " s. It is not waited for any longer."));
                }
            });
        });
        return end;
    }

    /** The reason if the order was given, otherwise the other one. */
    public Throwable reasonOr(Throwable other) {
        return order.getNow(other);
    }

    private static final class CancelledException extends CamundaBackupException {
        @Serial
        private static final long serialVersionUID = 1L;

        CancelledException(String reason) {
            super(reason);
        }
    }
}
