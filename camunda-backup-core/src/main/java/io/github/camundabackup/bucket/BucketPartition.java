package io.github.camundabackup.bucket;

import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.ZeebeSnapshotId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The copy that counts: a restorable one if there is one, otherwise the one that is nearest to it. */
    public PartitionCopy best() {
        return copies.stream()
                .min(Comparator.comparing((PartitionCopy copy) -> !copy.isRestorable())
                        .thenComparing(copy -> rank(copy.state()))
                        // Which of several Zeebe takes is not documented: the one that exported most promises least.
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

    /** Whether brokers completed copies of different checkpoints under one id. */
    public boolean isContradictory() {
        Set<PartitionCopy.Checkpoint> completed = copies.stream()
                .filter(copy -> copy.state() == BackupState.COMPLETED)
                .flatMap(copy -> copy.checkpoint().stream())
                .map(checkpoint -> new PartitionCopy.Checkpoint(
                        checkpoint.position(),
                        checkpoint.partitions(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        ""))
                .collect(Collectors.toSet());
        return completed.size() > 1;
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
