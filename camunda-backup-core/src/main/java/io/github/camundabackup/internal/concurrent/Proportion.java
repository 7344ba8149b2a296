package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.runtime.Pace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The pace of what is waited for alone: 2 % of the time waited, within limits. */
public final class Proportion implements Pace {
    // A backup waits three times or more in a row, and each wait ends half a pause late on average.
    static final Duration SHORTEST = Duration.ofMillis(50);
    static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int SHARE = 50;

    @Override
    public Duration untilNext(Duration waited, Optional<Duration> left) {
        return within(SHORTEST, waited.dividedBy(SHARE), LONGEST);
    }

    @Override
    public void begins(CompletableFuture<Void> wait) {
        // It is asked for its own sake alone.
    }

    /** The wished one, unless it is too short or too long. */
    static Duration within(Duration shortest, Duration wished, Duration longest) {
        if (wished.compareTo(shortest) < 0) {
            return shortest;
        }
        return wished.compareTo(longest) > 0 ? longest : wished;
    }
}
