package io.github.camundabackup.error;

import java.io.Serializable;
import java.net.URI;
import java.util.Objects;

/**
 * A call to a server, as it is described in messages.
 *
 * @param action the attempt in words that fit behind "Could not", such as {@code take backup 1700000000}
 * @param target the server that was called, such as {@code Operate} or {@code Elasticsearch}
 * @param method the HTTP method
 * @param uri the complete URI
 */
public record RemoteCall(String action, String target, String method, URI uri) implements Serializable {
    public RemoteCall {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
    }

    /**
     * The beginning of a message: {@code Could not take backup 17: Operate (POST http://host:9600/actuator/backups)}.
     */
    @Override
    public String toString() {
        return "Could not " + action + ": " + target + " (" + method + " " + uri + ")";
    }
}
