package io.github.camundabackup.error;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object store did not give what it was asked for. Thrown by implementations of the object store, too. */
public final class ObjectStoreException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason what it means
     * @param message what was attempted, on which store, what came back and what to do; without secrets
     * @param cause the failure of the store's own library
     */
    public ObjectStoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** What it means. */
    public Reason reason() {
        return reason;
    }

    /** Why an object store does not give something. */
    public enum Reason {
        /** There is no such bucket, container or directory. */
        BUCKET_MISSING,
        /** There is no such object (any more). */
        OBJECT_MISSING,
        /** It does not know who asks. */
        UNAUTHENTICATED,
        /** Whoever asks may not do that; the message names the permission. */
        FORBIDDEN,
        /** The bucket is in another region. */
        WRONG_REGION,
        /** The objects are encrypted with a key that was not given, or with another one. */
        WRONG_KEY,
        /** It has too much to do: waiting helps. */
        BUSY,
        /** It cannot be reached, or did not answer in time: waiting may help. */
        UNREACHABLE,
        /** Anything else. */
        OTHER
    }
}
