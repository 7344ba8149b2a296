package io.github.camundabackup.test.internal.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an application.
 *
 * @param status the HTTP status
 * @param contentType empty for none
 * @param headers further headers
 * @param body empty for none
 */
public record WebAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {

    public static WebAnswer json(int status, String contentType, @Nullable Object body) {
        return new WebAnswer(status, contentType, Map.of(), Json.write(body));
    }

    public static WebAnswer json(int status, @Nullable Object body) {
        return json(status, "application/json", body);
    }

    public static WebAnswer text(int status, String contentType, String body) {
        return new WebAnswer(status, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    public static WebAnswer empty(int status) {
        return new WebAnswer(status, "", Map.of(), new byte[0]);
    }

    public WebAnswer withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new WebAnswer(status, contentType, more, body);
    }

    /** The same with the given number of bytes cut off from the end of the body. */
    WebAnswer withoutLast(int bytes) {
        return new WebAnswer(status, contentType, headers, Arrays.copyOf(body, body.length - bytes));
    }
}
