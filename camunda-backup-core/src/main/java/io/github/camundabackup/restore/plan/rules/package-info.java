/**
 * Makes restore plans, and checks them before they are executed. Not exported.
 *
 * <p>{@code RestorePlanner} gathers the facts ({@code PlanFacts}): the report of the consistency check, the snapshots
 * of the backup and whether their shards can be read, the indices in the engine, the engine's properties, and which
 * components run. {@code PlanRules} and {@code IndexRules} make the plan from them without sending anything. All rules
 * are applied even if one forbids the restore, so that an operator gets the whole list at once.
 *
 * <p>An index of the engine is deleted only if it belongs to the backup's cluster ({@code IndexOwnership}): the backup
 * holds it or one of the same kind, or the caller says so. Names alone do not decide, since the prefix of one cluster
 * may be the beginning of another one's.
 *
 * <p>{@code PlanCheck} compares the plan with the present state right before it is executed.
 */
@NullMarked
package io.github.camundabackup.restore.plan.rules;

import org.jspecify.annotations.NullMarked;
