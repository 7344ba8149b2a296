package io.github.camundabackup.error;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.io.Serial;

/** A component accepted a backup, and later said (or left no doubt) that it will not complete. */
public final class ComponentBackupFailedException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Component component;
    private final BackupId backupId;
    private final BackupState state;
    private final String reason;

    public ComponentBackupFailedException(Component component, BackupId backupId, BackupState state, String reason) {
        super(Sentences.join(
                "Backup " + backupId + " of " + component.displayName() + " did not complete; its state is " + state
                        + ": " + reason,
                "A failed id cannot be used again: take a higher id for the whole backup."));
        this.component = component;
        this.backupId = backupId;
        this.state = state;
        this.reason = reason;
    }

    /** The same with a reason that another source gives. */
    public ComponentBackupFailedException with(String sentence) {
        return new ComponentBackupFailedException(component, backupId, state, Sentences.join(reason, sentence));
    }

    /** The component whose backup failed. */
    public Component component() {
        return component;
    }

    /** The backup's id. */
    public BackupId backupId() {
        return backupId;
    }

    /** The last state that the component reported. */
    public BackupState state() {
        return state;
    }
}
