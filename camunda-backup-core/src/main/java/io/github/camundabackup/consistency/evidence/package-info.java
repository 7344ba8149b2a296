/**
 * The evidence on a backup, gathered before any rule of the consistency check is applied. Not exported.
 *
 * <p>{@link io.github.camundabackup.consistency.evidence.Evidence} is one immutable value with all of it. It has four
 * sources: one listing of the repository ({@code RepositoryEvidence}), the answers of the cluster's participants
 * ({@code ClusterSource}), the manifest in the records snapshot, and, if wanted, the positions of records in the
 * snapshots ({@code PositionSource}).
 *
 * <p>A source that cannot be read fails nothing: the evidence holds the reason, and the rules decide what that means.
 *
 * <p>Positions are read from indices that are restored under scratch names beside those in use, and deleted again
 * ({@code ScratchIndices}). {@code LiveRecords} counts the records that the engine in use has above a snapshot's
 * highest position, unless retention or another restore has changed that engine's history meanwhile.
 *
 * <p>A check of all backups holds little of each snapshot, since a repository may hold 100,000 of them.
 */
@NullMarked
package io.github.camundabackup.consistency.evidence;

import org.jspecify.annotations.NullMarked;
