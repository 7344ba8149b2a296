/**
 * Typed clients of Camunda's management endpoints, and the port for everything that is backed up.
 *
 * <p>{@link io.github.camundabackup.component.CamundaCluster} asks the configured endpoints what they serve, finds the
 * line of the cluster, and makes a client of each. The exported records have a client too ({@code RecordsClient}),
 * which makes their snapshot with the snapshot store. Each client can be used alone.
 * {@link io.github.camundabackup.component.Participant} is the port by which a run treats them alike, and by which a
 * user adds a part of their own.
 *
 * <p>All clients settle what the API leaves open in one way ({@code BackupEndpoint}): a lost reply by asking for
 * the backup, never by requesting another one; completion by polling. Answers that settle nothing, such as "not found"
 * right after an acceptance, are tolerated for as long as the line's table says ({@code CompletionTracker}).
 */
@NullMarked
package io.github.camundabackup.component;

import org.jspecify.annotations.NullMarked;
