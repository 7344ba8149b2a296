package io.github.camundabackup.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The source of time for clients: the wall clock, a monotonic clock, and delays. Injected, so that a test of a backup
 * that takes 40 minutes takes milliseconds. Implementations must be thread-safe.
 */
public interface TimeSource {

    /** The time of the wall clock; may jump. For ids and reports. */
    Instant now();

    /** Nanoseconds from an arbitrary origin; never goes back. For deadlines and durations. */
    long nanoTime();

    /**
     * A future that completes after the given time. Cancelling it releases what it holds.
     *
     * @param duration not negative
     */
    CompletableFuture<Void> delay(Duration duration);

    /**
     * Announces that work is under way until the returned activity is closed. Real time does not care; a virtual one
     * must not jump ahead meanwhile.
     */
    default Activity activity() {
        return Activity.NONE;
    }

    /** Work that is under way. */
    @FunctionalInterface
    interface Activity extends AutoCloseable {
        /** An activity that is not watched. */
        Activity NONE = () -> {};

        @Override
        void close();
    }

    /**
     * The system's clocks.
     *
     * @param executor where futures of {@link #delay} complete
     */
    static TimeSource system(Executor executor) {
        return new SystemTimeSource(executor);
    }
}
