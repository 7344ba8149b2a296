/**
 * What takes part in the backups of one cluster.
 *
 * <p>{@link io.github.camundabackup.internal.participants.ParticipantSource} knows where the cluster is, its snapshot
 * store and what a user has added, and finds the {@link io.github.camundabackup.internal.participants.Participants} by
 * asking the cluster. The other classes put the typed clients behind the port
 * {@link io.github.camundabackup.component.Participant}: one for each kind of client, and none for each component.
 */
@NullMarked
package io.github.camundabackup.internal.participants;

import org.jspecify.annotations.NullMarked;
