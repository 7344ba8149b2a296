package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Functions on futures that {@link CompletableFuture} lacks. */
public final class Futures {
    private Futures() {}

    /** The failure itself, without the wrappers that futures put around it. */
    public static Throwable unwrap(Throwable error) {
        Throwable inner = error;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /**
     * Begins something on another thread. Never throws: that there is no thread for it any more comes through the
     * future too.
     */
    public static <T> CompletableFuture<T> async(Executor executor, Supplier<CompletableFuture<T>> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor).thenCompose(begun -> begun);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new CamundaBackupException(
                    "There is no thread to run this: the client resources, or the executor that they were given, are closed.",
                    e));
        }
    }

    /**
     * Waits no longer than so long; what is waited for goes on.
     *
     * @param late makes the failure
     */
    public static <T> CompletableFuture<T> within(
            TimeSource time, Duration limit, CompletableFuture<T> future, Supplier<? extends Throwable> late) {
        CompletableFuture<Void> over = time.delay(limit);
        CompletableFuture<T> result = new CompletableFuture<>();
        future.whenComplete((value, error) -> {
            over.cancel(false);
            if (error == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(unwrap(error));
            }
        });
        over.thenRun(() -> result.completeExceptionally(late.get()));
        return result;
    }

    /** As {@code exceptionallyCompose}, with the failure unwrapped. */
    public static <T> CompletableFuture<T> recover(
            CompletableFuture<T> future, Function<Throwable, CompletableFuture<T>> recovery) {
        return future.handle((value, error) ->
                        error == null ? CompletableFuture.completedFuture(value) : recovery.apply(unwrap(error)))
                .thenCompose(next -> next);
    }

    /**
     * Completes with all values in order when all have ended; if some failed, with the first failure, the others
     * suppressed in it.
     */
    public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
        CompletableFuture<?>[] array = futures.toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(array).handle((done, error) -> {
            List<T> values = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (CompletableFuture<T> future : futures) {
                try {
                    values.add(future.join());
                } catch (RuntimeException e) {
                    failures.add(unwrap(e));
                }
            }
            if (failures.isEmpty()) {
                return values;
            }
            Throwable first = failures.get(0);
            failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
            throw new CompletionException(first);
        });
    }
}
