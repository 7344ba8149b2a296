package io.github.camundabackup.error;

import java.io.Serial;
import java.util.Objects;

/**
 * A request was not sent, because it needs an access token, and the identity provider gave none. The cause is the
 * failed request for the token.
 */
public final class AccessTokenException extends RemoteCallException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param call the request that was not sent
     * @param reason why there is no token
     * @param cause the failed request for the token, with a message without secrets
     */
    public AccessTokenException(RemoteCall call, Reason reason, Throwable cause) {
        super(call, "was not asked, because there is no access token for it. " + cause.getMessage(), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why there is no token. */
    public Reason reason() {
        return reason;
    }

    /** False: nothing was sent. */
    @Override
    public boolean mayHaveHappened() {
        return false;
    }

    /** Why there is no access token. */
    public enum Reason {
        /** The identity provider does not accept the client, its secret, or what it asks for. */
        REFUSED,
        /** The token endpoint is unreachable, does not answer, or has too much to do: waiting may help. */
        UNAVAILABLE,
        /** What is at the token endpoint answers with something else than a token. */
        NO_TOKEN_ENDPOINT,
        /** The client's secret could not be read. */
        NO_SECRET
    }
}
