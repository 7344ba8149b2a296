package io.github.camundabackup.continuous;

/**
 * Up to which position of its log a partition had been exported into a dump of the database.
 *
 * @param lowest as far at least; what is below 1 counts as 1, as nothing was exported (camunda#47587)
 * @param highest as far at most; the same as the lowest where the position is known exactly
 */
public record PositionBounds(long lowest, long highest) {
    public PositionBounds {
        lowest = Math.max(1, lowest);
        highest = Math.max(1, highest);
        if (lowest > highest) {
            throw new IllegalArgumentException("The lowest position, " + lowest + ", is above the highest, " + highest
                    + ". Read the lowest before the dump begins, and the highest after it has ended.");
        }
    }

    /** A position that is known exactly: it was read in the transaction of the dump. */
    public static PositionBounds exactly(long position) {
        return new PositionBounds(position, position);
    }

    public boolean isExact() {
        return lowest == highest;
    }

    /** {@code 12}, or {@code 12 to 15}. */
    @Override
    public String toString() {
        return isExact() ? Long.toString(lowest) : lowest + " to " + highest;
    }
}
