/**
 * Taking a backup: its settings, its plan, and the handle of a running one.
 *
 * <p>A {@link io.github.camundabackup.backup.BackupPlan} is the steps of a backup as data: groups of components that
 * are backed up together, and a scope in which exporting is paused. The line of the cluster decides the order. The
 * exported records come before Zeebe in every line: a record that is newer than Zeebe's checkpoint would not fit the
 * restored cluster.
 *
 * <p>{@link io.github.camundabackup.backup.BackupHandle} shows the progress, cancels, and completes with the report. It
 * completes when every part is complete and exporting runs again; a failure has a report too, which says whether
 * exporting was resumed. A {@link io.github.camundabackup.backup.BackupListener} gets the events on the way.
 *
 * <p>Checks come first, and a backup that they refuse has changed nothing
 * ({@link io.github.camundabackup.backup.PreflightFailedException}). The engine that runs the plan is in the package
 * {@code engine}, which is not exported.
 */
@NullMarked
package io.github.camundabackup.backup;

import org.jspecify.annotations.NullMarked;
