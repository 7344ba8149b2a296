package io.github.camundabackup.test.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A plain HTTP client, as little like the library's own as possible. */
final class Web {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    // To make one takes longer than most of the tests.
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    record Answer(int status, String contentType, String body) {
        /** Missing, if the body is empty. */
        JsonNode json() {
            try {
                return body.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }
    }

    Answer get(URI base, String path) {
        return send("GET", base, path, Optional.empty(), "");
    }

    Answer delete(URI base, String path) {
        return send("DELETE", base, path, Optional.empty(), "");
    }

    Answer post(URI base, String path) {
        return send("POST", base, path, Optional.empty(), "");
    }

    Answer post(URI base, String path, String json) {
        return send("POST", base, path, Optional.of("application/json"), json);
    }

    Answer put(URI base, String path, String json) {
        return send("PUT", base, path, Optional.of("application/json"), json);
    }

    Answer backup(URI base, long id) {
        return post(base, "/actuator/backups", "{\"backupId\":" + id + "}");
    }

    /** The state in the body, or the status if there is none. */
    String state(URI base, String path) {
        Answer answer = get(base, path);
        return answer.status() == 200 ? answer.json().path("state").asText() : String.valueOf(answer.status());
    }

    Answer send(String method, URI base, String path, Optional<String> contentType, String body) {
        try {
            return exchange(method, base, path, contentType, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer exchange(String method, URI base, String path, Optional<String> contentType, String body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        contentType.ifPresent(type -> request.header("Content-Type", type));
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
