package io.github.camundabackup.internal.input;

import java.time.Duration;

/** Checks durations that callers set. */
public final class Durations {
    private static final Duration LONGEST = Duration.ofDays(365);

    private Durations() {}

    /**
     * A duration within bounds.
     *
     * @param name what it is, for the message
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public static Duration between(Duration shortest, Duration longest, Duration duration, String name) {
        if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
            throw new IllegalArgumentException("The " + name + " must be " + shortest.toSeconds() + " to "
                    + longest.toSeconds() + " s, but was " + duration + ".");
        }
        return duration;
    }

    /**
     * A duration that can be waited for.
     *
     * @param name what it is, for the message
     * @throws IllegalArgumentException if it is not greater than zero, or longer than a year, which no clock that
     *     counts nanoseconds has to bear
     */
    public static Duration positive(Duration duration, String name) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("The " + name + " must be greater than zero, but was " + duration + ".");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The " + name + " must be no longer than " + LONGEST.toDays() + " days, but was " + duration + ".");
        }
        return duration;
    }
}
