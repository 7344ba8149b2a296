package io.github.camundabackup.internal.failure;

import io.github.camundabackup.error.CamundaBackupException;
import java.io.Serial;

/** A part of a backup has failed for a reason that passes by itself: taken again, it would probably succeed. */
public final class PassingFailureException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PassingFailureException(String message) {
        super(message);
    }
}
