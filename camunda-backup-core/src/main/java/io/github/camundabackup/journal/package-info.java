/**
 * The journal of a cluster's runs, which is also the lock of the cluster.
 *
 * <p>A {@link io.github.camundabackup.journal.BackupJournal} stores one small text that outlives the process that wrote
 * it. The text describes the last run ({@link io.github.camundabackup.journal.JournaledRun}): its backup id, its
 * holder, the steps that were requested, and the pause of exporting.
 *
 * <p>A run writes before each effect, so that after a crash the journal knows of everything that was requested. A write
 * names the text that it replaces, and fails if that is not there any more (compare and set); so at most one process
 * can hold the lock. The holder renews its lease with each write. A holder that has been silent for the length of its
 * lease is taken to be dead, and another process may take the lock and recover the run.
 *
 * <p>Implement {@code BackupJournal} for another place, and test it with {@code BackupJournalContract}.
 * {@link io.github.camundabackup.journal.DirectoryJournal} keeps it in a directory; the snapshot stores of this library
 * keep it in the search engine.
 */
@NullMarked
package io.github.camundabackup.journal;

import org.jspecify.annotations.NullMarked;
