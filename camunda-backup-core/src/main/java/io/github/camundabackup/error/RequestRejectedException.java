package io.github.camundabackup.error;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server answered, and refused the request. */
public non-sealed class RequestRejectedException extends RemoteCallException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String serverMessage;

    /**
     * @param call what was attempted
     * @param status the HTTP status; for the exporting endpoint, which answers 200 even when it failed, the status
     *     inside its body
     * @param serverMessage the server's own words, if it had any
     * @param advice what to do next, as a sentence; may be empty
     */
    public RequestRejectedException(RemoteCall call, int status, @Nullable String serverMessage, String advice) {
        super(
                call,
                Sentences.join(
                        "refused with status " + status + (serverMessage == null ? "" : ": " + serverMessage), advice),
                null);
        this.status = status;
        this.serverMessage = serverMessage;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The server's own words. They are for people; nothing in this library decides by them. */
    public Optional<String> serverMessage() {
        return Optional.ofNullable(serverMessage);
    }

    /** False for a request that was refused (4xx); a 5xx may have had its effect before something went wrong. */
    @Override
    public boolean mayHaveHappened() {
        return status >= 500;
    }
}
