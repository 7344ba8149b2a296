package io.github.camundabackup.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Requests of the test itself, such as creating an index or starting a process instance. Thread-safe. */
public final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client;
    private final String authorization;

    /** Without credentials, and trusting whom this JVM trusts. */
    public Http() {
        client = HttpClient.newHttpClient();
        authorization = "";
    }

    /**
     * @param tls whom it trusts
     * @param authorization the header's value
     */
    public Http(SSLContext tls, String authorization) {
        client = HttpClient.newBuilder().sslContext(tls).build();
        this.authorization = authorization;
    }

    /**
     * Sends a request and returns whatever came back.
     *
     * @param json empty for no body
     * @throws UncheckedIOException if there was no answer
     */
    public HttpResponse<String> send(String method, URI uri, String json) {
        HttpRequest.Builder request = to(uri);
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

    private HttpRequest.Builder to(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    /** Whether a GET is answered with the given status now. */
    public boolean answers(URI uri, int status) {
        return client.sendAsync(to(uri).build(), HttpResponse.BodyHandlers.discarding())
                .handle((response, error) -> error == null && response.statusCode() == status)
                .join();
    }
}
