package io.github.camundabackup.internal.searchengine;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** One asynchronous step after the other; the first failure ends it. */
final class Sequence {
    private Sequence() {}

    /** Starts the work on one element. */
    @FunctionalInterface
    interface Step<T> {
        CompletableFuture<?> run(T element);
    }

    static <T> CompletableFuture<Void> forEach(Iterable<T> elements, Step<T> step) {
        return next(elements.iterator(), step);
    }

    private static <T> CompletableFuture<Void> next(Iterator<T> elements, Step<T> step) {
        return elements.hasNext()
                ? step.run(elements.next()).thenCompose(done -> next(elements, step))
                : CompletableFuture.completedFuture(null);
    }
}
