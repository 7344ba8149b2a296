package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The time of the simulated servers: nanoseconds since the cluster was made. Their wall clock does not follow the
 * client's when that one is set, as servers have clocks of their own.
 */
public final class SimulatedClock {
    /** A time that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private final TimeSource time;
    private final long origin;
    private final Instant start;

    public SimulatedClock(TimeSource time) {
        this.time = time;
        origin = time.nanoTime();
        start = time.now();
    }

    public long now() {
        return time.nanoTime() - origin;
    }

    /** What the servers' clocks say now. */
    public Instant instant() {
        return instant(now());
    }

    public Instant instant(long nanos) {
        return start.plusNanos(nanos);
    }

    /** Completes at the given time, or at once if that has passed. */
    public CompletableFuture<Void> until(long nanos) {
        long remaining = nanos - now();
        return remaining <= 0
                ? CompletableFuture.completedFuture(null)
                : nanos == NEVER ? new CompletableFuture<>() : time.delay(Duration.ofNanos(remaining));
    }

    /** The sum; never overflows. */
    static long plus(long nanos, Duration duration) {
        return nanos == NEVER ? NEVER : nanos + duration.toNanos();
    }
}
