/**
 * Pausing and resuming of Zeebe's exporters, and their phases as the brokers report them.
 *
 * <p>{@link io.github.camundabackup.exporting.ExportingClient} asks the gateway for a soft pause or a resumption, and
 * every broker for the phases of its partitions. In a soft pause exporters go on exporting, but do not confirm their
 * positions, so that Zeebe deletes nothing from its log that a backup may need. The hard pause is not offered.
 *
 * <p>The brokers keep a pause on their disks. It survives their restart, and a forgotten one fills the disks; so a run
 * ends its pause whatever happens, or reports that it could not.
 *
 * <p>A pause is confirmed when the leaders of all partitions show it
 * ({@link io.github.camundabackup.exporting.ExportingStatus#summary}).
 * {@link io.github.camundabackup.exporting.PauseEvidence} keeps the positions that they showed then: as long as these
 * do not grow, the pause has been held.
 */
@NullMarked
package io.github.camundabackup.exporting;

import org.jspecify.annotations.NullMarked;
