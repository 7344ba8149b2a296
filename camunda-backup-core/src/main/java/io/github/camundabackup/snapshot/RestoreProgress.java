package io.github.camundabackup.snapshot;

/**
 * The progress of a restore in the engine.
 *
 * @param shardsDone primary shards that are restored and started
 * @param shardsTotal all primary shards of the indices that were asked about, as far as these exist
 * @param indicesMissing how many of the indices do not exist (yet)
 * @param bytesDone bytes that were recovered
 * @param bytesTotal bytes to recover, as far as known
 */
public record RestoreProgress(int shardsDone, int shardsTotal, int indicesMissing, long bytesDone, long bytesTotal) {

    /** Whether every index exists and all its primary shards are started. */
    public boolean isComplete() {
        return indicesMissing == 0 && shardsDone == shardsTotal;
    }
}
