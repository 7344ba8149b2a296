package io.github.camundabackup.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Waits with the JDK's own timer thread, of which there is one for the whole JVM. */
final class SystemTimeSource implements TimeSource {
    private final Executor executor;

    SystemTimeSource(Executor executor) {
        this.executor = executor;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public CompletableFuture<Void> delay(Duration duration) {
        CompletableFuture<Void> timer =
                new CompletableFuture<Void>().completeOnTimeout(null, toNanos(duration), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> result = new CompletableFuture<>();
        // The JDK's timer thread must not run what follows a delay.
        timer.thenRunAsync(() -> result.complete(null), executor).whenComplete((done, rejected) -> {
            if (rejected != null) {
                result.completeExceptionally(rejected);
            }
        });
        result.whenComplete((done, error) -> timer.cancel(false));
        return result;
    }

    /** Ages are as good as for ever. */
    private static long toNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }
}
