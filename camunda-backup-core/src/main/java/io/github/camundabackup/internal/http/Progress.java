package io.github.camundabackup.internal.http;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** When something of an answer came last, so that a long answer ends by its limit only when nothing comes any more. */
final class Progress {
    private final TimeSource real;
    private volatile long lastAt;

    /**
     * @param real real time, as that of connections is
     */
    Progress(TimeSource real) {
        this.real = real;
        lastAt = real.nanoTime();
    }

    /** Something came. */
    void made() {
        lastAt = real.nanoTime();
    }

    /** Fails the answer with a {@link TimeoutException} when nothing has come for so long. */
    void limit(CompletableFuture<?> answer, Duration silence) {
        long left = silence.toNanos() - (real.nanoTime() - lastAt);
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
