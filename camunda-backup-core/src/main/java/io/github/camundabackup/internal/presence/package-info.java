/**
 * Which of a cluster's processes run. Not API.
 *
 * <p>A restore must not begin while components run, as they would write into the indices that are being restored, and
 * it is complete only when they answer again. {@code ClusterPresence} asks every configured endpoint once, and sorts
 * the answers into three kinds.
 *
 * <p>An endpoint that answers runs. One that refuses the connection does not run. Of all others (a timeout, an unknown
 * host, an error of a proxy) it is not known; such a component counts neither as stopped nor as started.
 *
 * <p>A host that is silent ends in the same exception as a refusal when the operating system gives up. The two are
 * distinguished by time: a refusal takes no longer than any answer.
 *
 * <p>Changes nothing, and never fails because of an endpoint.
 */
@NullMarked
package io.github.camundabackup.internal.presence;

import org.jspecify.annotations.NullMarked;
