package io.github.camundabackup.bucket;

import java.util.Comparator;
import java.util.List;

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
     * Files that no manifest belongs to: a backup that was deleted in part, for example.
     *
     * @param folder where they are
     * @param files how many
     * @param bytes their size
     */
    public record Leftover(String folder, int files, long bytes) {}
}
