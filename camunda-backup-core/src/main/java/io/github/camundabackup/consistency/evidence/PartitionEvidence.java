package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.bucket.BucketPartition;
import io.github.camundabackup.bucket.PartitionCopy;
import io.github.camundabackup.component.PartitionBackup;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.ZeebeSnapshotId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One partition's part of a backup, as Zeebe or the object store describes it.
 *
 * @param partitionId the partition's number
 * @param state its state
 * @param createdAt when it was begun, by the broker's clock
 * @param version the broker's version
 * @param checkpoint the position up to which the log is in the backup
 * @param snapshotId the id of Zeebe's own snapshot in it; empty if there is none, or it was not reported
 * @param failure Zeebe's reason, if it failed
 */
public record PartitionEvidence(
        int partitionId,
        BackupState state,
        Optional<Instant> createdAt,
        Optional<String> version,
        OptionalLong checkpoint,
        Optional<String> snapshotId,
        Optional<String> failure) {
    static PartitionEvidence of(PartitionBackup backup) {
        return new PartitionEvidence(
                backup.partitionId(),
                backup.state(),
                backup.createdAt(),
                backup.brokerVersion(),
                backup.checkpointPosition(),
                backup.snapshotId(),
                backup.failureReason());
    }

    static PartitionEvidence of(BucketPartition partition) {
        PartitionCopy best = partition.best();
        return new PartitionEvidence(
                partition.partitionId(),
                best.problem().isPresent() ? BackupState.UNKNOWN : best.state(),
                best.createdAt(),
                best.version(),
                best.checkpoint().map(PartitionCopy.Checkpoint::position).orElse(OptionalLong.empty()),
                best.checkpoint().flatMap(PartitionCopy.Checkpoint::snapshotId),
                best.failure().or(best::problem));
    }

    /** The position from which a restored Zeebe exports again; empty if the id does not hold it. */
    public OptionalLong exported() {
        return snapshotId
                .flatMap(ZeebeSnapshotId::parse)
                .map(id -> OptionalLong.of(id.exported()))
                .orElse(OptionalLong.empty());
    }
}
