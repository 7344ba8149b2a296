/**
 * The ports that users may implement, held to their rules. Not API.
 *
 * <p>{@code GuardedSnapshotStore} and {@code GuardedJournal} stand before every store and journal, whoever wrote it:
 * they call it apart from the run ({@code internal.foreign}), end what never answers, and turn whatever it throws into
 * an error that names it. So the rest of the library may believe what the ports promise. {@code GuardedControl} does
 * the same for what stops and starts components, which may take any time, but ends soon after it is cancelled. A user's
 * participant has its guard beside the participants.
 */
@NullMarked
package io.github.camundabackup.internal.guard;

import org.jspecify.annotations.NullMarked;
