package io.github.camundabackup.test.runs;

import com.sun.net.httpserver.HttpExchange;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.test.internal.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A token endpoint on loopback whose tokens live in a test's time. */
public final class IdentityProvider implements AutoCloseable {
    static final String SECRET = "s3cr3t-of-the-client";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final WebServer server = WebServer.start(threads);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, Long> expiries = new ConcurrentHashMap<>();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final TimeSource time;
    private final Duration lifetime;
    private volatile String secret = SECRET;

    public IdentityProvider(TimeSource time, Duration lifetime) {
        this.time = time;
        this.lifetime = lifetime;
        server.handle("/token", this::answer);
    }

    URI tokenEndpoint() {
        return URI.create(server.uri() + "/token");
    }

    /** A client that gets tokens there. */
    public ClientCredentials.Builder client() {
        return ClientCredentials.builder(tokenEndpoint(), "backup")
                .secretInBody()
                .secret(() -> SECRET);
    }

    /** Whether a server may accept the token now. */
    public boolean accepts(String token) {
        Long expiry = expiries.get(token);
        return expiry != null && time.nanoTime() - expiry < 0;
    }

    int given() {
        return given.get();
    }

    /** No token that was given is good any more, as after an exchange of keys. */
    void revokeAll() {
        expiries.clear();
    }

    void secret(String secret) {
        this.secret = secret;
    }

    /** The next requests get no answer. */
    void hang(int requests) {
        hanging.set(requests);
    }

    /** Refuses connections for so long. */
    void awayFor(Duration duration) {
        server.down();
        time.delay(duration).thenRun(server::up);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (hanging.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            Blocked.until(end);
            return;
        }
        if (!form.contains("client_secret=" + secret)) {
            send(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"Not " + SECRET + "\"}");
            return;
        }
        String token = "t0ken-" + given.incrementAndGet();
        expiries.put(token, time.nanoTime() + lifetime.toNanos());
        send(
                exchange,
                200,
                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + lifetime.toSeconds()
                        + "}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.close();
        threads.shutdownNow();
    }
}
