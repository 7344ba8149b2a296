package io.github.camundabackup.snapshot;

import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The progress of a restore in the engine, index by index.
 *
 * @param indices how far each index is, by its complete name, as it is after renaming; only those that exist
 * @param indicesMissing how many of the indices that were asked about do not exist (yet)
 */
public record RestoreProgress(Map<String, Index> indices, int indicesMissing) {
    public RestoreProgress {
        indices = Map.copyOf(indices);
    }

    /** Primary shards that are restored and started. */
    public int shardsDone() {
        return count(Index::shardsDone);
    }

    /** All primary shards of the indices that exist. */
    public int shardsTotal() {
        return count(Index::shardsTotal);
    }

    /** Bytes that were recovered. */
    public long bytesDone() {
        return sum(Index::bytesDone);
    }

    /** Bytes to recover, as far as known. */
    public long bytesTotal() {
        return sum(Index::bytesTotal);
    }

    /** Whether every index exists and all its primary shards are started. */
    public boolean isComplete() {
        return indicesMissing == 0 && indices.values().stream().allMatch(Index::isComplete);
    }

    private int count(ToIntFunction<Index> value) {
        return indices.values().stream().mapToInt(value).sum();
    }

    private long sum(ToLongFunction<Index> value) {
        return indices.values().stream().mapToLong(value).sum();
    }

    /**
     * The progress of one index.
     *
     * @param shardsDone primary shards that are restored and started
     * @param shardsTotal all of its primary shards
     * @param bytesDone bytes that were recovered
     * @param bytesTotal bytes to recover, as far as known
     */
    public record Index(int shardsDone, int shardsTotal, long bytesDone, long bytesTotal) {

        /** Whether all its primary shards are started. */
        public boolean isComplete() {
            return shardsDone == shardsTotal;
        }
    }
}
