/**
 * What takes part in the backups of one cluster.
 *
 * <p>Begin with {@link io.github.camundabackup.internal.participants.ParticipantSource}: it knows where the cluster is,
 * its snapshot store and what a user has added, and finds the
 * {@link io.github.camundabackup.internal.participants.Participants} by asking the cluster.
 *
 * <p>The other classes put the typed clients behind the port
 * {@link io.github.camundabackup.component.Participant}: one for each kind of client, and none for each component. What
 * a component does that others do not is in its client or in the table of the line, so that the engine, the report and
 * the checks cannot tell Camunda's parts from a user's.
 *
 * <p>A new part of a backup, such as a database, is another participant: here if it is one of Camunda's components, and
 * otherwise behind an SPI in a package of its own.
 */
@NullMarked
package io.github.camundabackup.internal.participants;

import org.jspecify.annotations.NullMarked;
