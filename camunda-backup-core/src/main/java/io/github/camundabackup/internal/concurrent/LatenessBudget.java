package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;

/**
 * How late the ends of all waits that follow each other may be seen at worst, taken together: some 2 % of the time since
 * the first of them began, which is about half of it on average. What one wait leaves, the next may use, so that a short
 * wait after a long one takes few questions. Thread-safe.
 */
public final class LatenessBudget {
    private static final int SHARE = 45;

    private final TimeSource time;
    private final long start;
    private Duration spent = Duration.ZERO;

    /** Begins now. */
    public LatenessBudget(TimeSource time) {
        this.time = time;
        start = time.nanoTime();
    }

    /** How late the end of a wait may be seen that would end now. */
    synchronized Duration left() {
        return Duration.ofNanos(time.nanoTime() - start).dividedBy(SHARE).minus(spent);
    }

    /** A wait has ended after such a pause: half of it too late, on average. */
    synchronized void spend(Duration lastPause) {
        spent = spent.plus(lastPause.dividedBy(2));
    }
}
