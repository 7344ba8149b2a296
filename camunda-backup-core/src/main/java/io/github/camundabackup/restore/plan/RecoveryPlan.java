package io.github.camundabackup.restore.plan;

import java.util.List;
import java.util.Objects;

/**
 * What a cluster from 8.10 on says that it would do, to be restored in recovery mode, while its brokers keep running.
 *
 * @param version of the cluster
 * @param partitions how many partitions it has
 * @param entered whether it is in recovery mode already
 * @param entering what it would do to enter recovery mode, in its own words; none if it is in it
 * @param restoring what it would do to restore Zeebe, in its own words; none before it is in recovery mode, as it does
 *     not say that earlier
 */
public record RecoveryPlan(
        String version, int partitions, boolean entered, List<String> entering, List<String> restoring) {
    public RecoveryPlan {
        Objects.requireNonNull(version, "version");
        entering = List.copyOf(entering);
        restoring = List.copyOf(restoring);
    }
}
