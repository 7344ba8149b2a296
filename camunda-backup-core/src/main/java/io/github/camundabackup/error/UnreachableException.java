package io.github.camundabackup.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No connection could be made, or it broke before a complete answer had arrived. */
public final class UnreachableException extends RemoteCallException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean sent;

    /**
     * @param call what was attempted
     * @param sent whether the request may have reached the server
     * @param message what happened, and what to do
     * @param cause the underlying failure
     */
    public UnreachableException(RemoteCall call, boolean sent, String message, @Nullable Throwable cause) {
        super(call, message, cause);
        this.sent = sent;
    }

    @Override
    public boolean mayHaveHappened() {
        return sent;
    }
}
