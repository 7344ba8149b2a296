/**
 * Stopping, restoring and starting the cluster's components around a restore.
 *
 * <p>{@link io.github.camundabackup.restore.control.ClusterControl} is the port.
 * {@link io.github.camundabackup.restore.control.CommandControl} implements it with commands (scripts,
 * {@code systemctl}, {@code kubectl}), and {@link io.github.camundabackup.restore.control.OperatorControl} with an
 * operator at a console. {@link io.github.camundabackup.restore.control.ZeebeRestore} says what is to be done on the
 * brokers: the restore application is run on each of them, with the broker's own configuration and an empty data
 * directory.
 *
 * <p>What a control says to have done is checked where that is possible: a component is stopped when it refuses
 * connections, and started when its endpoint answers. Every method may be called again after an interruption.
 *
 * <p>A command whose step is cancelled is ended, with the processes that it has started, and killed if it does not end
 * in time, because another restore may begin soon after.
 */
@NullMarked
package io.github.camundabackup.restore.control;

import org.jspecify.annotations.NullMarked;
