package io.github.camundabackup.bucket;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Zeebe's part of one backup, as a bucket shows it.
 *
 * @param backupId the id
 * @param partitions those that have something, by number; at least one
 */
public record BucketBackup(BackupId backupId, List<BucketPartition> partitions) {
    public BucketBackup {
        partitions = partitions.stream()
                .sorted(Comparator.comparingInt(BucketPartition::partitionId))
                .toList();
    }

    /** How many partitions the cluster had, as the completed manifests say; one number, unless they contradict. */
    public Set<Integer> partitionCounts() {
        Set<Integer> counts = new TreeSet<>();
        partitions.stream()
                .flatMap(partition -> partition.copies().stream())
                .filter(copy -> copy.state() == BackupState.COMPLETED)
                .flatMap(copy -> copy.checkpoint().stream())
                .forEach(checkpoint -> checkpoint.partitions().ifPresent(counts::add));
        return counts;
    }

    /** Whether all partitions, 1 to the number that the manifests agree on, can be restored. */
    public boolean isRestorable() {
        return hasAllPartitions() && partitions.stream().allMatch(BucketPartition::isRestorable);
    }

    private boolean hasAllPartitions() {
        return partitionCounts().size() == 1
                && partitions.stream()
                        .map(BucketPartition::partitionId)
                        .toList()
                        .equals(IntStream.rangeClosed(
                                        1, partitionCounts().iterator().next())
                                .boxed()
                                .toList());
    }

    /** The state of the whole, as the manifests say. */
    public BackupState state() {
        if (hasAllPartitions()
                && partitions.stream().allMatch(partition -> partition.state() == BackupState.COMPLETED)) {
            return BackupState.COMPLETED;
        }
        Set<BackupState> states = new TreeSet<>();
        partitions.forEach(partition -> states.add(partition.state()));
        for (BackupState decisive : List.of(BackupState.FAILED, BackupState.IN_PROGRESS, BackupState.UNKNOWN)) {
            if (states.contains(decisive)) {
                return decisive;
            }
        }
        return states.equals(Set.of(BackupState.DELETED)) ? BackupState.DELETED : BackupState.INCOMPLETE;
    }

    /** The size of what would be restored, in bytes, as it is stored. */
    public long bytes() {
        return partitions.stream()
                .mapToLong(partition -> partition.best().bytes())
                .sum();
    }
}
