/**
 * The quickstart: one backup from the command line, with progress and a report.
 *
 * <p>{@code Quickstart} backs up the cluster that the environment describes, in variables that begin with
 * {@code CAMUNDA_BACKUP_}, or a simulated one if there are none. {@code Configuration} reads and checks all of them
 * before anything happens, and builds the client; {@code Display} shows the progress, as a bar on a terminal and as
 * plain lines elsewhere.
 *
 * <p>It is an example of what an application does with this library: build a client, start a backup, follow it, print
 * the report, check the backup, and close the client in the end.
 *
 * <p>Exit codes: 0 for a complete backup, 1 for one that failed, 2 for a value in the environment that cannot be used.
 *
 * <p>The classes for the environment are shared with the sample of the restore drill.
 */
@NullMarked
package io.github.camundabackup.samples.quickstart;

import org.jspecify.annotations.NullMarked;
