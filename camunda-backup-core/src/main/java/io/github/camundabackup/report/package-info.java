/**
 * The reports of backups, recoveries and restores, and the manifest inside a backup.
 *
 * <p>A {@link io.github.camundabackup.report.BackupReport} says how a run ended, with a
 * {@link io.github.camundabackup.report.StepReport} for each component and a
 * {@link io.github.camundabackup.report.PauseReport} on the pause of exporting. A
 * {@link io.github.camundabackup.report.RestoreReport} does the same for a restore. A
 * {@link io.github.camundabackup.report.BackupManifest} is what the run knows of its backup, stored as metadata of the
 * records snapshot (about 1 kB), so that the backup can be checked when the cluster is gone.
 *
 * <p>Every report has a text for people and a JSON for programs. The JSON is stable: fields are added in later
 * versions, and never renamed or given another meaning; the JSON of earlier versions can be read.
 *
 * <p>All values are immutable.
 */
@NullMarked
package io.github.camundabackup.report;

import org.jspecify.annotations.NullMarked;
