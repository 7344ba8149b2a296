package io.github.camundabackup.test.simulation.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Selects requests. Paths are written as the server knows them, without a context path; {@code *} stands for anything
 * in one segment and {@code **} for anything at all. A pattern with a {@code ?} is compared with path and query, any
 * other with the path alone. Immutable.
 */
public final class RequestMatcher {
    private final Optional<Server> server;
    private final String method;
    private final String pattern;
    private final Pattern regex;

    private RequestMatcher(Optional<Server> server, String method, String pattern) {
        this.server = server;
        this.method = method;
        this.pattern = pattern;
        regex = compile(pattern);
    }

    /** Every request. */
    public static RequestMatcher any() {
        return new RequestMatcher(Optional.empty(), "", "**");
    }

    public static RequestMatcher get(String path) {
        return of("GET", path);
    }

    public static RequestMatcher post(String path) {
        return of("POST", path);
    }

    public static RequestMatcher put(String path) {
        return of("PUT", path);
    }

    public static RequestMatcher delete(String path) {
        return of("DELETE", path);
    }

    /** Requests of the given method. */
    public static RequestMatcher of(String method, String path) {
        return new RequestMatcher(Optional.empty(), method, path);
    }

    /** The same requests, but only to the given server. */
    public RequestMatcher on(Server onlyServer) {
        return new RequestMatcher(Optional.of(onlyServer), method, pattern);
    }

    /** Whether a request is one of these. */
    public boolean matches(Server requestServer, String requestMethod, String path, String query) {
        String target = pattern.indexOf('?') >= 0 ? path + "?" + query : path;
        return server.map(requestServer::equals).orElse(true)
                && (method.isEmpty() || method.equals(requestMethod))
                && regex.matcher(target).matches();
    }

    /** Whether a recorded request is one of these. */
    public boolean matches(RecordedRequest request) {
        return matches(request.server(), request.method(), request.path(), request.query());
    }

    private static Pattern compile(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    @Override
    public String toString() {
        return server.map(s -> s + " ").orElse("") + (method.isEmpty() ? "" : method + " ") + pattern;
    }
}
