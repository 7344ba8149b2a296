package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.process.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes exchanges with servers into files, as ConformityTest reads them: one file for each, with its number and its
 * situation.
 */
final class ExchangeLog {
    // After the numbers of the recordings that were made by hand.
    private static final int FIRST_NUMBER = 401;

    private final Path directory;
    private final Http http = new Http();
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * @param directory exists, and is empty
     */
    ExchangeLog(Path directory) {
        this.directory = directory;
    }

    /** Sends a request and does not write it down. */
    HttpResponse<String> send(String method, URI uri) {
        return http.send(method, uri, "");
    }

    /**
     * Sends a request and writes down what came back. What was written down of the same situation before is forgotten.
     *
     * @param situation the file's name after the number
     * @param server where the server is
     * @param usualPort the server's port in the file: that of the run is another one each time
     * @param contentType empty for none
     */
    void exchange(
            String situation,
            URI server,
            int usualPort,
            String method,
            String target,
            String contentType,
            String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + target))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        Instant sent = Instant.now();
        HttpResponse<String> response = http.send(request.build());
        StringBuilder text = new StringBuilder("### " + situation + "  sent " + sent + "\n");
        text.append(method)
                .append(" http://127.0.0.1:")
                .append(usualPort)
                .append(target)
                .append('\n');
        if (!contentType.isEmpty()) {
            text.append("Content-Type: ").append(contentType).append('\n');
        }
        text.append('\n').append(body.isEmpty() ? "" : body + "\n").append("--- response\n");
        text.append("HTTP/1.1 ").append(response.statusCode()).append(" \n");
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(
                        value -> text.append(name).append(": ").append(value).append('\n')));
        text.append('\n').append(response.body()).append('\n');
        try {
            int number = numbers.computeIfAbsent(situation, first -> FIRST_NUMBER + numbers.size());
            Files.writeString(directory.resolve("%03d-%s.http".formatted(number, situation)), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
