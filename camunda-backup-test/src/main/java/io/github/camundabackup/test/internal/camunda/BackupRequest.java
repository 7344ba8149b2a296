package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.Map;
import java.util.Optional;

/**
 * The id in the body of a request for a backup, as Jackson reads it into a {@code Long}.
 *
 * @param kind what was found
 * @param id the id, if there is one
 * @param text what was there instead of a number
 */
record BackupRequest(Kind kind, long id, String text) {
    enum Kind {
        NO_BODY,
        NO_JSON,
        NO_ID,
        NO_NUMBER,
        NUMBER
    }

    static BackupRequest read(WebRequest request) {
        if (request.body().length == 0) {
            return new BackupRequest(Kind.NO_BODY, 0, "");
        }
        Optional<Map<String, Object>> json = request.json();
        if (json.isEmpty()) {
            return new BackupRequest(Kind.NO_JSON, 0, "");
        }
        Object id = json.get().get("backupId");
        if (id == null) {
            return new BackupRequest(Kind.NO_ID, 0, "");
        }
        return parse(id.toString())
                .map(number -> new BackupRequest(Kind.NUMBER, number, ""))
                .orElseGet(() -> new BackupRequest(Kind.NO_NUMBER, 0, id.toString()));
    }

    /** The number, if the text is one. */
    static Optional<Long> parse(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
