package io.github.camundabackup.test.acceptance;

import java.util.Objects;

/**
 * An answer as it may be shown to others: without hosts, secrets and names of the user's.
 *
 * @param status the HTTP status; 0 for an answer of this library itself, which has none
 * @param contentType as the server wrote it, empty for none
 * @param body the body, pretty if it is JSON, empty for none
 */
public record AcceptanceAnswer(int status, String contentType, String body) {
    public AcceptanceAnswer {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
    }

    /** Status, content type and body, as in a recording. */
    @Override
    public String toString() {
        return (status == 0 ? "" : "HTTP " + status + "\n")
                + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\n")
                + (body.isEmpty() ? "" : (status == 0 ? "" : "\n") + body + "\n");
    }
}
