/**
 * The simulated components of Camunda, and their management endpoints. Not API.
 *
 * <p>{@code CamundaApplications} makes the servers of a cluster. Each endpoint under {@code /actuator} is one class
 * ({@code ZeebeEndpoint}, {@code OperateTasklistEndpoint}, {@code OptimizeEndpoint}, {@code HistoryEndpoint},
 * {@code ExportingEndpoint} and so on), which writes the answers of the real one, errors included.
 *
 * <p>The state is beside them: {@code ZeebeBackups} and {@code PartedBackups} hold the backups, {@code Exporting} the
 * phases of the exporters, {@code ExportedLog} the records and their positions. The course of a backup is decided when
 * it is accepted, and its state at any time follows from the time that has passed.
 *
 * <p>{@code InvariantMonitor} records violations of the invariants in the moment when they happen.
 *
 * <p>The state of a cluster is guarded by the cluster's lock.
 */
@NullMarked
package io.github.camundabackup.test.internal.camunda;

import org.jspecify.annotations.NullMarked;
