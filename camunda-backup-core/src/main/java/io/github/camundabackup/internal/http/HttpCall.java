package io.github.camundabackup.internal.http;

import io.github.camundabackup.internal.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request, not yet bound to a server.
 *
 * @param action what it is for, in words that fit behind "Could not"
 * @param method the HTTP method
 * @param path segments, not yet encoded
 * @param query parameters, not yet encoded
 * @param body empty for no body; otherwise as its content type says, mostly JSON
 * @param headers headers of this request alone
 */
public record HttpCall(
        String action,
        String method,
        List<String> path,
        Map<String, String> query,
        byte[] body,
        Map<String, String> headers) {

    public static HttpCall of(String method, String action, String... path) {
        return new HttpCall(action, method, List.of(path), Map.of(), new byte[0], Map.of());
    }

    public static HttpCall get(String action, String... path) {
        return of("GET", action, path);
    }

    public static HttpCall post(String action, String... path) {
        return of("POST", action, path);
    }

    public static HttpCall put(String action, String... path) {
        return of("PUT", action, path);
    }

    public static HttpCall delete(String action, String... path) {
        return of("DELETE", action, path);
    }

    public HttpCall query(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new HttpCall(action, method, path, more, body, headers);
    }

    /** Sets the body and its content type, which Zeebe insists on (415 without it). */
    public HttpCall json(Map<String, ?> object) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put("Content-Type", "application/json");
        return new HttpCall(action, method, path, query, Json.write(object), more);
    }

    /** Sets the body to a form, and its content type. */
    HttpCall form(Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put("Content-Type", "application/x-www-form-urlencoded");
        return new HttpCall(action, method, path, query, form.getBytes(StandardCharsets.UTF_8), more);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpCall header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(action, method, path, query, body, more);
    }

    /** Path and query as they are sent. */
    String target() {
        StringBuilder target = new StringBuilder();
        path.forEach(segment -> target.append('/').append(encode(segment)));
        String separator = "?";
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            target.append(separator)
                    .append(encode(parameter.getKey()))
                    .append('=')
                    .append(encode(parameter.getValue()));
            separator = "&";
        }
        return target.toString();
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
