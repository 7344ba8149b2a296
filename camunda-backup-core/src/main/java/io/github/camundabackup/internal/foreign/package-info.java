/**
 * Calls into code that is not this library's: what an embedding application, or another library, passes in. Not API.
 *
 * <p>Such code may block, throw anything, answer null or never, and call back into the library. So it is never called
 * on a thread that a run needs, nor under a lock: {@code ForeignCalls} has threads of its own, a limit of time for
 * each call, and an error of this library for whatever goes wrong. What it throws is described by its class and not
 * attached where its text may hold a secret.
 *
 * <p>{@code EventQueue} delivers the events of a run to its listeners, in order and apart from the run. A listener that
 * hangs delays nothing but the events after it, and at the end of the run its last events.
 */
@NullMarked
package io.github.camundabackup.internal.foreign;

import org.jspecify.annotations.NullMarked;
