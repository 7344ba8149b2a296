package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.component.PartitionBackup;
import io.github.camundabackup.model.BackupState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One partition's part of a backup, as Zeebe describes it.
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
    /** {@code index-term-processedPosition-exportedPosition}, from 8.6 on with the broker's id at the end. */
    private static final Pattern SNAPSHOT_ID = Pattern.compile("\\d+-\\d+-\\d+-(?<exported>\\d{1,18})(-.*)?");

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

    /** The position from which a restored Zeebe exports again; empty if the id does not hold it. */
    public OptionalLong exported() {
        Matcher matcher = SNAPSHOT_ID.matcher(snapshotId.orElse(""));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group("exported"))) : OptionalLong.empty();
    }
}
