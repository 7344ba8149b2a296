package io.github.camundabackup.database.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as its tools want it.
 *
 * @param host a name or an address
 * @param port of the server
 * @param database the database's name
 * @param parameters of the URL, which may hold secrets
 */
record ServerAddress(String host, int port, String database, Map<String, String> parameters) {
    private static final Pattern URL =
            Pattern.compile("jdbc:(postgresql|mariadb|mysql)://(\\[[^]]+]|[^:/?,]+)(?::(\\d+))?/([^?;]+)(?:\\?(.*))?");

    /**
     * @throws IllegalArgumentException if the URL is of another product, or does not name one host and a database
     */
    static ServerAddress of(String url, String scheme, int defaultPort) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || !parts.group(1).equals(scheme)) {
            throw new IllegalArgumentException("The tools need a server and a database, as in jdbc:" + scheme
                    + "://host:" + defaultPort + "/database. The URL that was given names no such one; with a URL of"
                    + " another form, say it with server(host, port, database).");
        }
        String host = parts.group(2);
        return new ServerAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                parts.group(3) == null ? defaultPort : Integer.parseInt(parts.group(3)),
                decode(parts.group(4)),
                parameters(parts.group(5) == null ? "" : parts.group(5)));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Without parameters. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
