package io.github.camundabackup.bucket;

import io.github.camundabackup.model.BackupState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All backups of Zeebe in a bucket.
 *
 * @param backups the highest id first
 * @param leftovers files that belong to no backup, since no manifest names them
 */
public record BucketContents(List<BucketBackup> backups, List<Leftover> leftovers) {
    public BucketContents {
        backups = backups.stream()
                .sorted(Comparator.comparing(BucketBackup::backupId).reversed())
                .toList();
        leftovers = leftovers.stream()
                .sorted(Comparator.comparing(Leftover::folder))
                .toList();
    }

    /**
     * What the history of one cluster cannot be, in sentences: a later backup has fewer partitions than an earlier one,
     * or ends before it, or ends elsewhere than the cluster's own record of it says. Either two clusters write to one
     * place, or the cluster was restored or made anew in between. What each backup is worth by itself is not affected.
     *
     * @param metadata of {@link ZeebeBackups#metadata()}; empty before 8.9
     */
    public List<String> contradictions(List<PartitionMetadata> metadata) {
        Map<Integer, Map<Long, OptionalLong>> recorded = new HashMap<>();
        metadata.forEach(own -> own.checkpoints()
                .forEach(checkpoint -> recorded.computeIfAbsent(own.partitionId(), partition -> new HashMap<>())
                        .put(checkpoint.id(), checkpoint.position())));
        List<String> found = new ArrayList<>();
        List<BucketBackup> ascending = new ArrayList<>(backups);
        Collections.reverse(ascending);
        Optional<BucketBackup> before = Optional.empty();
        for (BucketBackup backup : ascending) {
            if (backup.state() == BackupState.COMPLETED) {
                before.ifPresent(earlier -> compare(earlier, backup, found));
                before = Optional.of(backup);
            }
            compareWithRecord(backup, recorded, found);
        }
        return List.copyOf(found);
    }

    private static void compare(BucketBackup earlier, BucketBackup later, List<String> found) {
        String both = "Backup " + later.backupId() + " and the earlier " + earlier.backupId() + ": ";
        int partitionsBefore = Collections.max(earlier.partitionCounts());
        int partitions = Collections.max(later.partitionCounts());
        if (partitions < partitionsBefore) {
            found.add(both + "the later one has " + partitions + " partitions, the earlier one " + partitionsBefore
                    + ", and Zeebe removes none.");
            return;
        }
        Map<Integer, Long> positions = new HashMap<>();
        earlier.partitions()
                .forEach(partition -> position(partition.best())
                        .ifPresent(position -> positions.put(partition.partitionId(), position)));
        for (BucketPartition partition : later.partitions()) {
            OptionalLong position = position(partition.best());
            Optional<Long> reached = Optional.ofNullable(positions.get(partition.partitionId()));
            if (position.isPresent()
                    && reached.filter(there -> there > position.getAsLong()).isPresent()) {
                found.add(both + "partition " + partition.partitionId() + " ends at " + position.getAsLong()
                        + " in the later one, and at " + reached.get() + " in the earlier one.");
                return;
            }
        }
    }

    private static void compareWithRecord(
            BucketBackup backup, Map<Integer, Map<Long, OptionalLong>> recorded, List<String> found) {
        for (BucketPartition partition : backup.partitions()) {
            OptionalLong position = position(partition.best());
            OptionalLong there = recorded.getOrDefault(partition.partitionId(), Map.of())
                    .getOrDefault(backup.backupId().value(), OptionalLong.empty());
            if (partition.state() == BackupState.COMPLETED
                    && position.isPresent()
                    && there.isPresent()
                    && !there.equals(position)) {
                found.add("Backup " + backup.backupId() + ": partition " + partition.partitionId() + " ends at "
                        + position.getAsLong() + ", and at " + there.getAsLong() + " by "
                        + PartitionMetadata.key(partition.partitionId()) + ".");
            }
        }
    }

    private static OptionalLong position(PartitionCopy copy) {
        return copy.checkpoint().map(PartitionCopy.Checkpoint::position).orElseGet(OptionalLong::empty);
    }

    /**
     * Files that no manifest belongs to: a backup that was deleted in part, for example.
     *
     * @param folder where they are
     * @param files how many
     * @param bytes their size
     */
    public record Leftover(String folder, int files, long bytes) {}
}
