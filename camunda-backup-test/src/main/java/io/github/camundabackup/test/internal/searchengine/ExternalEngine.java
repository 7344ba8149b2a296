package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A real Elasticsearch or OpenSearch. What clients send to the simulated one goes there. */
public final class ExternalEngine implements Application {
    private final URI uri;
    private final HttpClient client;

    public ExternalEngine(URI uri) {
        this.uri = uri;
        // On threads of its own: those of the simulated servers wait for it.
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public CompletableFuture<WebAnswer> answer(WebRequest request) {
        String target = request.path() + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery());
        return send(request.method(), target, request.contentType().orElse(""), request.body());
    }

    /** Makes an index with the fields of exported records, as Zeebe's templates describe them, and waits for it. */
    public void createRecordIndex(String index) {
        Map<String, @Nullable Object> fields = Json.map(
                "partitionId", Map.of("type", "integer"),
                "position", Map.of("type", "long"),
                "sequence", Map.of("type", "long"),
                "valueType", Map.of("type", "keyword"),
                "timestamp", Map.of("type", "date"));
        require(put("/" + encode(index), Json.map("mappings", Map.of("properties", fields))));
    }

    /** Writes documents, by their indices and ids, and waits for it. They are not searched before the next refresh. */
    public void write(Map<String, Map<String, Map<String, Object>>> indices) {
        StringBuilder bulk = new StringBuilder();
        indices.forEach((index, documents) -> documents.forEach((id, document) -> {
            bulk.append(text(Json.map("index", Json.map("_index", index, "_id", id))))
                    .append('\n');
            bulk.append(text(document)).append('\n');
        }));
        require(send("POST", "/_bulk", "application/x-ndjson", bulk.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Map<String, ?> object) {
        return new String(Json.write(object), StandardCharsets.UTF_8);
    }

    private void require(CompletableFuture<WebAnswer> answered) {
        WebAnswer answer = answered.join();
        if (answer.status() != 200) {
            throw new IllegalStateException(
                    "Could not fill " + uri + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    CompletableFuture<WebAnswer> put(String target, Map<String, @Nullable Object> body) {
        return send("PUT", target, "application/json", Json.write(body));
    }

    CompletableFuture<WebAnswer> delete(String target) {
        return send("DELETE", target, "", new byte[0]);
    }

    /** Asks, and waits for the answer. */
    WebAnswer get(String target) {
        try {
            return answer(
                    client.send(request("GET", target, "", new byte[0]), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + uri, e);
        }
    }

    static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8);
    }

    private CompletableFuture<WebAnswer> send(String method, String target, String contentType, byte[] body) {
        return client.sendAsync(request(method, target, contentType, body), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(ExternalEngine::answer);
    }

    private HttpRequest request(String method, String target, String contentType, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(uri.toString().replaceFirst("/$", "") + target))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return request.build();
    }

    private static WebAnswer answer(HttpResponse<byte[]> response) {
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        WebAnswer answer = new WebAnswer(response.statusCode(), contentType, Map.of(), response.body());
        return response.headers()
                .firstValue("X-elastic-product")
                .map(product -> answer.withHeader("X-elastic-product", product))
                .orElse(answer);
    }
}
