package io.github.camundabackup.gcs;

import java.io.IOException;
import java.io.Serial;

/** Not only the object is missing. */
final class BucketMissingException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    BucketMissingException(Exception cause) {
        super(cause);
    }
}
