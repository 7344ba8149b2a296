/**
 * One pause of exporting in one run, from the request to the confirmed resumption. Not exported.
 *
 * <p>{@link io.github.camundabackup.exporting.pause.ExportingPause} is a small state machine: not paused, paused, and
 * then resumed, not resumed, or taken over by another run. From the intention on, exporting counts as paused, because a
 * request whose answer is lost may have had its effect.
 *
 * <p>The pause is confirmed by the leaders of the partitions, where they can be asked, and checked again before the
 * backup counts as complete: another process that resumes exporting in between makes the backup worthless.
 *
 * <p>Resuming is repeated until the brokers confirm it or the deadline is reached. Before each attempt the run asks
 * whether it still holds the lock, since a run that has taken the lock over has the duty to resume, and its own pause
 * may be on.
 *
 * <p>Both backups and recoveries use it.
 */
@NullMarked
package io.github.camundabackup.exporting.pause;

import org.jspecify.annotations.NullMarked;
