/**
 * Zeebe's continuous backups, from 8.9 on, and what they can be restored to together with a relational database.
 *
 * <p>On its schedule, each partition writes <em>checkpoints</em> into its log, with ids that are times and the same on
 * all partitions. At most of them it takes a backup, of the log since the one before; the others are <em>markers</em>.
 * Between the first and the last checkpoint of a <em>range</em> the log is whole, so that it can be restored to any of
 * them; where a backup is missing, the next range begins.
 *
 * <p>A dump of the database says up to which position each partition had been exported. It fits if, in every partition,
 * that position is inside a range, and there is one checkpoint in all of these ranges that is not before it: that is
 * where the restore ends. {@link io.github.camundabackup.continuous.RestorePoints} is the one place for this rule, which
 * is the rule of Camunda's restore application; its findings are facts about positions, not a promise that brokers will
 * start (camunda#63568).
 */
@NullMarked
package io.github.camundabackup.continuous;

import org.jspecify.annotations.NullMarked;
