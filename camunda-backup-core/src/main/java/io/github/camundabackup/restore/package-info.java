/**
 * The restore of a backup: first a plan, then its execution.
 *
 * <p>{@link io.github.camundabackup.restore.RestoreClient} makes a
 * {@link io.github.camundabackup.restore.plan.RestorePlan}, which changes nothing, and executes it. The execution does
 * nothing that is not in the plan: it checks that the plan is still true, stops the components, deletes indices,
 * restores the snapshots, verifies shards and documents, restores Zeebe, and starts the components.
 *
 * <p>It holds the lock that backups take too. The search engine itself is the record of progress: an execution that was
 * interrupted is repeated, and indices that are wholly restored and unchanged since are kept.
 *
 * <p>What the library cannot do itself, stopping and starting processes and running Zeebe's restore application, is
 * done by a {@link io.github.camundabackup.restore.control.ClusterControl}, and checked from outside. Without a
 * control, the report lists what an operator must do. The package {@code plan.rules}, which makes plans, is not
 * exported.
 */
@NullMarked
package io.github.camundabackup.restore;

import org.jspecify.annotations.NullMarked;
