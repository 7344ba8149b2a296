package io.github.camundabackup.component;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The exported records in the search engine right before their snapshot is requested.
 *
 * @param indices how many indices match; empty if that could not be read
 * @param highestPositions by partition, the highest position among the records; none if they could not be read, or
 *     there are none
 * @param problem why they could not be read, as a sentence; empty if they were, if there is no index, or if the store
 *     reads no records at all
 */
public record ExportedRecordsFound(
        OptionalInt indices, SortedMap<Integer, Long> highestPositions, Optional<String> problem) {
    /** Nothing was read. */
    public static final ExportedRecordsFound UNKNOWN =
            new ExportedRecordsFound(OptionalInt.empty(), new TreeMap<>(), Optional.empty());

    public ExportedRecordsFound {
        highestPositions = Collections.unmodifiableSortedMap(new TreeMap<>(highestPositions));
    }

    static ExportedRecordsFound of(int indices, Map<Integer, Long> highestPositions) {
        return new ExportedRecordsFound(OptionalInt.of(indices), new TreeMap<>(highestPositions), Optional.empty());
    }

    static ExportedRecordsFound unread(OptionalInt indices, String problem) {
        return new ExportedRecordsFound(indices, new TreeMap<>(), Optional.of(problem));
    }
}
