package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backup of Zeebe: one part for each partition, in Zeebe's object store. Immutable. */
public final class ZeebeBackup implements ComponentBackup {
    private final BackupId backupId;
    private final BackupState state;
    private final @Nullable String failureReason;
    private final List<PartitionBackup> partitions;

    ZeebeBackup(
            BackupId backupId, BackupState state, @Nullable String failureReason, List<PartitionBackup> partitions) {
        this.backupId = backupId;
        this.state = state;
        this.failureReason = failureReason;
        this.partitions = List.copyOf(partitions);
    }

    @Override
    public Component component() {
        return Component.ZEEBE;
    }

    @Override
    public BackupId backupId() {
        return backupId;
    }

    @Override
    public BackupState state() {
        return state;
    }

    @Override
    public Optional<String> failureReason() {
        return Optional.ofNullable(failureReason);
    }

    /** The partitions in Zeebe's order. In a listing they lack most of their details. */
    @Override
    public List<PartitionBackup> partitions() {
        return partitions;
    }

    @Override
    public int partsDone() {
        return (int) partitions.stream()
                .filter(partition -> partition.state() == BackupState.COMPLETED)
                .count();
    }

    @Override
    public int partsShown() {
        return partitions.size();
    }

    @Override
    public List<String> versions() {
        return partitions.stream()
                .flatMap(partition -> partition.brokerVersion().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<String> partFailures() {
        return partitions.stream()
                .flatMap(partition ->
                        partition
                                .failureReason()
                                .map(reason -> "partition " + partition.partitionId() + ": " + reason)
                                .stream())
                .toList();
    }

    @Override
    public boolean isPartInProgress() {
        return partitions.stream().anyMatch(partition -> partition.state() == BackupState.IN_PROGRESS);
    }

    @Override
    public String toString() {
        return "backup " + backupId + " of Zeebe: " + state + ", " + partsDone() + " of " + partsShown()
                + " partitions done";
    }
}
