package io.github.camundabackup.test.internal.web;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as an application sees it.
 *
 * @param method the HTTP method
 * @param base scheme, host, port and context path that the client used
 * @param fullPath the path as it was sent, with the context path
 * @param path the path as it was sent, without the context path
 * @param rawQuery the query as it was sent, empty for none
 * @param contentType of the body, if the client said so
 * @param body empty for none
 */
public record WebRequest(
        String method,
        URI base,
        String fullPath,
        String path,
        String rawQuery,
        Optional<String> contentType,
        byte[] body) {

    /** The parts of the path, decoded. */
    public List<String> segments() {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        return segments;
    }

    /** The parameters; one without a value has the value {@code true}, as Elasticsearch reads it. */
    public Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        for (String parameter : rawQuery.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                query.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
            } else if (!parameter.isEmpty()) {
                query.put(decode(parameter), "true");
            }
        }
        return query;
    }

    public String query(String name, String otherwise) {
        return query().getOrDefault(name, otherwise);
    }

    public boolean isTrue(String parameter) {
        return query(parameter, "false").equals("true");
    }

    /** The body as a JSON object; empty if it is something else. */
    public Optional<Map<String, Object>> json() {
        return Json.object(body);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
