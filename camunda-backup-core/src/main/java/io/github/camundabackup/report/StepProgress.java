package io.github.camundabackup.report;

/**
 * The progress of one component's backup. What is not known is 0.
 *
 * @param partsDone snapshots or partitions that are complete
 * @param partsTotal how many there will be, as far as known
 * @param shardsDone shards of the running snapshot that are done; only for the exported records
 * @param shardsTotal all shards of it
 * @param bytesDone bytes that were written for it
 * @param bytesTotal all bytes to be written
 */
public record StepProgress(
        int partsDone, int partsTotal, int shardsDone, int shardsTotal, long bytesDone, long bytesTotal) {
    /** Nothing yet. */
    public static final StepProgress NONE = new StepProgress(0, 0, 0, 0, 0, 0);

    /**
     * Of parts alone, of which nothing more is known.
     *
     * @param done how many are complete
     * @param total how many there will be, as far as known
     */
    public static StepProgress ofParts(int done, int total) {
        return new StepProgress(done, total, 0, 0, 0, 0);
    }

    /** The same, if it is known otherwise that there will be at least so many parts. */
    public StepProgress withPartsAtLeast(int announced) {
        return announced <= partsTotal
                ? this
                : new StepProgress(partsDone, announced, shardsDone, shardsTotal, bytesDone, bytesTotal);
    }

    /**
     * The share that is done, from 0 to 1; 0 if nothing is known. Parts count, and shards where there is one part only.
     */
    public double share() {
        if (partsTotal > 1) {
            return (double) partsDone / partsTotal;
        }
        if (shardsTotal > 0) {
            return (double) shardsDone / shardsTotal;
        }
        return partsTotal == 0 ? 0 : (double) partsDone / partsTotal;
    }
}
