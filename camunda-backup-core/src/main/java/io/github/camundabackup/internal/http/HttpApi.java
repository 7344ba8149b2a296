package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.AccessTokenException;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.json.JsonArrayStream;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * An HTTP client of one endpoint. Every status below 300 and from 400 on is an answer, for the caller to judge;
 * everything else is one of the exceptions of {@code io.github.camundabackup.error}. Futures complete on the client's
 * threads.
 */
public final class HttpApi {
    private static final BodyHandler<byte[]> WHOLE = info -> Bodies.bounded(info.statusCode());

    private final Endpoint endpoint;
    private final String target;
    private final ClientResources resources;
    private final HttpClient client;
    private final Retries retries;
    private final Outsiders outsiders;
    private final Optional<AccessTokens> tokens;
    private final TimeSource real;

    private HttpApi(Endpoint endpoint, String target, ClientResources resources, Optional<ClientCredentials> token) {
        this.endpoint = endpoint;
        this.target = target;
        this.resources = resources;
        client = resources.shared(HttpClients.class, HttpClients::new).forEndpoint(endpoint);
        retries = new Retries(resources.time());
        outsiders = new Outsiders(resources);
        tokens = token.map(credentials -> resources
                .shared(AccessTokens.Shared.class, AccessTokens.Shared::new)
                .of(credentials));
        real = TimeSource.system(resources.executor());
    }

    /**
     * @param target what is there, for messages, such as {@code Operate}
     */
    public static HttpApi of(Endpoint endpoint, String target, ClientResources resources) {
        return new HttpApi(
                endpoint, target, resources, endpoint.authentication().clientCredentials());
    }

    /**
     * As the other one, but without access tokens: for what only looks whether anything answers, which must not depend
     * on an identity provider.
     */
    public static HttpApi withoutTokens(Endpoint endpoint, String target, ClientResources resources) {
        return new HttpApi(endpoint, target, resources, Optional.empty());
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public String target() {
        return target;
    }

    public ClientResources resources() {
        return resources;
    }

    /** Sends a request once: for requests with an effect. */
    public CompletableFuture<HttpAnswer> send(HttpCall call) {
        return attempt(call, endpoint.requestTimeout(), WHOLE, new Progress(real));
    }

    /**
     * Sends a request that may be repeated without harm, and repeats it when the connection breaks or a proxy is busy.
     */
    public CompletableFuture<HttpAnswer> sendRepeatable(HttpCall call) {
        return retries.run(() -> send(call));
    }

    /**
     * Reads an array in the answer element by element, in order, on the client's threads, and gives the answer with
     * that array empty. However long it is, it may take its time: it ends when nothing has come for a while. Repeated
     * as {@link #sendRepeatable}, unless an element has been handed over. An answer that is not a success comes back as
     * a whole, with nothing handed over.
     *
     * @param patience how often the limit of other requests may pass without anything
     * @param field the field of the answer that holds the array; empty if the answer itself is the array
     * @param consumer gets each element, with the answer without its body
     */
    public CompletableFuture<HttpAnswer> stream(
            HttpCall call, int patience, Optional<String> field, BiConsumer<HttpAnswer, JsonValue> consumer) {
        AtomicBoolean begun = new AtomicBoolean();
        BiConsumer<HttpAnswer, JsonValue> noticed = (head, element) -> {
            begun.set(true);
            consumer.accept(head, element);
        };
        return retries.run(
                        () -> {
                            Progress progress = new Progress(real);
                            return attempt(
                                    call.header("Accept-Encoding", "gzip"),
                                    endpoint.requestTimeout().multipliedBy(patience),
                                    info -> {
                                        Bodies.Subscriber reader = isToBeStreamed(info)
                                                ? Bodies.streamed(
                                                        info.statusCode(),
                                                        new JsonArrayStream(field, elements(call, info, noticed)),
                                                        progress)
                                                : Bodies.bounded(info.statusCode());
                                        return isPacked(info) ? Bodies.unpacked(info.statusCode(), reader) : reader;
                                    },
                                    progress);
                        },
                        () -> !begun.get())
                .thenApply(answer -> {
                    if (answer.isSuccess() && answer.contentType().contains("html")) {
                        // Says what it is.
                        answer.json();
                    }
                    return answer;
                });
    }

    private static boolean isPacked(ResponseInfo info) {
        return info.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
    }

    private Consumer<JsonValue> elements(HttpCall call, ResponseInfo info, BiConsumer<HttpAnswer, JsonValue> consumer) {
        HttpAnswer head = new HttpAnswer(remote(call), info.statusCode(), contentType(info), new byte[0]);
        return element -> consumer.accept(head, element);
    }

    private static String contentType(ResponseInfo info) {
        return info.headers().firstValue("Content-Type").orElse("");
    }

    private static boolean isToBeStreamed(ResponseInfo info) {
        return info.statusCode() < 300 && !contentType(info).contains("html");
    }

    /**
     * The value of the {@code Authorization} header that a request needs now: a secret. For what sends requests in
     * another way.
     */
    public CompletableFuture<Optional<String>> authorization(HttpCall call) {
        return tokens.map(known ->
                        token(known.current(), call).thenApply(token -> Optional.of(token.authorizationHeader())))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        endpoint.authentication().authorizationHeader()));
    }

    private CompletableFuture<HttpAnswer> attempt(
            HttpCall call, Duration timeout, BodyHandler<byte[]> bodies, Progress progress) {
        return tokens.map(known -> withToken(known, call, timeout, bodies, progress))
                .orElseGet(() -> exchange(call, Optional.empty(), timeout, bodies, progress));
    }

    /**
     * A token that expired on its way, or whose keys the identity provider has exchanged, is replaced once. To repeat
     * the request is safe, also if it has an effect: a server that answers 401 has not carried it out.
     */
    private CompletableFuture<HttpAnswer> withToken(
            AccessTokens known, HttpCall call, Duration timeout, BodyHandler<byte[]> bodies, Progress progress) {
        return token(known.current(), call)
                .thenCompose(token -> exchange(call, Optional.of(token), timeout, bodies, progress)
                        .thenCompose(answer -> answer.status() == 401
                                ? token(known.insteadOf(token), call)
                                        .thenCompose(fresh -> fresh.isSameAs(token)
                                                ? CompletableFuture.completedFuture(answer)
                                                : exchange(call, Optional.of(fresh), timeout, bodies, progress))
                                : CompletableFuture.completedFuture(answer)));
    }

    /** Whoever has waited in vain fails alone: the request for the token goes on, for those that come later. */
    private CompletableFuture<AccessToken> token(CompletableFuture<AccessToken> token, HttpCall call) {
        if (token.isDone() && !token.isCompletedExceptionally()) {
            return token;
        }
        Duration limit = endpoint.requestTimeout();
        CompletableFuture<AccessToken> limited = token.copy()
                .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                // What follows must not run on the JDK's timer thread.
                .whenCompleteAsync((done, error) -> {}, resources.executor());
        return Futures.recover(limited, failure -> CompletableFuture.failedFuture(noToken(failure, limit, call)));
    }

    private CamundaBackupException noToken(Throwable failure, Duration limit, HttpCall call) {
        if (failure instanceof AccessTokenRequest.FailedException failed) {
            return new AccessTokenException(remote(call), failed.reason(), failed);
        }
        if (failure instanceof TimeoutException) {
            return new AccessTokenException(
                    remote(call),
                    AccessTokenException.Reason.UNAVAILABLE,
                    new CamundaBackupException("It is waited for since " + limit.toMillis() + " ms, for the "
                            + endpoint.authentication() + "."));
        }
        return failure instanceof RejectedExecutionException
                ? closed(remote(call), failure)
                : Failures.translate(remote(call), limit, failure);
    }

    private CompletableFuture<HttpAnswer> exchange(
            HttpCall call,
            Optional<AccessToken> token,
            Duration timeout,
            BodyHandler<byte[]> bodies,
            Progress progress) {
        RemoteCall remoteCall = remote(call);
        Exchange exchange = new Exchange(
                client, resources.executor(), outsiders, token, endpoint, call, remoteCall, timeout, bodies, progress);
        TimeSource.Activity activity = resources.time().activity();
        CompletableFuture<HttpAnswer> result = new CompletableFuture<>();
        started(exchange, remoteCall).whenComplete((answer, error) -> {
            try (activity) {
                if (error == null) {
                    result.complete(answer);
                } else {
                    result.completeExceptionally(Failures.translate(remoteCall, timeout, error));
                }
            }
        });
        return result;
    }

    private RemoteCall remote(HttpCall call) {
        return new RemoteCall(call.action(), target, call.method(), URI.create(endpoint.uri() + call.target()));
    }

    private static CompletableFuture<HttpAnswer> started(Exchange exchange, RemoteCall remoteCall) {
        try {
            return exchange.run();
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(closed(remoteCall, e));
        }
    }

    private static CamundaBackupException closed(RemoteCall call, Throwable rejected) {
        return new CamundaBackupException(
                call + ": nothing was sent, because the client or its executor is closed.", rejected);
    }

    /** The endpoint, without secrets. */
    @Override
    public String toString() {
        return target + " at " + endpoint;
    }
}
