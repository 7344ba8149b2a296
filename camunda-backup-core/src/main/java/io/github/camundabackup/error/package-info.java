/**
 * The failures of this library, distinguished by what a caller can do about them.
 *
 * <p>{@link io.github.camundabackup.error.CamundaBackupException} is the superclass. A failed call to a server is a
 * {@link io.github.camundabackup.error.RemoteCallException}: the server refused the request, was unreachable, did not
 * answer in time, or answered with something unexpected, or was not asked for want of an access token. Its
 * {@code mayHaveHappened()} says whether the request may have had its effect all the same; then its outcome must be
 * settled by asking for the state, never by repeating the request.
 *
 * <p>Others are not about one call: a wait that reached its deadline, a backup that a component gave up, a
 * configuration that does not fit the cluster, or an outcome that could not be settled.
 *
 * <p>Messages say what was attempted, where, what came back, and what to do next. They never hold a secret.
 *
 * <p>Depends on the model only.
 */
@NullMarked
package io.github.camundabackup.error;

import org.jspecify.annotations.NullMarked;
