package io.github.camundabackup.internal.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** When something of an answer came last, so that a long answer ends by its limit only when nothing comes any more. */
final class Progress {
    private volatile long lastAt = System.nanoTime();

    /** Something came. */
    void made() {
        lastAt = System.nanoTime();
    }

    /** Fails the answer with a {@link TimeoutException} when nothing has come for so long. */
    void limit(CompletableFuture<?> answer, Duration silence) {
        long left = silence.toNanos() - (System.nanoTime() - lastAt);
        if (left <= 0) {
            answer.completeExceptionally(new TimeoutException());
            return;
        }
        CompletableFuture<Void> timer =
                new CompletableFuture<Void>().completeOnTimeout(null, left, TimeUnit.NANOSECONDS);
        CompletableFuture<?> end = answer.whenComplete((done, error) -> timer.cancel(false));
        timer.thenRun(() -> {
            if (!end.isDone()) {
                limit(answer, silence);
            }
        });
    }
}
