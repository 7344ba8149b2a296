/**
 * A simulated Camunda cluster on loopback, for tests of backups without a cluster.
 *
 * <p>{@link io.github.camundabackup.test.simulation.SimulatedCluster} serves the management endpoints of Camunda 8.5 to
 * 8.9, and the snapshot API of Elasticsearch or OpenSearch. Its answers are computed from the time that has passed, so
 * that nothing runs in the background, and with a virtual time a backup takes milliseconds.
 *
 * <p>{@link io.github.camundabackup.test.simulation.Faults} puts faults in the way of requests, and into the
 * components. {@link io.github.camundabackup.test.simulation.Invariants} shows what must never happen and did.
 * {@link io.github.camundabackup.test.simulation.SimulatedControl} stops and starts the components, for restores.
 * {@link io.github.camundabackup.test.simulation.SimulationHost} lets many clusters share one port.
 *
 * <p>Answers follow those that were recorded from Camunda 8.6.0; what is only documented follows the documentation and
 * Camunda's sources.
 */
@NullMarked
package io.github.camundabackup.test.simulation;

import org.jspecify.annotations.NullMarked;
