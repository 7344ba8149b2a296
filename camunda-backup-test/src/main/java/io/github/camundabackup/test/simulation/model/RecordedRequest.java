package io.github.camundabackup.test.simulation.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that the simulated cluster got, and what it answered.
 *
 * @param number counts from 1, in the order of arrival
 * @param server the server that it was sent to
 * @param method the HTTP method
 * @param path the path without the context path, as it was sent
 * @param query the query as it was sent, empty for none
 * @param body the body, empty for none
 * @param status the status that was answered; 0 as long as none was, or if none ever was
 * @param fault the fault that was put in its way
 * @param time when it came, by the cluster's time
 */
public record RecordedRequest(
        int number,
        Server server,
        String method,
        String path,
        String query,
        String body,
        int status,
        Optional<Fault> fault,
        Instant time) {

    /**
     * What is the same for all requests of this kind: ids and names in the path become {@code *}. Two requests with
     * equal steps do the same thing for different backups.
     */
    public String step() {
        return server + " " + method + " " + pathPattern();
    }

    /** All requests with the same {@link #step()}. */
    public RequestMatcher matcher() {
        return RequestMatcher.of(method, pathPattern()).on(server);
    }

    private String pathPattern() {
        return path.replaceAll("camunda_backup_outcome_[^/]+", "camunda_backup_outcome_*")
                .replaceAll("camunda_(?!backup_outcome)[a-z]+_[^/]+", "*")
                .replaceAll("/\\d+(?=/|$)", "/*");
    }

    /** In one line. */
    @Override
    public String toString() {
        return number + ". " + server + " " + method + " " + path + (query.isEmpty() ? "" : "?" + query)
                + (body.isEmpty() ? "" : " " + body) + " -> " + (status == 0 ? "no status" : status)
                + fault.map(f -> " (" + f + ")").orElse("");
    }
}
