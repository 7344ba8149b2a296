package io.github.camundabackup.database;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of the exporter positions in a dump, by partition. Immutable. */
public sealed interface DumpPositions {
    /** The lowest that they can be. A partition that is missing here may be missing in the dump. */
    SortedMap<Integer, ExporterPosition> lowest();

    /** The highest that they can be. */
    SortedMap<Integer, ExporterPosition> highest();

    /** Whether these positions, read from a restored database, can be those of the dump. */
    default boolean agreeWith(SortedMap<Integer, ExporterPosition> restored) {
        return highest().keySet().containsAll(restored.keySet())
                && restored.keySet().containsAll(lowest().keySet())
                && restored.values().stream()
                        .allMatch(position -> position.position() <= at(highest(), position, Long.MAX_VALUE)
                                && position.position() >= at(lowest(), position, Long.MIN_VALUE));
    }

    private static long at(SortedMap<Integer, ExporterPosition> positions, ExporterPosition wanted, long otherwise) {
        ExporterPosition found = positions.get(wanted.partitionId());
        return found == null ? otherwise : found.position();
    }

    private static SortedMap<Integer, ExporterPosition> copy(SortedMap<Integer, ExporterPosition> positions) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    }

    /**
     * They were read in the transaction of the dump itself.
     *
     * @param positions by partition
     */
    record Exact(SortedMap<Integer, ExporterPosition> positions) implements DumpPositions {
        public Exact {
            positions = copy(positions);
        }

        @Override
        public SortedMap<Integer, ExporterPosition> lowest() {
            return positions;
        }

        @Override
        public SortedMap<Integer, ExporterPosition> highest() {
            return positions;
        }
    }

    /**
     * They were read before the dump began and after it had ended; those in the dump are between.
     *
     * @param before by partition
     * @param after by partition
     */
    record Bounds(SortedMap<Integer, ExporterPosition> before, SortedMap<Integer, ExporterPosition> after)
            implements DumpPositions {
        public Bounds {
            before = copy(before);
            after = copy(after);
        }

        @Override
        public SortedMap<Integer, ExporterPosition> lowest() {
            return before;
        }

        @Override
        public SortedMap<Integer, ExporterPosition> highest() {
            return after;
        }
    }
}
