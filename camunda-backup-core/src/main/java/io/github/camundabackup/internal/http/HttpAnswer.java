package io.github.camundabackup.internal.http;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.internal.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A complete answer of a server.
 *
 * @param call what was attempted
 * @param status the HTTP status
 * @param contentType the content type, empty if none
 * @param body the whole body
 */
public record HttpAnswer(RemoteCall call, int status, String contentType, byte[] body) {
    private static final Pattern WANTS_TLS = Pattern.compile("\\b(HTTPS|TLS|SSL)\\b");
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>\\s*([^<]{1,100}?)\\s*</title>", Pattern.CASE_INSENSITIVE);
    private static final int MAX_MESSAGE = 500;

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
        if (looksLikeHtml()) {
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
            return body.length == 0 || looksLikeHtml() ? Optional.empty() : Optional.of(Json.read(body));
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
        String message = serverMessage().orElse(null);
        return switch (status) {
            case 401 ->
                new AccessDeniedException(
                        call,
                        status,
                        message,
                        "The server wants credentials, or does not accept those that are configured for this endpoint.");
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
                                && json.text("errorMessage").isEmpty()))
                .orElse(true);
    }

    /** The server's own words, from whichever field this kind of server puts them into. */
    public Optional<String> serverMessage() {
        Optional<JsonValue> json = jsonIfAny();
        if (json.isEmpty()) {
            return body.length == 0 || looksLikeHtml() ? title() : Optional.of(excerpt());
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

    /** Engines say what is wrong in the cause, where the reason is only what they were doing. */
    private static Optional<String> reason(JsonValue error) {
        Optional<String> cause = error.at("caused_by").text("reason");
        return error.text("reason")
                .map(reason -> cause.filter(why -> !reason.contains(why))
                        .map(why -> reason + ": " + why)
                        .orElse(reason));
    }

    private boolean looksLikeHtml() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/html")
                || new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8)
                        .stripLeading()
                        .toLowerCase(Locale.ROOT)
                        .matches("(?s)(<!doctype html|<html).*");
    }

    private Optional<String> title() {
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
