package io.github.camundabackup.error;

import io.github.camundabackup.model.BackupId;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The component already has a backup with this id or, in the case of Zeebe and Camunda 8.8+, with a higher one. An id
 * cannot be used twice, not even after its backup failed or was deleted: take a higher one for every component.
 */
public final class BackupIdInUseException extends RequestRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final BackupId backupId;

    public BackupIdInUseException(RemoteCall call, int status, @Nullable String serverMessage, BackupId backupId) {
        super(
                call,
                status,
                serverMessage,
                "The id " + backupId
                        + " is used already, or lower than one that is. Take a higher id for the whole backup.");
        this.backupId = backupId;
    }

    /** The id that was refused. */
    public BackupId backupId() {
        return backupId;
    }
}
