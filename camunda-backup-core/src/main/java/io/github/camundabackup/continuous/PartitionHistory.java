package io.github.camundabackup.continuous;

import java.util.Comparator;
import java.util.List;

/**
 * The checkpoints of one partition that can still be restored to, or from.
 *
 * @param partition its number, from 1
 * @param checkpoints ascending by id
 * @param ranges ascending by the ids of their starts
 */
public record PartitionHistory(int partition, List<Checkpoint> checkpoints, List<CheckpointRange> ranges) {
    public PartitionHistory {
        checkpoints = checkpoints.stream()
                .sorted(Comparator.comparingLong(Checkpoint::id))
                .toList();
        ranges = ranges.stream()
                .sorted(Comparator.comparingLong(range -> range.start().id()))
                .toList();
    }
}
