package io.github.camundabackup.error;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call to a server failed. The subclasses distinguish how. */
public abstract sealed class RemoteCallException extends CamundaBackupException
        permits RequestRejectedException,
                UnreachableException,
                RequestTimedOutException,
                UnexpectedAnswerException,
                AccessTokenException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final RemoteCall call;

    RemoteCallException(RemoteCall call, String message, @Nullable Throwable cause) {
        super(call + " " + message, cause);
        this.call = Objects.requireNonNull(call, "call");
    }

    /** What was attempted, and where. */
    public RemoteCall call() {
        return call;
    }

    /**
     * Whether the server may have carried the request out although no proper answer came back. What was asked must then
     * be settled by asking for its state, never by repeating it blindly.
     */
    public abstract boolean mayHaveHappened();
}
