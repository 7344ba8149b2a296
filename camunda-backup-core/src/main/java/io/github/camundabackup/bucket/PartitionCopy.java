package io.github.camundabackup.bucket;

import io.github.camundabackup.model.BackupState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one broker wrote of one partition for one checkpoint: what its manifest says, and what of it is there.
 *
 * @param node the broker's node id, after its zone and an underscore where brokers have zones
 * @param manifest the key of the manifest
 * @param state as the manifest says; {@link BackupState#UNKNOWN} for a word that this library does not know, and for a
 *     manifest that cannot be read
 * @param checkpoint what the manifest says of the checkpoint; empty if it failed before anything was written
 * @param failure Zeebe's reason, if it failed
 * @param createdAt when it was begun, by the broker's clock
 * @param modifiedAt when its state changed last, by the broker's clock
 * @param files how many files the manifest names
 * @param bytes the size of those that are there, as they are stored
 * @param missing those that are not there, at most {@value #NAMED} of them
 * @param missingFiles how many are not there
 * @param empty those that hold nothing although they should, at most {@value #NAMED} of them
 * @param problem why the manifest cannot be read or believed
 */
public record PartitionCopy(
        String node,
        String manifest,
        BackupState state,
        Optional<Checkpoint> checkpoint,
        Optional<String> failure,
        Optional<Instant> createdAt,
        Optional<Instant> modifiedAt,
        int files,
        long bytes,
        List<String> missing,
        int missingFiles,
        List<String> empty,
        Optional<String> problem) {
    static final int NAMED = 10;

    public PartitionCopy {
        Objects.requireNonNull(node, "node");
        missing = List.copyOf(missing);
        empty = List.copyOf(empty);
    }

    /** Whether Zeebe could restore the partition from it. */
    public boolean isRestorable() {
        return state == BackupState.COMPLETED && problem.isEmpty() && missingFiles == 0 && empty.isEmpty();
    }

    /** The version of the broker that wrote it. */
    public Optional<String> version() {
        return checkpoint.flatMap(Checkpoint::version);
    }

    /**
     * What a manifest says of its checkpoint. What it leaves out is empty.
     *
     * @param position the position in the log up to which the copy reaches
     * @param partitions how many partitions the cluster had
     * @param version the broker's version
     * @param snapshotId the id of Zeebe's snapshot in it; empty if the copy holds the log from its beginning
     * @param firstLogPosition the first position in the log that it holds (8.9 and later)
     * @param time when the checkpoint was made (8.9 and later)
     * @param type {@code MANUAL_BACKUP} or {@code SCHEDULED_BACKUP}; {@code MANUAL_BACKUP} before 8.9
     */
    public record Checkpoint(
            OptionalLong position,
            OptionalInt partitions,
            Optional<String> version,
            Optional<String> snapshotId,
            OptionalLong firstLogPosition,
            Optional<Instant> time,
            String type) {}
}
