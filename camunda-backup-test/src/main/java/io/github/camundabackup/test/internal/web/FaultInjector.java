package io.github.camundabackup.test.internal.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Stands between a port and one server of one cluster: records what comes, and puts faults in its way. */
public final class FaultInjector implements HttpHandler, AutoCloseable {
    private static final String BEARER = "Bearer ";

    private final Server server;
    private final String contextPath;
    private final Application application;
    private final FaultPlan faults;
    private final Journal journal;
    private final Supplier<Instant> clock;
    private final Executor threads;
    private final BiPredicate<WebRequest, String> tokens;
    private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean unreachable;

    /**
     * @param tokens which access tokens are accepted; the empty one stands for none
     */
    public FaultInjector(
            Server server,
            String contextPath,
            Application application,
            FaultPlan faults,
            Journal journal,
            Supplier<Instant> clock,
            Executor threads,
            BiPredicate<WebRequest, String> tokens) {
        this.server = server;
        this.contextPath = contextPath;
        this.application = application;
        this.faults = faults;
        this.journal = journal;
        this.clock = clock;
        this.threads = threads;
        this.tokens = tokens;
    }

    /**
     * Whether connections are cut without a look at the request: the nearest to a closed port on a port that others
     * share.
     */
    public void setUnreachable(boolean unreachable) {
        this.unreachable = unreachable;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        WebRequest request = read(exchange);
        if (unreachable || closed) {
            exchange.close();
            return;
        }
        Optional<FaultPlan.Chosen> chosen = faults.next(server, request);
        Optional<Fault> fault = chosen.flatMap(FaultPlan.Chosen::fault);
        Runnable action = chosen.map(FaultPlan.Chosen::action).orElse(() -> {});
        int number = journal.arrived(server, request, fault, clock.get());
        Conversation conversation = new Conversation(exchange, number);
        open.add(exchange);
        if (fault.isPresent() && !fault.get().kind().isCarriedOut()) {
            conversation.end(fault.get(), WebAnswer.empty(200));
            action.run();
            return;
        }
        if (fault.isEmpty()) {
            action.run();
        }
        String token = token(exchange);
        CompletableFuture<WebAnswer> outcome = tokens.test(request, token)
                ? outcome(request)
                : CompletableFuture.completedFuture(unauthorized(!token.isEmpty()));
        outcome.whenComplete((answer, error) -> {
            WebAnswer reply = error == null ? answer : broken(error);
            if (fault.isPresent()) {
                conversation.end(fault.get(), reply);
                action.run();
            } else {
                conversation.send(reply);
            }
        });
    }

    /** Cuts what is still waiting for an answer. */
    @Override
    public void close() {
        closed = true;
        open.forEach(HttpExchange::close);
        open.clear();
    }

    private CompletableFuture<WebAnswer> outcome(WebRequest request) {
        try {
            return application.answer(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String token(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()))
                .orElse("");
    }

    /** As a resource server of Spring Security answers. */
    private static WebAnswer unauthorized(boolean withToken) {
        return WebAnswer.empty(401)
                .withHeader(
                        "WWW-Authenticate",
                        withToken
                                ? "Bearer error=\"invalid_token\", error_description=\"The access token is expired,"
                                        + " or not for this audience\""
                                : "Bearer");
    }

    private static WebAnswer broken(Throwable error) {
        return WebAnswer.json(500, Json.map("message", "The simulation itself failed: " + error));
    }

    private WebRequest read(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String fullPath = uri.getRawPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = fullPath.startsWith(contextPath) ? fullPath.substring(contextPath.length()) : fullPath;
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("127.0.0.1");
        return new WebRequest(
                exchange.getRequestMethod(),
                URI.create("http://" + host + contextPath),
                fullPath,
                path.isEmpty() ? "/" : path,
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")),
                body);
    }

    /** One request on its way back. */
    private final class Conversation {
        private final HttpExchange exchange;
        private final int number;

        Conversation(HttpExchange exchange, int number) {
            this.exchange = exchange;
            this.number = number;
        }

        void end(Fault fault, WebAnswer answer) {
            // What is to be cut in the middle needs a middle.
            WebAnswer divisible = answer.body().length < 2 ? WebAnswer.text(200, "application/json", "{ }") : answer;
            switch (fault.kind()) {
                case STATUS, STATUS_AFTERWARDS ->
                    send(WebAnswer.text(
                            fault.status(),
                            "text/html",
                            "<html><head><title>" + fault.status() + " from a simulated proxy</title></head></html>"));
                case CUT_BEFORE, CUT_AFTERWARDS -> cut();
                case CUT_IN_BODY -> sendHalf(divisible, this::cut);
                case SLOW_BODY ->
                    sendHalf(
                            divisible,
                            () -> CompletableFuture.delayedExecutor(
                                            fault.delay().toNanos(), TimeUnit.NANOSECONDS, threads)
                                    .execute(() -> sendOtherHalf(divisible)));
                case STALLED_BODY -> sendHalf(divisible, () -> {});
                case SILENCE, SILENCE_AFTERWARDS -> {
                    // Stays open until the cluster is closed.
                }
                case TRUNCATED_JSON -> send(divisible.withoutLast((divisible.body().length + 1) / 2));
                case NONSENSE_JSON ->
                    send(WebAnswer.text(200, "application/json", "[{\"unexpected\":[1,\"two\",null]}]"));
                case EMPTY_BODY -> send(WebAnswer.empty(200));
                case LOGIN_PAGE ->
                    send(WebAnswer.text(
                            200,
                            "text/html",
                            "<!doctype html><html><head><title>Sign in</title></head><body><form/></body></html>"));
                case REDIRECT -> send(WebAnswer.empty(302).withHeader("Location", "/login"));
                case INNER_FAILURE ->
                    send(WebAnswer.json(
                            200,
                            Json.map(
                                    "body", Json.map("message", "Simulated failure"),
                                    "status", fault.status(),
                                    "contentType", null)));
            }
        }

        void send(WebAnswer answer) {
            try {
                head(answer);
                if (answer.body().length > 0) {
                    exchange.getResponseBody().write(answer.body());
                }
            } catch (IOException clientIsGone) {
                // There is no connection left to report it on.
            } finally {
                cut();
            }
        }

        private void sendHalf(WebAnswer answer, Runnable next) {
            byte[] body = answer.body();
            try {
                head(answer);
                OutputStream out = exchange.getResponseBody();
                out.write(body, 0, body.length / 2);
                out.flush();
                next.run();
            } catch (IOException clientIsGone) {
                cut();
            }
        }

        private void sendOtherHalf(WebAnswer answer) {
            byte[] body = answer.body();
            try {
                exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
            } catch (IOException clientIsGone) {
                // There is no connection left to report it on.
            } finally {
                cut();
            }
        }

        private void head(WebAnswer answer) throws IOException {
            journal.answered(number, answer.status());
            if (!answer.contentType().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        }

        /** Ends the exchange; before the whole answer is sent, that breaks the connection. */
        private void cut() {
            open.remove(exchange);
            exchange.close();
        }
    }
}
