package io.github.camundabackup.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests of the test itself, such as creating an index or starting a process instance. Thread-safe. */
public final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Sends a request and returns whatever came back.
     *
     * @param json empty for no body
     * @throws UncheckedIOException if there was no answer
     */
    public HttpResponse<String> send(String method, URI uri, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        if (json.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(json))
                    .header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    /** As {@link #send(String, URI, String)}, for other kinds of bodies. */
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /**
     * As {@link #send(String, URI, String)}, for requests that must succeed.
     *
     * @return the answer's body
     */
    public String call(String method, URI uri, String json) {
        HttpResponse<String> response = send(method, uri, json);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    method + " " + uri + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Whether a GET is answered with the given status now. */
    public boolean answers(URI uri, int status) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, error) -> error == null && response.statusCode() == status)
                .join();
    }
}
