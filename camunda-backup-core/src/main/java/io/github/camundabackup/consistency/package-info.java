/**
 * The consistency check: whether a backup can be restored to a consistent cluster.
 *
 * <p>{@link io.github.camundabackup.consistency.ConsistencyChecker} gathers the evidence on a backup, applies all rules
 * to it, and makes a {@link io.github.camundabackup.consistency.ConsistencyReport}. A rule is a pure function from
 * evidence to findings. A {@link io.github.camundabackup.consistency.FindingCode} has a fixed severity and an advice,
 * and the findings decide the {@link io.github.camundabackup.consistency.Verdict}: one error makes a backup
 * inconsistent, and what could not be read makes it unverifiable, never consistent.
 *
 * <p>The proof that no exported record is missing compares positions, by partition: a restored Zeebe exports again from
 * the exported position of its snapshot, so that all records up to it must be in the snapshots
 * ({@code PartitionPositions}; the argument is in docs/guide/proof.md).
 *
 * <p>A check only reads, unless it is asked to restore indices under scratch names to read the positions in them. It
 * works without a cluster, from the repository alone; then the report says what it could not verify.
 */
@NullMarked
package io.github.camundabackup.consistency;

import org.jspecify.annotations.NullMarked;
