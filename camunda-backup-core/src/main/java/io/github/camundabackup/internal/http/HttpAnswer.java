package io.github.camundabackup.internal.http;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.internal.json.JsonValue;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A complete answer of a server.
 *
 * @param call what was attempted
 * @param status the HTTP status
 * @param contentType the content type, empty if none
 * @param body the whole body
 * @param retryAfter how long the server wants to be left alone; empty if it does not say so in seconds
 * @param challenge what is wrong with the credentials, as the server says it in {@code WWW-Authenticate}
 */
public record HttpAnswer(
        RemoteCall call,
        int status,
        String contentType,
        byte[] body,
        Optional<Duration> retryAfter,
        Optional<String> challenge) {
    private static final Pattern WANTS_TLS = Pattern.compile("\\b(HTTPS|TLS|SSL)\\b");
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>\\s*([^<]{1,100}?)\\s*</title>", Pattern.CASE_INSENSITIVE);
    /** RFC 6750, section 3. */
    private static final Pattern DESCRIPTION =
            Pattern.compile("error_description\\s*=\\s*\"([^\"]{1,300})\"", Pattern.CASE_INSENSITIVE);

    /** As Spring words a problem (RFC 9457) where nothing handles the path. */
    private static final Pattern NO_HANDLER = Pattern.compile("^No (static resource|endpoint|handler)\\b.*");

    private static final int MAX_MESSAGE = 500;
    private static final int CAUSES = 3;

    public HttpAnswer(RemoteCall call, int status, String contentType, byte[] body) {
        this(call, status, contentType, body, Optional.empty(), Optional.empty());
    }

    static HttpAnswer of(RemoteCall call, HttpResponse<byte[]> response) {
        return new HttpAnswer(
                call,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body(),
                response.headers()
                        .firstValue("Retry-After")
                        .filter(seconds -> seconds.matches("\\d{1,9}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))),
                response.headers().firstValue("WWW-Authenticate").flatMap(HttpAnswer::saidInChallenge));
    }

    /** Spring's resource servers say nowhere else what is wrong with a token, such as its audience. */
    private static Optional<String> saidInChallenge(String header) {
        Matcher description = DESCRIPTION.matcher(header);
        return description.find() ? Optional.of(shorten(description.group(1))) : Optional.empty();
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The same with only this in its body: for messages about an element of a long answer. */
    public HttpAnswer withBody(JsonValue element) {
        return new HttpAnswer(call, status, contentType, element.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The body as JSON.
     *
     * @throws UnexpectedAnswerException if it is something else, saying what it seems to be
     */
    public JsonValue json() {
        if (isWebPage()) {
            throw new UnexpectedAnswerException(
                    call,
                    status,
                    "answered with a web page"
                            + title().map(t -> " titled \"" + t + "\"").orElse("")
                            + " instead of JSON (status " + status
                            + "). Something else is served there: a login page, a proxy, or the application's own port instead"
                            + " of its management port. Check the port and the context path, and whether authentication is needed.",
                    null);
        }
        try {
            return Json.read(body);
        } catch (JsonFormatException e) {
            throw new UnexpectedAnswerException(
                    call,
                    status,
                    "answered with status " + status + " and a body that is no complete JSON (" + e.getMessage()
                            + "): \"" + excerpt() + "\".",
                    e);
        }
    }

    /** As {@link #json()}, but empty for what is no JSON. */
    public Optional<JsonValue> jsonIfAny() {
        try {
            return body.length == 0 || isWebPage() ? Optional.empty() : Optional.of(Json.read(body));
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }

    /** An answer that is JSON but lacks what it should hold. */
    public UnexpectedAnswerException unexpected(String what) {
        return new UnexpectedAnswerException(
                call, status, "answered with status " + status + ", but " + what + ": \"" + excerpt() + "\".", null);
    }

    /** This answer as a refusal, with the server's own words. */
    public RequestRejectedException rejected(String advice) {
        String message = challenge.or(this::serverMessage).orElse(null);
        return switch (status) {
            case 401 ->
                new AccessDeniedException(
                        call,
                        status,
                        message,
                        "The server wants credentials, or does not accept those that are configured for this endpoint"
                                + " (of an access token: its issuer, audience or scope).");
            case 403 ->
                new AccessDeniedException(
                        call, status, message, "The configured credentials do not allow this request.");
            default -> rejectedAsSaid(advice);
        };
    }

    /** As {@link #rejected}, where the server's own words say more than a status of 401 or 403. */
    public RequestRejectedException rejectedAsSaid(String advice) {
        String message = serverMessage().orElse(null);
        return new RequestRejectedException(
                call,
                status,
                message,
                message != null && wantsTls(message) ? "This port speaks TLS: the URI must begin with https." : advice);
    }

    /** As nginx ("The plain HTTP request was sent to HTTPS port") and Tomcat ("… requires TLS") say it. */
    private boolean wantsTls(String message) {
        return status == 400
                && "http".equalsIgnoreCase(call.uri().getScheme())
                && WANTS_TLS.matcher(message).find();
    }

    /**
     * Whether this says that there is nothing at this path (Spring's own answer, a proxy's, another kind of server's),
     * as opposed to a component's answer that it has no such backup.
     */
    public boolean saysThatNothingIsServedHere() {
        if (status != 404) {
            return false;
        }
        return jsonIfAny()
                .map(json -> json.text("path").isPresent()
                        || (json.text("message").isEmpty()
                                && json.text("errorMessage").isEmpty()
                                && json.text("detail")
                                        .filter(detail ->
                                                !NO_HANDLER.matcher(detail).matches())
                                        .isEmpty()))
                .orElse(true);
    }

    /** The server's own words, from whichever field this kind of server puts them into. */
    public Optional<String> serverMessage() {
        Optional<JsonValue> json = jsonIfAny();
        if (json.isEmpty()) {
            return body.length == 0 || isWebPage() ? title() : Optional.of(excerpt());
        }
        JsonValue object = json.get();
        return Stream.of(
                        object.text("message"),
                        object.text("errorMessage"),
                        object.text("detail"),
                        reason(object.at("error")),
                        object.at("error").text(),
                        object.text("title"))
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(HttpAnswer::shorten);
    }

    /**
     * Engines say what is wrong in the cause, where the reason is only what they were doing; and Elasticsearch, where
     * nodes did it, in what each of them said.
     */
    private static Optional<String> reason(JsonValue error) {
        Optional<String> cause = error.at("caused_by").text("reason");
        return error.text("reason")
                .map(reason -> Stream.concat(
                                Stream.of(reason),
                                Stream.concat(
                                                cause.stream(),
                                                error.elements("suppressed").stream()
                                                        .flatMap(said -> innermost(said).stream()))
                                        .filter(why -> !reason.contains(why))
                                        .distinct()
                                        .limit(CAUSES))
                        .collect(Collectors.joining(": ")));
    }

    private static Optional<String> innermost(JsonValue error) {
        JsonValue cause = error.at("caused_by");
        return cause.isObject() ? innermost(cause) : error.text("reason");
    }

    /** Whether this is HTML. */
    boolean isWebPage() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/html")
                || new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8)
                        .stripLeading()
                        .toLowerCase(Locale.ROOT)
                        .matches("(?s)(<!doctype html|<html).*");
    }

    /** Of a web page. */
    Optional<String> title() {
        Matcher title = TITLE.matcher(new String(body, 0, Math.min(body.length, 4096), StandardCharsets.UTF_8));
        return title.find() ? Optional.of(title.group(1)) : Optional.empty();
    }

    private String excerpt() {
        return shorten(new String(body, StandardCharsets.UTF_8).strip());
    }

    /** The beginning of a text, on one line, for messages. */
    public static String shorten(String text) {
        String oneLine = text.replaceAll("\\s+", " ");
        return oneLine.length() <= MAX_MESSAGE ? oneLine : oneLine.substring(0, MAX_MESSAGE) + "…";
    }
}
