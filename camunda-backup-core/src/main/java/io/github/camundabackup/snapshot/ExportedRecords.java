package io.github.camundabackup.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the exported records in an engine, as far as they show whether something is missing: the fields
 * {@code partitionId}, {@code position}, {@code sequence}, {@code valueType} and {@code timestamp} that every exported
 * record has.
 *
 * <p><strong>Rules for implementations.</strong> Those of {@link SnapshotStore}; besides: numbers are exact over all of
 * a {@code long}; what was written before the call is seen; and an answer that may leave something out (a shard that
 * failed, a search that ran out of time, a list that was cut) is a failure, never a lower number. Patterns are index
 * names with {@code *} as wildcard; one that matches nothing adds nothing. Indices that are closed are not read.
 */
public interface ExportedRecords {

    /**
     * The highest position of each partition; with one refresh and one search, as it is asked while exporting is
     * paused. Works for all documents that have a {@code partitionId} and a {@code position}, such as the import
     * positions of Operate and Tasklist.
     *
     * @return by partition; none for a partition without records
     */
    CompletableFuture<SortedMap<Integer, Long>> highestPositions(String indexPattern);

    /**
     * The numbered records, by partition and value type. Records without a {@code sequence} are left out.
     *
     * @param upTo by partition, the highest position that counts; partitions that are not in it are left out
     */
    CompletableFuture<List<RecordRange>> ranges(String indexPattern, Map<Integer, Long> upTo);

    /**
     * How many records of one partition there are at the positions above one and up to another.
     *
     * @param notAfter counts only records that Zeebe wrote at that time or before; empty for all
     */
    CompletableFuture<Long> count(
            String indexPattern, int partitionId, long above, long upTo, Optional<Instant> notAfter);
}
