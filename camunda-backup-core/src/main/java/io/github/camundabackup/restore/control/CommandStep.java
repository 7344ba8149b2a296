package io.github.camundabackup.restore.control;

import java.util.concurrent.CompletableFuture;

/**
 * Commands that run for one step. When it is cancelled they are ended, and it is not done before they are: they may not
 * meet others.
 */
final class CommandStep extends CompletableFuture<Void> {
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    /** Done when the commands are to be ended. */
    CompletableFuture<Void> givenUp() {
        return givenUp;
    }

    /** Does not complete it: the caller that runs the commands does, once they have ended. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        givenUp.complete(null);
        return !isDone();
    }
}
