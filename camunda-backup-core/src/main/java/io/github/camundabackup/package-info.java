/**
 * Consistent hot backups of Camunda 8 Self-Managed, and their check and restore.
 *
 * <p>{@link io.github.camundabackup.CamundaBackupClient} is the entry point, and the only class that wires the other
 * packages together. One client is for one cluster: it takes backups, recovers interrupted ones, checks whether a
 * backup is consistent, and restores it.
 *
 * <p>A backup consists of one part for each component under one backup id: snapshots of Optimize and the web
 * applications, a snapshot of the exported records, and Zeebe's own backup of its partitions. The parts fit together
 * because exporting is paused while the records and Zeebe are backed up, and because they are taken in the order that
 * the cluster's line demands.
 *
 * <p>Public packages are the model, the ports ({@code snapshot}, {@code journal}, {@code restore.control},
 * {@code component.Participant}) and the use cases ({@code backup}, {@code recovery}, {@code consistency},
 * {@code restore}). Packages named {@code engine}, {@code rules}, {@code evidence} or {@code internal} are not
 * exported. No package depends on this one, and the packages have no cycles.
 */
@NullMarked
package io.github.camundabackup;

import org.jspecify.annotations.NullMarked;
