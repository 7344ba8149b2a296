package io.github.camundabackup.test.runs;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

/**
 * Real time, but faster: for what blocks threads, during which a virtual time stands still, and has long deadlines all
 * the same.
 */
final class HurriedTime implements TimeSource {
    private static final int HURRY = 20;

    private final TimeSource real = TimeSource.system(ForkJoinPool.commonPool());
    private final Instant start = Instant.now();
    private final long origin = System.nanoTime();

    @Override
    public Instant now() {
        return start.plusNanos(nanoTime());
    }

    @Override
    public long nanoTime() {
        return (System.nanoTime() - origin) * HURRY;
    }

    @Override
    public CompletableFuture<Void> delay(Duration duration) {
        return real.delay(duration.dividedBy(HURRY));
    }
}
