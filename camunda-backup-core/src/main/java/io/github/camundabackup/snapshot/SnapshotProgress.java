package io.github.camundabackup.snapshot;

import java.util.Objects;

/**
 * The progress of a snapshot.
 *
 * @param state its state
 * @param shardsDone shards that ended well
 * @param shardsFailed shards that ended badly
 * @param shardsTotal all shards, as far as known; 0 at the very beginning and for an empty snapshot
 * @param bytesDone bytes that are written; what earlier snapshots have written already does not count
 * @param bytesTotal bytes that are to be written, as far as known
 */
public record SnapshotProgress(
        SnapshotState state, int shardsDone, int shardsFailed, int shardsTotal, long bytesDone, long bytesTotal) {
    public SnapshotProgress {
        Objects.requireNonNull(state, "state");
    }
}
