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
 * <p>A run that cannot renew its lease gives up before the lease ends, so that exporting is resumed before another run
 * can take the lock. Once another run has it, that one has the duty to resume.
 *
 * <p>A journal in the search engine that is refused, for want of a privilege, is done without, with a warning; a
 * configured journal must work.
 */
@NullMarked
package io.github.camundabackup.internal.lock;

import org.jspecify.annotations.NullMarked;
