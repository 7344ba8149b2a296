package io.github.camundabackup.bucket;

import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.ZeebeSnapshotId;
import java.util.Comparator;
import java.util.List;

/**
 * One partition's part of a backup in a bucket.
 *
 * @param partitionId the partition's number, from 1
 * @param copies of each broker that wrote one, by node; at least one
 */
public record BucketPartition(int partitionId, List<PartitionCopy> copies) {
    public BucketPartition {
        copies = copies.stream()
                .sorted(Comparator.comparing(PartitionCopy::node))
                .toList();
        if (copies.isEmpty()) {
            throw new IllegalArgumentException("A partition needs a copy to be in a bucket.");
        }
    }

    /**
     * The copy that counts: a restorable one if there is one, otherwise the one that is nearest to it; of several the
     * one that promises least, as it exports again from the highest position.
     */
    public PartitionCopy best() {
        return copies.stream()
                .min(Comparator.comparing((PartitionCopy copy) -> !copy.isRestorable())
                        .thenComparing(copy -> rank(copy.state()))
                        .thenComparing(copy -> copy.checkpoint()
                                .flatMap(PartitionCopy.Checkpoint::snapshotId)
                                .map(BucketPartition::exported)
                                .map(position -> -position)
                                .orElse(0L)))
                .orElseThrow();
    }

    /** The state of {@link #best()}. */
    public BackupState state() {
        return best().state();
    }

    /** Those that Zeebe calls completed. Which of several it restores is not documented. */
    public List<PartitionCopy> completed() {
        return copies.stream()
                .filter(copy -> copy.state() == BackupState.COMPLETED)
                .toList();
    }

    /** Whether Zeebe can restore the partition, whichever of the completed copies it takes. */
    public boolean isRestorable() {
        return !completed().isEmpty()
                && completed().stream().allMatch(PartitionCopy::isRestorable)
                && !isContradictory();
    }

    /** Whether brokers completed copies of different checkpoints, or of different versions, under one id. */
    public boolean isContradictory() {
        return completed().stream()
                        .flatMap(copy -> copy.checkpoint().stream())
                        .map(checkpoint ->
                                List.of(checkpoint.position(), checkpoint.partitions(), checkpoint.version()))
                        .distinct()
                        .count()
                > 1;
    }

    private static int rank(BackupState state) {
        return switch (state) {
            case COMPLETED -> 0;
            case IN_PROGRESS -> 1;
            case UNKNOWN -> 2;
            case FAILED -> 3;
            case INCOMPLETE, INCOMPATIBLE, DOES_NOT_EXIST, DELETED -> 4;
        };
    }

    private static long exported(String snapshotId) {
        return ZeebeSnapshotId.parse(snapshotId).map(ZeebeSnapshotId::exported).orElse(0L);
    }
}
