/**
 * A restore drill from the command line.
 *
 * <p>{@code RestoreDrillSample} rehearses a restore in one of two ways. {@code DrillBeside} runs the JUnit test
 * {@code BackupDrill}, which restores the latest backup beside what is in use, and touches nothing else.
 * {@code WholeCircle} is for a test cluster only: it takes a backup under load, loses all data, restores everything in
 * place, and proves that what existed at the backup is there again.
 *
 * <p>Both run against a simulated cluster, or against the cluster that the environment describes. The whole circle
 * needs the consent of the operator, who names the engine that may be lost, and commands that stop and start the
 * components, or an operator at the console.
 *
 * <p>Exit codes: 0 if everything holds, 1 if not, 2 for a value in the environment that cannot be used.
 */
@NullMarked
package io.github.camundabackup.samples.restoredrill;

import org.jspecify.annotations.NullMarked;
