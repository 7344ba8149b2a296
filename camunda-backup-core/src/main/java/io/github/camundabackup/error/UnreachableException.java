package io.github.camundabackup.error;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** No connection could be made, or it broke before a complete answer had arrived. */
public final class UnreachableException extends RemoteCallException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param call what was attempted
     * @param reason how far it came
     * @param message what happened, and what to do
     * @param cause the underlying failure
     */
    public UnreachableException(RemoteCall call, Reason reason, String message, @Nullable Throwable cause) {
        super(call, message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** How far it came. */
    public Reason reason() {
        return reason;
    }

    @Override
    public boolean mayHaveHappened() {
        return switch (reason) {
            case REFUSED, NOT_CONNECTED -> false;
            case CUT_OFF -> true;
        };
    }

    /** How far a request came. */
    public enum Reason {
        /** The host refused the connection: the server does not run. */
        REFUSED,
        /**
         * There was no connection for another reason: an unknown host, no route, silence, TLS. Whether anything runs
         * there is not known.
         */
        NOT_CONNECTED,
        /** The connection broke. The request may have reached the server. */
        CUT_OFF
    }
}
