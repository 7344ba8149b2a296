package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One component's part of a backup, as the component describes it. Implemented by the kinds of backups that Camunda's
 * components make, and by a user's own {@link Participant}s; for these, {@link #of} is enough where there is nothing
 * more to say than a state.
 */
public interface ComponentBackup {
    /** A part of which no more is known than its state. */
    static ComponentBackup of(Component component, BackupId backupId, BackupState state) {
        return new BareBackup(component, backupId, state);
    }

    /** The component whose part it is. */
    Component component();

    BackupId backupId();

    /** Its state; {@link BackupState#UNKNOWN} for a word that this library does not know. */
    BackupState state();

    /** Why it failed, if the component says so. */
    Optional<String> failureReason();

    /** How many of its parts (snapshots or partitions) are complete. */
    int partsDone();

    /** How many parts the component shows so far. Web applications show a part only when it has been started. */
    int partsShown();

    /** How many parts there will be, where the parts themselves say so. Default: not known. */
    default OptionalInt partsExpected() {
        return OptionalInt.empty();
    }

    /** The names of its snapshots in the repository. Default: it has none. */
    default List<String> snapshots() {
        return List.of();
    }

    /** The versions that made it, normally one. Default: not known. */
    default List<String> versions() {
        return List.of();
    }

    /** Zeebe's partitions. Default: it has none. */
    default List<PartitionBackup> partitions() {
        return List.of();
    }

    /** Why single parts failed, each with the name of the part. Default: none did, or nothing is known of it. */
    default List<String> partFailures() {
        return List.of();
    }

    /** Whether a part is being made, whatever the state of the whole says. Default: that is not known. */
    default boolean isPartInProgress() {
        return false;
    }
}
