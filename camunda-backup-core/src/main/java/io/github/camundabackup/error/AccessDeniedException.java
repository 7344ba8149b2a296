package io.github.camundabackup.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A server does not accept the credentials (401) or does not allow the request with them (403). */
public final class AccessDeniedException extends RequestRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    public AccessDeniedException(RemoteCall call, int status, @Nullable String serverMessage, String advice) {
        super(call, status, serverMessage, advice);
    }
}
