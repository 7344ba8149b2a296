package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.internal.foreign.ForeignCalls;
import io.github.camundabackup.internal.json.JsonArrayStream;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * An HTTP client of one endpoint. Every status below 300 and from 400 on is an answer, for the caller to judge;
 * everything else is one of the exceptions of {@code io.github.camundabackup.error}. Futures complete on the client's
 * threads.
 */
public final class HttpApi {
    // The engine reads every snapshot's metadata from the repository before it sends the first byte of a listing.
    private static final int STREAM_PATIENCE = 10;

    private final Endpoint endpoint;
    private final String target;
    private final ClientResources resources;
    private final HttpClient client;
    private final Retries retries;
    private final ForeignCalls foreign;

    private HttpApi(Endpoint endpoint, String target, ClientResources resources) {
        this.endpoint = endpoint;
        this.target = target;
        this.resources = resources;
        client = resources.shared(HttpClients.class, HttpClients::new).forEndpoint(endpoint);
        retries = new Retries(resources.time());
        foreign = ForeignCalls.of(resources);
    }

    /**
     * @param target what is there, for messages, such as {@code Operate}
     */
    public static HttpApi of(Endpoint endpoint, String target, ClientResources resources) {
        return new HttpApi(endpoint, target, resources);
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
        return attempt(call, endpoint.requestTimeout(), info -> Bodies.bounded(info.statusCode()));
    }

    /**
     * Sends a request that may be repeated without harm, and repeats it when the connection breaks or a proxy is busy.
     */
    public CompletableFuture<HttpAnswer> sendRepeatable(HttpCall call) {
        return retries.run(() -> send(call));
    }

    /**
     * Reads the array in the given field of the answer element by element, in order, on the client's threads, and gives
     * the answer with that array empty. Not repeated by itself, as elements have been handed over already. An answer
     * that is not a success comes back as a whole, with nothing handed over.
     */
    public CompletableFuture<HttpAnswer> stream(HttpCall call, String field, Consumer<JsonValue> consumer) {
        return attempt(
                call,
                endpoint.requestTimeout().multipliedBy(STREAM_PATIENCE),
                info -> info.statusCode() < 300
                        ? Bodies.streamed(info.statusCode(), new JsonArrayStream(field, consumer))
                        : Bodies.bounded(info.statusCode()));
    }

    private CompletableFuture<HttpAnswer> attempt(HttpCall call, Duration timeout, BodyHandler<byte[]> bodies) {
        URI uri = URI.create(endpoint.uri() + call.target());
        RemoteCall remoteCall = new RemoteCall(call.action(), target, call.method(), uri);
        Exchange exchange =
                new Exchange(client, resources.executor(), foreign, endpoint, call, remoteCall, timeout, bodies);
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

    private static CompletableFuture<HttpAnswer> started(Exchange exchange, RemoteCall remoteCall) {
        try {
            return exchange.run();
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new CamundaBackupException(
                    remoteCall + ": nothing was sent, because the client or its executor is closed.", e));
        }
    }

    /** The endpoint, without secrets. */
    @Override
    public String toString() {
        return target + " at " + endpoint;
    }
}
