package io.github.camundabackup.error;

import java.io.Serial;
import java.time.Duration;

/** A server did not answer in time. */
public final class RequestTimedOutException extends RemoteCallException {
    @Serial
    private static final long serialVersionUID = 1L;

    public RequestTimedOutException(RemoteCall call, Duration timeout) {
        super(
                call,
                "did not answer within " + timeout.toMillis()
                        + " ms. The server may be overloaded, or wait for something itself (its search engine, its object store).",
                null);
    }

    @Override
    public boolean mayHaveHappened() {
        return true;
    }
}
