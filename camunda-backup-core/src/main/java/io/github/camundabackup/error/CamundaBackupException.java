package io.github.camundabackup.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The superclass of every failure that this library throws or completes a future with, apart from
 * {@link IllegalArgumentException} and {@link NullPointerException} for arguments that make no sense. Its message says
 * what was attempted, where, what came back and what to do next; it never holds a secret.
 */
public class CamundaBackupException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public CamundaBackupException(String message) {
        super(message);
    }

    public CamundaBackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
