package io.github.camundabackup.internal.concurrent;

import java.util.concurrent.CompletableFuture;

/**
 * A future of work that takes a while to end when it is not wanted any more. When it is cancelled, that work is to be
 * ended; the future is not done before it is: what has not ended may not meet what comes next.
 *
 * @param <T> what the work gives
 */
public final class EndingFuture<T> extends CompletableFuture<T> {
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    /** Done when the work is to be ended. */
    public CompletableFuture<Void> givenUp() {
        return givenUp;
    }

    /** Does not complete it: whoever does the work does, once it has ended. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        givenUp.complete(null);
        return !isDone();
    }
}
