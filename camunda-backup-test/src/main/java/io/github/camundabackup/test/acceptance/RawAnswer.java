package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An answer as it came, for nobody's eyes.
 *
 * @param status the HTTP status; 0 for an answer of the library itself
 * @param contentType empty for none
 * @param body empty for none
 * @param json the body, if it is JSON
 */
record RawAnswer(int status, String contentType, String body, Optional<JsonNode> json) {
    /** An answer of the library itself. */
    static RawAnswer of(JsonNode json) {
        return new RawAnswer(0, "", json.toString(), Optional.of(json));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
