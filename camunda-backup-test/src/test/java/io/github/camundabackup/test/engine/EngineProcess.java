package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.process.FileTrees;
import io.github.camundabackup.test.process.FreePorts;
import io.github.camundabackup.test.process.Http;
import io.github.camundabackup.test.process.ServerProcess;
import io.github.camundabackup.test.process.TemporaryDirectory;
import io.github.camundabackup.test.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Elasticsearch or OpenSearch with one node on a free port of the loopback interface, with its data in a
 * temporary directory. It ends with {@link #close()}, and also when this JVM ends or is killed.
 */
public final class EngineProcess implements AutoCloseable {
    private static final Duration IN_USE = Duration.ofMinutes(1);

    private final EngineKind kind;
    private final TemporaryDirectory directory;
    private final ServerProcess server;
    private final String hint;
    private final Http http;
    private final URI uri;
    private final int transportPort;

    private EngineProcess(EngineKind kind, Path unpacked, @Nullable Path log, EngineSetup setup) throws IOException {
        this.kind = kind;
        http = setup.http();
        directory = new TemporaryDirectory(kind.program(), this::kill);
        Path root = directory.path();
        for (String name : List.of("config", "data", "logs", "repositories", "tmp")) {
            directory.create(name);
        }
        List<Integer> ports = FreePorts.find(2);
        uri = URI.create(setup.scheme() + "://127.0.0.1:" + ports.get(0));
        transportPort = ports.get(1);
        Unprivileged user = new Unprivileged(root);
        Path home = user.reachable(unpacked, root.resolve("home"));
        hint = user.hint(home);
        configure(home, ports, setup);
        user.own(root);

        List<String> command = new ArrayList<>(user.prefix());
        command.add(home.resolve("bin").resolve(kind.program()).toString());
        server = new ServerProcess(
                kind.program(),
                command,
                kind.environment(kind.java(unpacked), root, root.resolve("tmp")),
                root,
                log == null ? root.resolve("logs").resolve("console.log") : log);
        try {
            startAgain();
        } catch (RuntimeException e) {
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
        return start(kind, unpacked(kind), null);
    }

    /**
     * The directory of the engine that the build has unpacked.
     *
     * @throws IllegalStateException if it is not there
     */
    static Path unpacked(EngineKind kind) {
        String home = System.getProperty(kind.homeProperty());
        if (home == null || !Files.isExecutable(Path.of(home, "bin", kind.program()))) {
            throw new IllegalStateException("There is no " + kind.program() + " to test with "
                    + (home == null ? "" : "in " + home + " ") + "(system property " + kind.homeProperty()
                    + "). Run \"mvn verify -pl camunda-backup-" + kind.program()
                    + " -am\": the build unpacks the engine before it runs these tests.");
        }
        return Path.of(home);
    }

    /**
     * Starts the engine in the given directory, and waits until it answers.
     *
     * @param log where its output goes; null for its temporary directory
     */
    public static EngineProcess start(EngineKind kind, Path home, @Nullable Path log) {
        return start(kind, home, log, EngineSetup.usual());
    }

    /** As {@link #start(EngineKind, Path, Path)}, of another kind than usual. */
    public static EngineProcess start(EngineKind kind, Path home, @Nullable Path log, EngineSetup setup) {
        try {
            return new EngineProcess(kind, home, log, setup);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + home, e);
        }
    }

    public EngineKind kind() {
        return kind;
    }

    /** Where it answers. */
    public URI uri() {
        return uri;
    }

    /** Where other nodes find it, as {@code discovery.seed_hosts} take it. */
    String address() {
        return "127.0.0.1:" + transportPort;
    }

    /** A directory in which {@code fs} repositories may be. */
    public Path repositories() {
        return directory.path().resolve("repositories");
    }

    /** Sends a request of the test itself, such as creating an index. */
    public HttpResponse<String> send(String method, String path, String json) {
        try {
            return http.send(method, URI.create(uri + path), json);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(e.getMessage() + server.endOfLog(), e);
        }
    }

    /** As {@link #send}, for requests that must succeed. */
    public String call(String method, String path, String json) {
        return http.call(method, URI.create(uri + path), json);
    }

    /** Ends it as a loss of power would. */
    public void kill() {
        server.kill();
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    /** Starts it after it was killed, with its data and on its port, and waits until it answers. */
    public void startAgain() {
        server.start();
        URI health = URI.create(uri + "/_cluster/health?wait_for_status=yellow&timeout=5s");
        server.awaitReady(() -> http.answers(health, 200), hint);
    }

    /**
     * Registers an {@code fs} repository whose directory has its name.
     *
     * @param moreSettings of the repository, as JSON that begins with a comma; empty for none
     */
    public void registerRepository(String name, String moreSettings) {
        registerRepository(name, repositories().resolve(name), moreSettings);
    }

    /** As {@link #registerRepository(String, String)}, in the given directory. */
    public void registerRepository(String name, Path directory, String moreSettings) {
        call(
                "PUT",
                "/_snapshot/" + name,
                "{\"type\":\"fs\",\"settings\":{\"location\":\"" + directory + "\"" + moreSettings + "}}");
    }

    /** Deletes all of its indices, and forgets its repositories; their files stay. */
    public void empty() {
        names("/_cat/repositories?h=id").forEach(this::forget);
        // OpenSearch would take a pattern, but Elasticsearch wants names.
        names("/_cat/indices?h=index&expand_wildcards=all").forEach(index -> call("DELETE", "/" + index, ""));
    }

    /** A snapshot that was asked for may begin only now, or be at its very end: its repository is in use so long. */
    private void forget(String repository) {
        long start = System.nanoTime();
        HttpResponse<String> answer = send("DELETE", "/_snapshot/" + repository, "");
        while (answer.body().contains("currently used") && System.nanoTime() - start < IN_USE.toNanos()) {
            Thread.onSpinWait();
            answer = send("DELETE", "/_snapshot/" + repository, "");
        }
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The repository " + repository + " stays: " + answer.body());
        }
    }

    private List<String> names(String path) {
        return call("GET", path, "").lines().map(String::strip).toList();
    }

    /** Ends it, and deletes its indices and its settings; its repositories' files stay. */
    public void loseData() {
        kill();
        FileTrees.clear(directory.path().resolve("data"));
    }

    /** Ends the engine and deletes its data. */
    @Override
    public void close() {
        directory.close();
    }

    private void configure(Path home, List<Integer> ports, EngineSetup setup) throws IOException {
        Path config = directory.path().resolve("config");
        try (Stream<Path> files = Files.list(home.resolve("config"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, config.resolve(file.getFileName()));
            }
        }
        for (Map.Entry<String, byte[]> file : setup.files().entrySet()) {
            Path path = config.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Map<String, String> settings = kind.settings(directory.path(), ports.get(0), ports.get(1));
        settings.putAll(setup.settings());
        settings.values().removeIf(String::isEmpty);
        Files.write(
                config.resolve(kind.program() + ".yml"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue())
                        .toList());
        // Logs of the JVM would go to the unpacked engine's own directory, which may belong to somebody else.
        Path jvm = config.resolve("jvm.options");
        List<String> options = Files.readAllLines(jvm).stream()
                .filter(line -> !line.contains("logs/") && !line.startsWith("-Xm"))
                .collect(Collectors.toCollection(ArrayList::new));
        // It lives for minutes, so it is compiled quickly rather than well, as the tests are.
        options.addAll(List.of("-Xms256m", "-Xmx" + setup.heap(), "-XX:TieredStopAtLevel=1"));
        Files.write(jvm, options);
    }
}
