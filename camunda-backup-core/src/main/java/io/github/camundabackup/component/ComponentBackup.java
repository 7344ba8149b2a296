package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.Optional;

/** One component's part of a backup, as the component describes it. */
public sealed interface ComponentBackup permits SnapshotBackup, ZeebeBackup {

    /** Whose part it is. */
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
}
