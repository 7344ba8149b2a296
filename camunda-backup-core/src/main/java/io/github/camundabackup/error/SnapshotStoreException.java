package io.github.camundabackup.error;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot store refused a request for a reason that callers may want to distinguish. Implementations of
 * {@link io.github.camundabackup.snapshot.SnapshotStore} translate their engine's errors into this one.
 */
public class SnapshotStoreException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why a store refused. */
    public enum Reason {
        /** The engine knows no repository of that name. */
        REPOSITORY_MISSING,
        /** The repository is registered as read-only. */
        REPOSITORY_READ_ONLY,
        /** The engine's nodes cannot read or write the repository. */
        REPOSITORY_UNUSABLE,
        /** Another operation on the repository or its snapshots is under way; later it may work. */
        REPOSITORY_BUSY,
        /** There is a snapshot of that name, or one is being made. */
        NAME_IN_USE,
        /** The engine does not allow that name. */
        NAME_INVALID,
        /** There is no snapshot of that name. */
        SNAPSHOT_MISSING,
        /** The index patterns match nothing, and an empty snapshot was not asked for. */
        NO_MATCHING_INDEX,
        /** An open index of the same name is in the way of a restore. */
        INDEX_IN_THE_WAY,
        /** The engine wants credentials, or does not accept those given (401). */
        UNAUTHENTICATED,
        /** The credentials lack a privilege (403). */
        FORBIDDEN,
        /** The engine takes no writes at the moment: a disk is too full, or an index is read-only. */
        BLOCKED,
        /** Anything else; the message has the engine's own words. */
        OTHER
    }

    private final Reason reason;

    public SnapshotStoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why the store refused. */
    public Reason reason() {
        return reason;
    }
}
