package io.github.camundabackup.continuous;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A checkpoint in the log of one partition.
 *
 * @param id the same in all partitions; that of the backup, if it is one
 * @param type what it was made for
 * @param position its position in the partition's log; empty if it is not said
 * @param firstPosition the first position of the log that its backup holds; empty for markers, and if it is not said
 * @param time when it was made, by the broker's clock; empty if it is not said
 */
public record Checkpoint(
        long id, CheckpointType type, OptionalLong position, OptionalLong firstPosition, Optional<Instant> time) {
    public Checkpoint {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(firstPosition, "firstPosition");
        Objects.requireNonNull(time, "time");
    }

    /** Whether there is something to restore from: it is no marker. */
    public boolean isBackup() {
        return type != CheckpointType.MARKER;
    }
}
