package io.github.camundabackup.error;

import java.io.Serial;

/**
 * The reply to a request with an effect was lost, and asking afterwards could not settle whether the request had been
 * carried out. It must not be repeated: the next attempt needs a higher backup id.
 */
public final class OutcomeUnknownException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
