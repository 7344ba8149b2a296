package io.github.camundabackup.test.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Writes to a search engine as the applications do, and not through the library. */
final class EngineWeb {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI uri;

    EngineWeb(URI uri) {
        this.uri = uri;
    }

    /** Adds a document; makes the index if there is none. */
    void write(String index, String id) {
        send("PUT", "/" + index + "/_doc/" + id, "{\"position\":4711}");
    }

    /** Adds a document to each of them, in one request. */
    void write(Collection<String> indices, String id) {
        send(
                "POST",
                "/_bulk",
                indices.stream()
                        .map(index -> "{\"index\":{\"_index\":\"" + index + "\",\"_id\":\"" + id
                                + "\"}}\n{\"position\":4711}\n")
                        .collect(Collectors.joining()));
    }

    void delete(String path) {
        send("DELETE", path, "");
    }

    /** The paths of all documents whose ids begin so, sorted. */
    List<String> find(String indices, String idPrefix) {
        send("POST", "/" + indices + "/_refresh", "");
        JsonNode hits = read(send("GET", "/" + indices + "/_search?size=10000", ""))
                .path("hits")
                .path("hits");
        List<String> paths = new ArrayList<>();
        for (JsonNode hit : hits) {
            String id = hit.path("_id").asText();
            if (id.startsWith(idPrefix)) {
                paths.add("/" + hit.path("_index").asText() + "/_doc/" + id);
            }
        }
        paths.sort(Comparator.comparing(path -> path.substring(path.lastIndexOf('/'))));
        return paths;
    }

    String send(String method, String path, String json) {
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
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
