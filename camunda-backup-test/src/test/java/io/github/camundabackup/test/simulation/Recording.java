package io.github.camundabackup.test.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One exchange with a real server, as it was recorded. */
record Recording(
        SearchEngine engine,
        String name,
        Server server,
        String method,
        String target,
        Optional<String> contentType,
        String requestBody,
        int status,
        String responseContentType,
        JsonNode body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern REQUEST = Pattern.compile("(\\w+) http://127\\.0\\.0\\.1:(\\d+)(\\S*)");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+)");

    /** Those that are kept with the tests. */
    static Stream<Recording> all(SearchEngine engine) {
        String directory = "/recordings/" + engine.name().toLowerCase(Locale.ROOT);
        try {
            return in(
                    Path.of(Objects.requireNonNull(Recording.class.getResource(directory))
                            .toURI()),
                    engine);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those in a directory. */
    static Stream<Recording> in(Path directory, SearchEngine engine) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().map(file -> read(engine, file)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(SearchEngine engine, Path file) {
        String text;
        try {
            text = Files.readString(file).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int split = text.indexOf("--- response\n");
        List<String> request = new ArrayList<>(text.substring(0, split).lines().toList());
        String response = text.substring(split + "--- response\n".length());
        Matcher line = REQUEST.matcher(request.get(1));
        Matcher status = STATUS.matcher(response);
        if (!line.matches() || !status.lookingAt()) {
            throw new IllegalStateException("Not a recording: " + file);
        }
        Optional<String> contentType = request.stream()
                .filter(l -> l.matches("(?i)(# curl-arg: )?content-type: .*"))
                .map(l -> l.replaceFirst("(?i).*content-type: ", ""))
                .findFirst();
        String requestBody = request.stream()
                .skip(2)
                .filter(l -> l.startsWith("{"))
                .findFirst()
                .orElse("");
        int bodyAt = response.indexOf("\n\n");
        String body = response.substring(bodyAt)
                .replaceFirst("(?s)\n# time_total=.*", "")
                .strip();
        String responseType = response.substring(0, bodyAt)
                .lines()
                .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("content-type: "))
                .map(l -> l.substring("content-type: ".length()))
                .findFirst()
                .orElse("");
        return new Recording(
                engine,
                file.getFileName().toString().replace(".http", ""),
                server(line.group(2)),
                line.group(1),
                line.group(3),
                contentType,
                requestBody,
                Integer.parseInt(status.group(1)),
                responseType,
                parse(body));
    }

    private static Server server(String port) {
        return switch (port) {
            case "9600" -> Server.ZEEBE;
            case "9601" -> Server.OPERATE;
            case "9602" -> Server.TASKLIST;
            case "9200" -> Server.SEARCH_ENGINE;
            default -> throw new IllegalStateException("Nothing was recorded at port " + port);
        };
    }

    private static JsonNode parse(String body) {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    /** The name without its number. */
    String situation() {
        return name.substring(4);
    }

    URI base(SimulatedCluster cluster) {
        return cluster.uri(server);
    }

    @Override
    public String toString() {
        return engine.name().toLowerCase(Locale.ROOT) + "/" + name;
    }
}
