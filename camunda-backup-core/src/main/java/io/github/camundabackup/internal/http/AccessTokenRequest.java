package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.AccessTokenException.Reason;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.io.Serial;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The request for an access token, and what its answers mean. Nothing that is secret comes out of it but in the token
 * itself: of what the token endpoint says, the error's code is shown, and its description without what may have been
 * sent.
 */
final class AccessTokenRequest {
    /** What an answer may ask for at most: exporting may be paused, and wait for the token. */
    private static final Duration MOST_LEFT_ALONE = Duration.ofMinutes(1);
    /** Where an answer does not say it. */
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(1);

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);

    private final ClientCredentials credentials;
    private final HttpApi api;
    private final List<String> path;
    private final String action;
    private final Outsiders outsiders;
    private final Retries retries;
    private final TimeSource time;

    AccessTokenRequest(ClientCredentials credentials, ClientResources resources) {
        this.credentials = credentials;
        URI uri = credentials.tokenEndpoint();
        // The path is part of the call: there are token endpoints that end in a slash, and an endpoint's is left out.
        Endpoint host = Endpoint.builder(URI.create(uri.getScheme() + "://" + uri.getRawAuthority()))
                .tls(credentials.tls())
                .requestTimeout(credentials.requestTimeout())
                .build();
        api = HttpApi.of(host, "the token endpoint", resources);
        path = uri.getPath().isEmpty()
                ? List.of()
                : List.of(uri.getPath().substring(1).split("/", -1));
        action = "get an access token for the client \"" + credentials.clientId() + "\"";
        outsiders = new Outsiders(resources);
        time = resources.time();
        retries = new Retries(time, MOST_LEFT_ALONE);
    }

    /** A request for a token failed. Its message is complete. */
    static final class FailedException extends CamundaBackupException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        FailedException(Reason reason, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    /** Nothing of this runs on the caller's thread. It may be repeated: a token that is lost on its way expires. */
    CompletableFuture<AccessToken> send() {
        return outsiders
                .ask(
                        credentials.secretSource(),
                        credentials.requestTimeout(),
                        credentials::secret,
                        (reason, cause) -> new FailedException(
                                Reason.NO_SECRET,
                                "Could not " + action + " from " + credentials.tokenEndpoint() + ": " + reason + ".",
                                cause))
                .thenCompose(this::send);
    }

    private CompletableFuture<AccessToken> send(@Nullable String secret) {
        if (secret == null || secret.isEmpty()) {
            return CompletableFuture.failedFuture(new FailedException(
                    Reason.NO_SECRET,
                    "Could not " + action + " from " + credentials.tokenEndpoint() + ": " + credentials.secretSource()
                            + " gave none.",
                    null));
        }
        HttpCall call = call(secret);
        AtomicLong askedAt = new AtomicLong();
        CompletableFuture<AccessToken> token = retries.run(() -> {
                    askedAt.set(time.nanoTime());
                    return api.send(call);
                })
                .thenApply(answer -> token(answer, askedAt.get(), secrets(secret)));
        return Futures.recover(
                token,
                error -> CompletableFuture.failedFuture(
                        error instanceof RemoteCallException failure
                                ? new FailedException(reason(failure), String.valueOf(failure.getMessage()), failure)
                                : error));
    }

    private HttpCall call(String secret) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.putAll(credentials.parameters());
        if (credentials.isSecretInBody()) {
            form.put("client_id", credentials.clientId());
            form.put("client_secret", secret);
        }
        HttpCall call = HttpCall.post(action, path.toArray(String[]::new)).form(form);
        return credentials.isSecretInBody() ? call : call.header("Authorization", "Basic " + basic(secret));
    }

    /** RFC 6749, section 2.3.1. */
    private String basic(String secret) {
        String both = URLEncoder.encode(credentials.clientId(), StandardCharsets.UTF_8)
                + ":"
                + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** The forms in which the secret is sent. */
    private List<String> secrets(String secret) {
        return List.of(basic(secret), secret, URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }

    private static AccessToken token(HttpAnswer answer, long askedAt, List<String> secrets) {
        if (!answer.isSuccess()) {
            throw refused(answer, secrets);
        }
        JsonValue json = answer.jsonIfAny().filter(JsonValue::isObject).orElseThrow(() -> noToken(answer, secrets));
        String token = json.text("access_token")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> unusable(answer, "with JSON in which there is no access_token"));
        String type = json.text("token_type").orElse("Bearer");
        if (!type.equalsIgnoreCase("Bearer")) {
            throw unusable(
                    answer,
                    "with a token of the type \"" + Redaction.of(type, secrets)
                            + "\", where only Bearer can be used. Change the settings of the client");
        }
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw unusable(answer, "with a token that HTTP does not allow in a header");
        }
        return new AccessToken(token, askedAt, lifetime(answer, json.number("expires_in")));
    }

    /** Optional, and only recommended, by RFC 6749, section 5.1. */
    private static Duration lifetime(HttpAnswer answer, OptionalLong seconds) {
        if (seconds.isEmpty()) {
            return USUAL_LIFETIME;
        }
        if (seconds.getAsLong() <= 0) {
            throw unusable(
                    answer,
                    "with a token that has expired already (expires_in is " + seconds.getAsLong()
                            + "). Change the lifespan of access tokens");
        }
        return Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_LIFETIME.toSeconds()));
    }

    private static UnexpectedAnswerException unusable(HttpAnswer answer, String what) {
        return new UnexpectedAnswerException(answer.call(), answer.status(), "answered " + what + ".", null);
    }

    private static UnexpectedAnswerException noToken(HttpAnswer answer, List<String> secrets) {
        String kind = answer.body().length == 0
                ? "an empty body"
                : answer.isWebPage()
                        ? "a web page"
                                + answer.title()
                                        .map(title -> " titled \"" + Redaction.of(title, secrets) + "\"")
                                        .orElse("")
                        : "a body that is no JSON object";
        return unusable(
                answer,
                "with status " + answer.status() + " and " + kind
                        + " instead of a token. Something else is served there: check the URI of the token endpoint");
    }

    private static RequestRejectedException refused(HttpAnswer answer, List<String> secrets) {
        JsonValue json = answer.jsonIfAny().orElse(JsonValue.absent());
        String code =
                json.text("error").map(text -> Redaction.of(text, secrets)).orElse("");
        String description = json.text("error_description")
                .or(() -> answer.isWebPage() ? answer.title() : Optional.empty())
                .map(text -> Redaction.of(text, secrets))
                .orElse("");
        String said = code.isEmpty() || description.isEmpty() ? code + description : code + " (" + description + ")";
        return new RequestRejectedException(
                answer.call(), answer.status(), said.isEmpty() ? null : said, advice(answer.status(), code));
    }

    private static String advice(int status, String code) {
        return switch (code) {
            case "invalid_client", "unauthorized_client" ->
                "Check the id of the client, its secret, in which way the secret is sent (in the header, or with"
                        + " secretInBody()), and that the client may use client credentials (in Keycloak: client authentication"
                        + " and service accounts are on).";
            case "invalid_scope" -> "Check the scope: the identity provider does not know it, or not for this client.";
            case "invalid_target" -> "Check the audience or the resource that is asked for.";
            case "unsupported_grant_type" -> "The identity provider must allow client credentials.";
            case "temporarily_unavailable" -> "";
            default ->
                switch (status) {
                    case 400, 401, 403 -> "Check the settings of the client, its scope and its audience.";
                    case 404, 405 ->
                        "Check the URI of the token endpoint (in Keycloak, it ends with"
                                + " /realms/REALM/protocol/openid-connect/token).";
                    default -> "";
                };
        };
    }

    private static Reason reason(RemoteCallException failure) {
        if (failure instanceof UnreachableException || failure instanceof RequestTimedOutException) {
            return Reason.UNAVAILABLE;
        }
        if (failure instanceof RequestRejectedException refusal) {
            boolean passes = refusal.status() >= 500
                    || refusal.status() == 429
                    || refusal.serverMessage()
                            .filter(said -> said.startsWith("temporarily_unavailable"))
                            .isPresent();
            return passes
                    ? Reason.UNAVAILABLE
                    : switch (refusal.status()) {
                        case 400, 401, 403 -> Reason.REFUSED;
                        default -> Reason.NO_TOKEN_ENDPOINT;
                    };
        }
        return Reason.NO_TOKEN_ENDPOINT;
    }
}
