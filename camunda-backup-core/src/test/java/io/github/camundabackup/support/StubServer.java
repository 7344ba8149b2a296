package io.github.camundabackup.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A server on loopback that answers each route from a script and remembers what it was asked. The last answer of a
 * script is given again and again; a route without a script is answered as Spring answers a path at which it serves
 * nothing.
 */
public final class StubServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Map<String, Deque<MockResponse>> scripts = new ConcurrentHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final String scheme;

    private StubServer(String scheme, Consumer<MockWebServer> settings) {
        this.scheme = scheme;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.setServerSocketFactory(new NoDelay());
        settings.accept(server);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static StubServer start() {
        return new StubServer("http", server -> {});
    }

    /**
     * @param settings must call {@code useHttps}
     */
    public static StubServer startTls(Consumer<MockWebServer> settings) {
        return new StubServer("https", settings);
    }

    /**
     * Scripts a route.
     *
     * @param route method, path and query as they are sent: {@code GET /actuator/backups/17}
     */
    public StubServer on(String route, MockResponse... answers) {
        scripts.put(route, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    public StubServer on(String route, int status, String json) {
        return on(route, json(status, json));
    }

    public URI uri() {
        return URI.create(scheme + "://localhost:" + server.getPort());
    }

    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** What was asked of a route. */
    public List<RecordedRequest> requests(String route) {
        return requests.stream().filter(request -> route(request).equals(route)).toList();
    }

    public RecordedRequest onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("Expected one request, but got " + requests);
        }
        return requests.get(0);
    }

    public static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    public static MockResponse status(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    public static MockResponse html(int status, String title) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/html;charset=utf-8")
                .body("<!doctype html>\n<html><head><title>" + title + "</title></head><body></body></html>")
                .build();
    }

    /** A server that answers after the test's request timeout, if at all. */
    public static MockResponse late() {
        return new MockResponse.Builder().headersDelay(20, TimeUnit.SECONDS).build();
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse answer(RecordedRequest request) {
        requests.add(request);
        Deque<MockResponse> script = scripts.get(route(request));
        if (script == null) {
            // As Zeebe 8.6.0 answered: fixture zeebe-exporting-get.
            String path = request.getTarget().replaceAll("\\?.*", "");
            return json(
                    404,
                    "{\"timestamp\":\"2026-11-20T18:09:24.484+00:00\",\"status\":404,\"error\":\"Not Found\",\"path\":\""
                            + path + "\"}");
        }
        synchronized (script) {
            return script.size() > 1 ? script.remove() : script.element();
        }
    }

    private static String route(RecordedRequest request) {
        return request.getMethod() + " " + request.getTarget();
    }
}
