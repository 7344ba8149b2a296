package io.github.camundabackup.consistency;

import java.util.Objects;

/**
 * The proof, or its lack, that no exported record of a partition is missing after a restore of the backup.
 *
 * @param partitionId the partition's number, from 1
 * @param result what can be said
 * @param reason why, with the positions
 */
public record PartitionProof(int partitionId, Result result, String reason) {
    public PartitionProof {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(reason, "reason");
    }

    /** What can be said. */
    public enum Result {
        /** Nothing is missing. */
        PROVEN,
        /** Something is missing, or there is something that must not be. */
        VIOLATED,
        /** It is not known. */
        NOT_PROVABLE
    }
}
