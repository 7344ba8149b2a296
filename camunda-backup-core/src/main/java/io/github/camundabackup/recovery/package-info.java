/**
 * The recovery of runs that were interrupted, by SIGKILL or the loss of a machine: settings and reports.
 *
 * <p>A {@link io.github.camundabackup.recovery.RecoveryReport} says which run was found in the journal, what was done
 * about it, where the pause of exporting stands, and what each component says of its part
 * ({@link io.github.camundabackup.recovery.StepOutcome}).
 *
 * <p>{@link io.github.camundabackup.recovery.InterruptedBackup} chooses what happens to an interrupted backup: it is
 * continued under its id where that is proven to lead to a good backup, or exporting is resumed and the backup is
 * abandoned. {@link io.github.camundabackup.recovery.UnknownPause} chooses what happens to a pause of which no journal
 * knows: it is reported, or exporting is resumed.
 *
 * <p>A run that still renews its lease is left alone. The work is done in the package {@code engine}, which is not
 * exported.
 */
@NullMarked
package io.github.camundabackup.recovery;

import org.jspecify.annotations.NullMarked;
