package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.RequestSigner;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.UnexpectedAnswerException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request and its answer; with a token of a supplier that was refused, two. */
final class Exchange {
    private final HttpClient client;
    private final Executor executor;
    private final Outsiders outsiders;
    private final Optional<AccessToken> token;
    private final Endpoint endpoint;
    private final HttpCall call;
    private final RemoteCall remoteCall;
    private final Duration timeout;
    private final BodyHandler<byte[]> bodies;
    private final Progress progress;

    Exchange(
            HttpClient client,
            Executor executor,
            Outsiders outsiders,
            Optional<AccessToken> token,
            Endpoint endpoint,
            HttpCall call,
            RemoteCall remoteCall,
            Duration timeout,
            BodyHandler<byte[]> bodies,
            Progress progress) {
        this.client = client;
        this.executor = executor;
        this.outsiders = outsiders;
        this.token = token;
        this.endpoint = endpoint;
        this.call = call;
        this.remoteCall = remoteCall;
        this.timeout = timeout;
        this.bodies = bodies;
        this.progress = progress;
    }

    /** Nothing of this runs on the caller's thread. */
    CompletableFuture<HttpAnswer> run() {
        return CompletableFuture.supplyAsync(this::withFreshAuthorization, executor)
                .thenCompose(answer -> answer);
    }

    private CompletableFuture<HttpAnswer> withFreshAuthorization() {
        Authentication authentication = endpoint.authentication();
        return authorization()
                .thenCompose(header -> send(header).thenCompose(answer -> {
                    if (answer.status() != 401 || !authentication.isRefreshable()) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    return authorization()
                            .thenCompose(fresh ->
                                    fresh.equals(header) ? CompletableFuture.completedFuture(answer) : send(fresh));
                }));
    }

    private CompletableFuture<HttpAnswer> send(Optional<String> authorization) {
        return request(authorization).thenCompose(request -> {
            CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(request, bodies);
            // The client's own timeout ends with the head of the answer; this one covers the body too.
            CompletableFuture<HttpResponse<byte[]>> limited = response.copy();
            progress.made();
            progress.limit(limited, timeout);
            return limited.whenComplete((done, error) -> {
                        if (error != null) {
                            response.cancel(true);
                        }
                    })
                    // What follows must not run on the JDK's timer thread or in its common pool.
                    .whenCompleteAsync((done, error) -> {}, executor)
                    .thenApply(this::answer);
        });
    }

    private CompletableFuture<Optional<String>> authorization() {
        if (token.isPresent()) {
            return CompletableFuture.completedFuture(token.map(AccessToken::authorizationHeader));
        }
        Authentication authentication = endpoint.authentication();
        return authentication.isRefreshable()
                ? foreign("the supplier of its credentials", authentication::authorizationHeader)
                : CompletableFuture.completedFuture(authentication.authorizationHeader());
    }

    private <T> CompletableFuture<T> foreign(String what, Supplier<T> call) {
        return outsiders.ask(what, timeout, call, this::notSent);
    }

    private CompletableFuture<HttpRequest> request(Optional<String> authorization) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "application/json");
        headers.putAll(endpoint.headers());
        headers.putAll(call.headers());
        authorization.ifPresent(value -> headers.put("Authorization", value));
        return endpoint.signer()
                .map(signer -> foreign("its signer", () -> signature(signer, headers))
                        .thenApply(signature -> {
                            headers.putAll(signature);
                            return request(headers);
                        }))
                .orElseGet(() -> CompletableFuture.completedFuture(request(headers)));
    }

    private HttpRequest request(Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(remoteCall.uri())
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        headers.forEach((name, value) -> {
            // The JDK's client sets these itself.
            if (!List.of("host", "content-length").contains(name.toLowerCase(Locale.ROOT))) {
                set(request, name, value);
            }
        });
        return request.build();
    }

    private Map<String, String> signature(RequestSigner signer, Map<String, String> headers) {
        Map<String, List<String>> unsigned = new LinkedHashMap<>();
        headers.forEach((name, value) -> unsigned.put(name, List.of(value)));
        return Map.copyOf(signer.sign(call.method(), remoteCall.uri(), unsigned, call.body()));
    }

    private void set(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message shows the value.
            throw notSent(
                    "the header " + name
                            + " cannot be sent: HTTP does not allow its value (a line break at the end of a token,"
                            + " perhaps), or the client sets it itself",
                    null);
        }
    }

    private CamundaBackupException notSent(String reason, @Nullable Throwable cause) {
        return new CamundaBackupException(remoteCall + ": nothing was sent, because " + reason + ".", cause);
    }

    private HttpAnswer answer(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 300 && response.statusCode() < 400) {
            String location = response.headers()
                    .firstValue("Location")
                    .map(to -> " to " + to.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//"))
                    .orElse("");
            throw new UnexpectedAnswerException(
                    remoteCall,
                    response.statusCode(),
                    "answered with a redirect" + location + " (status " + response.statusCode()
                            + "), which is not followed, because credentials would go with it. If that is a login page,"
                            + " configure authentication for this endpoint; otherwise configure the URI that it leads to.",
                    null);
        }
        return HttpAnswer.of(remoteCall, response);
    }
}
