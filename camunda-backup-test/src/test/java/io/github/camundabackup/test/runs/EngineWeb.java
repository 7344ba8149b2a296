package io.github.camundabackup.test.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Writes to a search engine as the applications do, and not through the library. */
final class EngineWeb {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI uri;

    EngineWeb(URI uri) {
        this.uri = uri;
    }

    /** Adds a document; makes the index if there is none. */
    void write(String index, String id) {
        send("PUT", "/" + index + "/_doc/" + id, "{\"position\":4711}");
    }

    void delete(String path) {
        send("DELETE", path, "");
    }

    void send(String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri.toString().replaceAll("/$", "") + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
