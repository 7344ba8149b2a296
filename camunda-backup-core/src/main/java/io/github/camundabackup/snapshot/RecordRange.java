package io.github.camundabackup.snapshot;

import java.util.Objects;

/**
 * The numbered records of one partition and value type. Exporters number them from 1 without a gap (with the partition
 * in the higher bits), so that fewer records than numbers mean that some are missing.
 *
 * @param partitionId the partition's number, from 1
 * @param valueType Zeebe's word for what they are about, such as {@code JOB}
 * @param count how many records there are
 * @param lowestSequence the lowest number among them
 * @param highestSequence the highest number among them
 */
public record RecordRange(int partitionId, String valueType, long count, long lowestSequence, long highestSequence) {
    public RecordRange {
        Objects.requireNonNull(valueType, "valueType");
    }

    /** How many numbers there are without a record; negative if there are records that have the same number. */
    public long missing() {
        return highestSequence - lowestSequence + 1 - count;
    }
}
