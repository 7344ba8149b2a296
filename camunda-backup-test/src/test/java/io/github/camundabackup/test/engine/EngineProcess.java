package io.github.camundabackup.test.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Elasticsearch or OpenSearch with one node on a free port of the loopback interface, with its data in a temporary directory. It
 * ends with {@link #close()}, and also when this JVM ends or is killed: a shell between the two reads from this JVM, and stops the engine
 * when there is nothing more to read.
 */
public final class EngineProcess implements AutoCloseable {
    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 40;
    private static final int LOG_LINES = 60;

    // $1 is the log, $2 the file with the engine's process id, the rest is the command. The launchers pass a TERM on to
    // the engine.
    private static final String WATCHED = """
            log=$1; pidfile=$2; shift 2
            exec 3<&0
            "$@" </dev/null >"$log" 2>&1 3<&- &
            engine=$!
            (
              read -r _ <&3
              kill -TERM $engine 2>/dev/null
              for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                kill -0 $engine 2>/dev/null || exit 0
                sleep 1
              done
              kill -KILL $engine $(cat "$pidfile" 2>/dev/null) 2>/dev/null
            ) >/dev/null 2>&1 &
            watcher=$!
            wait $engine
            code=$?
            kill $watcher 2>/dev/null
            exit $code
            """;

    private final EngineKind kind;
    private final Path directory;
    private final Path log;
    private final Process shell;
    private final Thread hook;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;

    private EngineProcess(EngineKind kind, Path unpacked) throws IOException {
        this.kind = kind;
        directory = Files.createTempDirectory("camunda-backup-" + kind.program());
        log = directory.resolve("logs").resolve("console.log");
        Path temporary = directory.resolve("tmp");
        Path pidFile = directory.resolve("pid");
        for (String name : List.of("config", "data", "logs", "repositories", "tmp")) {
            Files.createDirectory(directory.resolve(name));
        }
        Unprivileged user = new Unprivileged(directory);
        Path home = user.reachable(unpacked, directory.resolve("home"));
        configure(home);
        user.own(directory);

        List<String> command = new ArrayList<>(List.of("sh", "-c", WATCHED, "sh", log.toString(), pidFile.toString()));
        command.addAll(user.prefix());
        command.addAll(List.of(home.resolve("bin").resolve(kind.program()).toString(), "-p", pidFile.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(kind.environment(directory, temporary));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        shell = builder.start();
        hook = new Thread(this::stop, "stop-" + kind.program());
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            uri = awaitReady(user.hint(home));
        } catch (RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the engine that the build has unpacked, and waits until it answers.
     *
     * @throws IllegalStateException if it is not there or does not start
     */
    public static EngineProcess start(EngineKind kind) {
        String home = System.getProperty(kind.homeProperty());
        if (home == null || !Files.isExecutable(Path.of(home, "bin", kind.program()))) {
            throw new IllegalStateException("There is no " + kind.program() + " to test with "
                    + (home == null ? "" : "in " + home + " ") + "(system property " + kind.homeProperty()
                    + "). Run \"mvn verify -pl camunda-backup-" + kind.program()
                    + " -am\": the build unpacks the engine before it runs these tests.");
        }
        try {
            return new EngineProcess(kind, Path.of(home));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + home, e);
        }
    }

    /** Where it answers. */
    public URI uri() {
        return uri;
    }

    /** A directory in which {@code fs} repositories may be. */
    public Path repositories() {
        return directory.resolve("repositories");
    }

    /** Sends a request of the test itself, such as creating an index. */
    public HttpResponse<String> send(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri + path));
        if (json.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(json))
                    .header("Content-Type", "application/json");
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " failed\n" + endOfLog(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** As {@link #send}, for requests that must succeed. */
    public String call(String method, String path, String json) {
        HttpResponse<String> response = send(method, path, json);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    method + " " + path + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Stops the engine and deletes its data. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running or about to; stopping twice does no harm.
        }
    }

    private synchronized void stop() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
            deleteDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void configure(Path home) throws IOException {
        Path config = directory.resolve("config");
        try (Stream<Path> files = Files.list(home.resolve("config"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, config.resolve(file.getFileName()));
            }
        }
        Files.write(
                config.resolve(kind.program() + ".yml"),
                kind.settings(directory).entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue())
                        .toList());
        // Logs of the JVM would go to the unpacked engine's own directory, which may belong to somebody else.
        Path jvm = config.resolve("jvm.options");
        List<String> options = Files.readAllLines(jvm).stream()
                .filter(line -> !line.contains("logs/") && !line.startsWith("-Xm"))
                .collect(Collectors.toCollection(ArrayList::new));
        options.addAll(List.of("-Xms512m", "-Xmx512m"));
        Files.write(jvm, options);
    }

    private URI awaitReady(String hint) throws IOException {
        Path ports = directory.resolve("logs").resolve("http.ports");
        for (int attempt = 0; attempt < START_SECONDS * 5; attempt++) {
            if (!shell.isAlive()) {
                throw new IllegalStateException(kind.program() + " ended with code " + shell.exitValue()
                        + " instead of starting." + hint + endOfLog());
            }
            if (Files.exists(ports) && !Files.readString(ports).isBlank()) {
                URI candidate = URI.create("http://" + Files.readAllLines(ports).get(0));
                if (answers(candidate)) {
                    return candidate;
                }
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
                    .join();
        }
        throw new IllegalStateException(kind.program() + " was not ready within " + START_SECONDS + " s." + endOfLog());
    }

    private boolean answers(URI candidate) {
        HttpRequest health = HttpRequest.newBuilder(
                        URI.create(candidate + "/_cluster/health?wait_for_status=yellow&timeout=5s"))
                .build();
        return http.sendAsync(health, HttpResponse.BodyHandlers.discarding())
                .handle((response, error) -> error == null && response.statusCode() == 200)
                .join();
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "\nThe end of its log:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return " Its log cannot be read: " + e;
        }
    }

    private void deleteDirectory() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
