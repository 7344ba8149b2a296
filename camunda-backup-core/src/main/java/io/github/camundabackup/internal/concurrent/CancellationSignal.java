package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.error.CamundaBackupException;
import java.io.Serial;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The order to stop a run, with its reason. It ends whatever the run waits for, and lets nothing new begin.
 * Thread-safe.
 */
public final class CancellationSignal {
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

    /** Begins something that is nothing but waiting, and is cancelled by the order. */
    public <T> CompletableFuture<T> waiting(Supplier<CompletableFuture<T>> begin) {
        if (order.isDone()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        CompletableFuture<T> wait = begin.get();
        order.thenRun(() -> wait.cancel(false));
        return wait;
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
