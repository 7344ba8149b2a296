/**
 * The engine that takes backups: one engine runs the plan of any line. Not exported.
 *
 * <p>{@code BackupEngine} starts runs. A {@code BackupRun} makes the checks ({@code Preflight}), takes the lock, runs
 * the steps ({@code StepRunner}), and writes the report from the {@code BackupRecord}. {@code WatchedPause} is the
 * scope of the pause: confirmed before the first step in it, limited in time, checked at the end, and ended whatever
 * happens.
 *
 * <p>Before each effect the run writes into the journal what it is about to request, so that a recovery knows of it.
 * Effects are never interrupted, only waiting is; so it is always known what was requested.
 *
 * <p>The components of a group are all started and then all waited for. The first failure ends every wait, because
 * waiting longer would only prolong the pause.
 *
 * <p>An interrupted run is recovered before a new one begins ({@code InterruptedRuns}), and may be continued from a
 * {@code Resumption}.
 */
@NullMarked
package io.github.camundabackup.backup.engine;

import org.jspecify.annotations.NullMarked;
