/**
 * The recovery mode of a cluster from 8.10 on, in which it restores itself while its brokers keep running. Not API.
 *
 * <p>{@code RecoveryApi} has the three resources of the REST API that belong to it: the mode, the restore, and the
 * topology, which alone tells whether all partitions have entered the mode or left it. A change of the mode and a
 * restore are accepted at once and done later, as changes of the cluster's configuration; each can also be asked what
 * it would do (a dry run).
 *
 * <p>A cluster in recovery mode goes back to processing by itself when its restore has completed, and only then. A
 * restore that has ended is soon forgotten: its status is 404, and the topology tells the rest.
 *
 * <p>Nothing here decides what comes next, nor asks again for something that has an effect: steps of a restore do.
 */
@NullMarked
package io.github.camundabackup.internal.recoverymode;

import org.jspecify.annotations.NullMarked;
