package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Answers as Spring Boot writes them. */
final class SpringAnswers {
    private static final String ACTUATOR = "application/vnd.spring-boot.actuator.v3+json";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    private SpringAnswers() {}

    /** An answer of an actuator endpoint. */
    static WebAnswer actuator(int status, @Nullable Object body) {
        return WebAnswer.json(status, ACTUATOR, body);
    }

    static WebAnswer message(int status, String message) {
        return actuator(status, Json.map("message", message));
    }

    /** Spring's own error page, for what does not reach an endpoint. */
    static WebAnswer error(int status, WebRequest request, Instant now) {
        return WebAnswer.json(
                status,
                Json.map(
                        "timestamp", TIMESTAMP.format(now),
                        "status", status,
                        "error", phrase(status),
                        "path", request.fullPath()));
    }

    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 415 -> "Unsupported Media Type";
            default -> "Internal Server Error";
        };
    }
}
