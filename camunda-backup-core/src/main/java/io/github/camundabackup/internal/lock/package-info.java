/**
 * The lock of a cluster, held by a backup, a recovery or a restore. Not API.
 *
 * <p>{@code Journals} reads the cluster's journals: that of the snapshot store and a configured one. {@code RunJournal}
 * is the lock of one run; each write describes the run anew, and renews the lease in every journal
 * ({@code JournalLease}). {@code RestoreLock} is the same lock for restores.
 *
 * <p>A lock is taken over only from a run that has written nothing for the length of its lease. That is measured with
 * this machine's monotonic clock while the journal is watched, as clocks of machines differ and jump.
 *
 * <p>An outage of the journals is waited for, up to 10 minutes: meanwhile nothing is begun, as each effect is written
 * ahead, and afterwards the journal shows whether another run has taken the lock. A run that slept gives up before it
 * writes again, and a backup that makes no progress for longer than a step may take gives up, too, unless exporting is
 * paused: a pause has a limit of its own. Once another run has the lock, that one has the duty to resume exporting.
 *
 * <p>A journal in the search engine that is refused, for want of a privilege, is done without, with a warning; a
 * configured journal must work.
 */
@NullMarked
package io.github.camundabackup.internal.lock;

import org.jspecify.annotations.NullMarked;
