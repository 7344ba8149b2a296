package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.Objects;
import java.util.Optional;

/** A part of a backup of which no more is known than its state: one part, complete or not. */
record BareBackup(Component component, BackupId backupId, BackupState state) implements ComponentBackup {
    BareBackup {
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(backupId, "backupId");
        Objects.requireNonNull(state, "state");
    }

    @Override
    public Optional<String> failureReason() {
        return Optional.empty();
    }

    @Override
    public int partsDone() {
        return state == BackupState.COMPLETED ? 1 : 0;
    }

    @Override
    public int partsShown() {
        return 1;
    }

    @Override
    public String toString() {
        return "backup " + backupId + " of " + component.displayName() + ": " + state;
    }
}
