/**
 * What the snapshots of one backup hold, by the names of their indices, and whether that is what they should hold.
 *
 * <p>{@link io.github.camundabackup.internal.contents.BackupContents} are the names, read from the repository. An index
 * that is in two snapshots, and one that is not named as those of its snapshot's component, make a backup that no plan
 * restores as it is. {@link io.github.camundabackup.internal.contents.IndexKinds} tells by a name which component an
 * index is of and of which kind it is, by prefixes that are configured, or learned from the snapshots themselves.
 *
 * <p>The run that takes a backup, the check, and the plan of a restore all judge with these, so that what a plan
 * refuses the check has found.
 */
@NullMarked
package io.github.camundabackup.internal.contents;

import org.jspecify.annotations.NullMarked;
