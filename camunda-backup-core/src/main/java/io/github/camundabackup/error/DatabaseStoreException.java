package io.github.camundabackup.error;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A database, the tool that dumps it, or the place of its dumps did not do what it was asked for. Thrown by
 * implementations of {@link io.github.camundabackup.database.DatabaseStore}, too.
 */
public final class DatabaseStoreException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason what it means
     * @param message what was attempted, on which database, what came back and what to do; without secrets
     * @param cause the failure of the driver or of the file system
     */
    public DatabaseStoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** What it means. */
    public Reason reason() {
        return reason;
    }

    /** Why something about a database failed. */
    public enum Reason {
        /** The server cannot be reached, or went away. */
        UNREACHABLE,
        /** It does not know who asks: the user or the password is wrong. */
        UNAUTHENTICATED,
        /** Whoever asks may not do that. */
        FORBIDDEN,
        /** Somebody holds a lock for too long. */
        LOCKED,
        /** There is no table of exporter positions: Camunda has not made its schema there, or it is another database. */
        TABLE_MISSING,
        /** There is a table of exporter positions, with another prefix. */
        WRONG_PREFIX,
        /** The table of exporter positions is empty: nothing was ever exported to this database. */
        NO_POSITIONS,
        /** The database holds what is left of a restore that has not ended. */
        HALF_RESTORED,
        /** The database is not empty, and it was not said that what is in it may be dropped. */
        NOT_EMPTY,
        /** The program that dumps or restores cannot be run. */
        TOOL_MISSING,
        /** The program that dumps or restores is older than the server, another product's, or too new for it. */
        TOOL_UNFIT,
        /** The program that dumps or restores failed for another reason, or was killed. */
        TOOL_FAILED,
        /** The place of the dumps has no room left. */
        DISK_FULL,
        /** The place of the dumps cannot be read or written. */
        DIRECTORY_UNUSABLE,
        /** There is a dump of that name. */
        NAME_IN_USE,
        /** The dump is being made. */
        DUMP_RUNNING,
        /** There is no finished dump of that name. */
        DUMP_MISSING,
        /** The dump is not as it was written, or cannot be read. */
        DUMP_DAMAGED,
        /** Anything else. */
        OTHER
    }
}
