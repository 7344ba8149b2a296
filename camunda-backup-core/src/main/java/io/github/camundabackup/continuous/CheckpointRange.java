package io.github.camundabackup.continuous;

import java.util.Objects;

/**
 * Checkpoints between which the backups hold a partition's log without a gap.
 *
 * @param start the first, a backup
 * @param end the last
 */
public record CheckpointRange(Checkpoint start, Checkpoint end) {
    public CheckpointRange {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
    }

    /** Whether a checkpoint is in it. */
    public boolean contains(Checkpoint checkpoint) {
        return start.id() <= checkpoint.id() && checkpoint.id() <= end.id();
    }
}
