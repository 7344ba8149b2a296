package io.github.camundabackup.report;

import java.util.Objects;

/**
 * The progress of a restore.
 *
 * @param step what is being done
 * @param snapshotsDone snapshots whose indices are restored and verified
 * @param snapshotsTotal all snapshots of the plan
 * @param bytesDone bytes that the engine has restored of the snapshots that it was asked for
 * @param bytesTotal all bytes of these, as far as known
 */
public record RestoreStatus(Step step, int snapshotsDone, int snapshotsTotal, long bytesDone, long bytesTotal) {
    public RestoreStatus {
        Objects.requireNonNull(step, "step");
    }

    /** The steps, in their order. */
    public enum Step {
        /** The plan is checked once more. Nothing is changed. */
        CHECKING,
        /** Components are stopped; or the cluster enters recovery mode, and what is no part of it is stopped. */
        STOPPING,
        /** Indices are deleted. */
        DELETING,
        /** Snapshots are restored. */
        RESTORING,
        /** Shards and documents are counted. */
        VERIFYING,
        /** Zeebe is restored. */
        RESTORING_ZEEBE,
        /** Components are started. */
        STARTING,
        /** It has ended. */
        ENDED
    }
}
