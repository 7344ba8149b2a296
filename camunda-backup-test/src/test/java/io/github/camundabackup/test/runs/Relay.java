package io.github.camundabackup.test.runs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way of one process to a server. Lets everything pass, but for requests that are held up until somebody lets them
 * go on.
 */
final class Relay implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(":status", "connection", "content-length", "date", "transfer-encoding");

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client;
    private final Map<String, String> headers;
    private final List<Hold> holds = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    private Relay(URI target, HttpClient client, Map<String, String> headers) throws IOException {
        this.target = target;
        this.client = client;
        this.headers = Map.copyOf(headers);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    static Relay to(URI target) throws IOException {
        return new Relay(
                target,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                Map.of());
    }

    /** One that goes on with a client of its own, and adds headers. */
    static Relay to(URI target, HttpClient client, Map<String, String> headers) throws IOException {
        return new Relay(target, client, headers);
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /**
     * Holds up the first such request.
     *
     * @param call method and path, as a regular expression
     * @param carriedOut whether it has its effect before, so that only its answer is held up
     */
    Hold hold(String call, boolean carriedOut) {
        Hold hold = new Hold(call, carriedOut);
        holds.add(hold);
        return hold;
    }

    /**
     * Answers such requests itself from now on.
     *
     * @param call method and path, as a regular expression
     */
    void refuse(String call, int status, String json) {
        refusals.add(new Refusal(call, status, json));
    }

    /** The requests that it answered itself, as methods and paths. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** How each request so far has identified itself; empty if it has not. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void pass(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        authorizations.add(exchange.getRequestHeaders()
                .getOrDefault("Authorization", List.of(""))
                .get(0));
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<Refusal> refusal =
                    refusals.stream().filter(one -> call.matches(one.call())).findFirst();
            if (refusal.isPresent()) {
                refused.add(call);
                byte[] json = refusal.get().json().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(refusal.get().status(), json.length);
                exchange.getResponseBody().write(json);
                return;
            }
            at(call, false);
            HttpResponse<byte[]> answer = forward(exchange, body);
            at(call, true);
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        headers.forEach(request::setHeader);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void at(String call, boolean carriedOut) {
        holds.stream()
                .filter(hold -> hold.carriedOut == carriedOut && call.matches(hold.call) && hold.arrived.complete(null))
                .forEach(hold -> hold.released.join());
    }

    @Override
    public void close() {
        holds.forEach(Hold::release);
        server.stop(0);
        threads.shutdown();
    }

    private record Refusal(String call, int status, String json) {}

    /** One request that is held up. */
    static final class Hold {
        private final String call;
        private final boolean carriedOut;
        private final CompletableFuture<Void> arrived = new CompletableFuture<>();
        private final CompletableFuture<Void> released = new CompletableFuture<>();

        private Hold(String call, boolean carriedOut) {
            this.call = call;
            this.carriedOut = carriedOut;
        }

        /** Completes when it is there. */
        CompletableFuture<Void> arrived() {
            return arrived;
        }

        void release() {
            released.complete(null);
        }
    }
}
