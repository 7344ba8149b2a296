/**
 * The plan of a restore, as data, and the settings that it is made from.
 *
 * <p>A {@link io.github.camundabackup.restore.plan.RestorePlan} lists the indices that will be deleted, the snapshots
 * that will be restored, the names that the indices will have, what is to be done for Zeebe, and in which order
 * components are started. An {@link io.github.camundabackup.restore.plan.Obstacle} forbids the restore; a caller may
 * accept some kinds of obstacles in the {@link io.github.camundabackup.restore.plan.RestoreSettings}.
 *
 * <p>An operator can read the plan as text, and a program as JSON, before anything is changed. It also holds
 * instructions for what must be done by hand, with Helm on Kubernetes or with bare processes.
 *
 * <p>With a scratch prefix, a plan restores the indices beside those in use, under names that begin with it: nothing is
 * stopped or deleted.
 *
 * <p>All values are immutable.
 */
@NullMarked
package io.github.camundabackup.restore.plan;

import org.jspecify.annotations.NullMarked;
