/**
 * The vocabulary of backups as values.
 *
 * <p>A {@link io.github.camundabackup.model.BackupId} is the number under which every component stores its part of one
 * backup; ids grow. A {@link io.github.camundabackup.model.Component} is a part of the cluster that is backed up. A
 * {@link io.github.camundabackup.model.BackupState} is the state of one component's backup, in the union of the words
 * that components use. A {@link io.github.camundabackup.model.SnapshotName} is the name of a snapshot in the
 * repository, taken apart into component, backup id, version and part.
 *
 * <p>Words that this version does not know are kept, not refused: a state becomes {@code UNKNOWN}, and a component's
 * name becomes a component of its own, so that reports of later versions can be read.
 *
 * <p>Depends on nothing. All values are immutable.
 */
@NullMarked
package io.github.camundabackup.model;

import org.jspecify.annotations.NullMarked;
