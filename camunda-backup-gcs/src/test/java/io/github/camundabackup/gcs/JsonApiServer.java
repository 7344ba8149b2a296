package io.github.camundabackup.gcs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * As much of Google's JSON API as reading needs, with one bucket in it, after
 * <a href="https://cloud.google.com/storage/docs/json_api/v1/objects/list">its documentation</a>.
 */
final class JsonApiServer implements AutoCloseable {
    private static final Pattern OBJECTS = Pattern.compile("/storage/v1/b/([^/]+)/o");
    private static final Pattern OBJECT = Pattern.compile("(/download)?/storage/v1/b/([^/]+)/o/(.+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConcurrentSkipListMap<String, byte[]> objects =
            new ConcurrentSkipListMap<>((one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other)));
    private final ConcurrentSkipListMap<String, Map<String, String>> metadata = new ConcurrentSkipListMap<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final String bucket;
    private final String token;

    JsonApiServer(String bucket, String token) throws IOException {
        this.bucket = bucket;
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void put(String key, byte[] contents, Map<String, String> attached) {
        metadata.put(key, attached);
        objects.put(key, contents);
    }

    void delete(String key) {
        objects.remove(key);
    }

    void clear() {
        objects.clear();
        requests.clear();
    }

    /** What was asked, with the query. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestURI().getRawPath() + "?"
                    + exchange.getRequestURI().getRawQuery());
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                error(exchange, 401, "authError", "Invalid Credentials");
                return;
            }
            Matcher list = OBJECTS.matcher(exchange.getRequestURI().getRawPath());
            Matcher get = OBJECT.matcher(exchange.getRequestURI().getRawPath());
            if (list.matches()) {
                list(exchange, decoded(list.group(1)));
            } else if (get.matches()) {
                get(exchange, get.group(1) != null, decoded(get.group(2)), decoded(get.group(3)));
            } else {
                error(exchange, 404, "notFound", "Not Found");
            }
        }
    }

    private void list(HttpExchange exchange, String asked) throws IOException {
        if (!asked.equals(bucket)) {
            error(exchange, 404, "notFound", "The specified bucket does not exist.");
            return;
        }
        Map<String, String> query = query(exchange);
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        int most = Integer.parseInt(query.getOrDefault("maxResults", "1000"));
        String after = query.containsKey("pageToken")
                ? new String(Base64.getUrlDecoder().decode(query.get("pageToken")), StandardCharsets.UTF_8)
                : "";
        List<Object> items = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("kind", "storage#objects"));
        String last = after;
        for (String key : objects.tailMap(prefix.isEmpty() ? "" : prefix, true).keySet()) {
            if (!key.startsWith(prefix)) {
                break;
            }
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String shown = end < 0 ? key : key.substring(0, end + 1);
            boolean passed = Arrays.compareUnsigned(bytes(shown), bytes(after)) <= 0 && !after.isEmpty();
            if (passed || prefixes.contains(shown)) {
                continue;
            }
            if (items.size() + prefixes.size() == most) {
                answer.put("nextPageToken", Base64.getUrlEncoder().encodeToString(bytes(last)));
                break;
            }
            last = shown;
            if (end < 0) {
                items.add(resource(key, Objects.requireNonNull(objects.get(key))));
            } else {
                prefixes.add(shown);
            }
        }
        if (!items.isEmpty()) {
            answer.put("items", items);
        }
        if (!prefixes.isEmpty()) {
            answer.put("prefixes", prefixes);
        }
        send(exchange, 200, "application/json; charset=UTF-8", JSON.writeValueAsBytes(answer));
    }

    private void get(HttpExchange exchange, boolean media, String asked, String key) throws IOException {
        byte[] contents = asked.equals(bucket) ? objects.get(key) : null;
        String missing = "No such object: " + asked + "/" + key;
        if (contents == null && media) {
            send(exchange, 404, "text/html; charset=UTF-8", bytes(missing));
        } else if (contents == null) {
            error(exchange, 404, "notFound", missing);
        } else if (media) {
            send(exchange, 200, "application/octet-stream", contents);
        } else {
            send(exchange, 200, "application/json; charset=UTF-8", JSON.writeValueAsBytes(resource(key, contents)));
        }
    }

    private Map<String, Object> resource(String key, byte[] contents) {
        CRC32C crc = new CRC32C();
        crc.update(contents);
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("kind", "storage#object");
        resource.put("name", key);
        resource.put("bucket", bucket);
        resource.put("size", String.valueOf(contents.length));
        resource.put("updated", "2026-11-28T08:00:00.123Z");
        resource.put(
                "crc32c",
                Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                                .putInt((int) crc.getValue())
                                .array()));
        Map<String, String> attached = metadata.getOrDefault(key, Map.of());
        if (!attached.isEmpty()) {
            resource.put("metadata", attached);
        }
        return resource;
    }

    private static void error(HttpExchange exchange, int status, String reason, String message) throws IOException {
        send(
                exchange,
                status,
                "application/json; charset=UTF-8",
                JSON.writeValueAsBytes(Map.of(
                        "error",
                        Map.of(
                                "code",
                                status,
                                "message",
                                message,
                                "errors",
                                List.of(Map.of("message", message, "domain", "global", "reason", reason))))));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** In a path, a plus sign is one. */
    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
