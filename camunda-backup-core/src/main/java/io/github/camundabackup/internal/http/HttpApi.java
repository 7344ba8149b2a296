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
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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
    private final ForeignCalls foreign;
    private final TimeSource real;

    private HttpApi(Endpoint endpoint, String target, ClientResources resources) {
        this.endpoint = endpoint;
        this.target = target;
        this.resources = resources;
        client = resources.shared(HttpClients.class, HttpClients::new).forEndpoint(endpoint);
        retries = new Retries(resources.time());
        foreign = ForeignCalls.of(resources);
        real = TimeSource.system(resources.executor());
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

    private CompletableFuture<HttpAnswer> attempt(
            HttpCall call, Duration timeout, BodyHandler<byte[]> bodies, Progress progress) {
        RemoteCall remoteCall = remote(call);
        Exchange exchange = new Exchange(
                client, resources.executor(), foreign, endpoint, call, remoteCall, timeout, bodies, progress);
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
