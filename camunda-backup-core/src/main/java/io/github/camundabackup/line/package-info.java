/**
 * The lines of Camunda that this library knows, each as one table.
 *
 * <p>A line is a range of releases that are backed up and restored alike: 8.5 to 8.7, 8.8, 8.9, 8.10. Its table
 * ({@link io.github.camundabackup.line.CamundaLine}) says which components it has, under which path each one's backups
 * are asked for and for how long its answers may be vague, which of them import exported records, what the names of
 * their indices begin with, in which order they are backed up and started, and which defects of its releases matter.
 *
 * <p>Everything else reads the table: the plan of a backup, the checks before it, discovery, the rules of order of the
 * consistency check, the plan of a restore, and the simulated cluster. Nothing else compares versions. A new line is
 * one more file here, and a line that this library does not know yet can be made with
 * {@link io.github.camundabackup.line.CamundaLine#builder} and given to the client.
 *
 * <p>Depends on the model only. All values are immutable.
 */
@NullMarked
package io.github.camundabackup.line;

import org.jspecify.annotations.NullMarked;
