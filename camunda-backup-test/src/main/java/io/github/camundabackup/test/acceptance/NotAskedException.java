package io.github.camundabackup.test.acceptance;

import java.io.Serial;

/** A question that turns out to have no answer that could be compared; the message says why. */
final class NotAskedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotAskedException(String reason) {
        super(reason);
    }
}
