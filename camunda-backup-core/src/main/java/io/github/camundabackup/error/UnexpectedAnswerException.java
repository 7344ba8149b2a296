package io.github.camundabackup.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An answer that this kind of server does not give: a login page, a redirect, cut off or nonsensical JSON, another
 * application.
 */
public final class UnexpectedAnswerException extends RemoteCallException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    public UnexpectedAnswerException(RemoteCall call, int status, String message, @Nullable Throwable cause) {
        super(call, message, cause);
        this.status = status;
    }

    /** The HTTP status of the answer, or 0 if the answer was not HTTP. */
    public int status() {
        return status;
    }

    @Override
    public boolean mayHaveHappened() {
        return true;
    }
}
