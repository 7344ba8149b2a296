package io.github.camundabackup.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** What {@link CompletableFuture} lacks. */
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

    /** As {@code exceptionallyCompose}, with the failure unwrapped. */
    public static <T> CompletableFuture<T> recover(
            CompletableFuture<T> future, Function<Throwable, CompletableFuture<T>> recovery) {
        return future.handle((value, error) ->
                        error == null ? CompletableFuture.completedFuture(value) : recovery.apply(unwrap(error)))
                .thenCompose(next -> next);
    }

    /** Completes with all values in order when all have ended; if some failed, with the first failure, the others suppressed in it. */
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
