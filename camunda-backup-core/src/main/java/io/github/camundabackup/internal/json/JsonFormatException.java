package io.github.camundabackup.internal.json;

import java.io.Serial;

/** Bytes that are not the JSON that they should be. */
public final class JsonFormatException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    JsonFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    public JsonFormatException(String message) {
        super(message);
    }
}
