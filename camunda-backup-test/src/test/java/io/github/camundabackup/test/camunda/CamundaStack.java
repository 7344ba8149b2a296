package io.github.camundabackup.test.camunda;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.process.FileTrees;
import io.github.camundabackup.test.process.ServerProcess;
import io.github.camundabackup.test.process.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A real Camunda 8.6: a search engine, an object store, a Zeebe broker with its gateway and three partitions, Operate
 * and Tasklist, each a process on free ports of the loopback interface with its own log. All of them end with
 * {@link #close()}, and also when this JVM is killed.
 */
public final class CamundaStack implements AutoCloseable {
    private final CamundaParts parts;
    private final List<AutoCloseable> started = Collections.synchronizedList(new ArrayList<>());
    private final TemporaryDirectory directory = new TemporaryDirectory("camunda", this::end);
    private final EngineProcess engine;
    private final CamundaSettings settings;
    private final CamundaServer objectStore;
    private final Map<String, String> brokerSettings;
    private final CamundaServer zeebe;
    private final CamundaServer operate;
    private final CamundaServer tasklist;

    private CamundaStack(EngineKind kind) throws IOException {
        parts = CamundaParts.find(kind);
        try {
            Path home = CamundaEngine.assemble(parts, directory.path().resolve("engine"));
            engine = EngineProcess.start(kind, home, log("engine"));
            started.add(engine);
            settings = new CamundaSettings(kind, engine.uri(), parts.java());
            objectStore = objectStore(settings.objectStore());
            URI broker = settings.next();
            brokerSettings = settings.broker(broker, zeebeData());
            zeebe = camunda("broker", brokerSettings, broker, "/actuator/health/status");
            operate = webApplication("operate");
            tasklist = webApplication("tasklist");
            startOnNothing();
        } catch (RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @throws IllegalStateException if something is missing or does not start, with the end of its log
     */
    public static CamundaStack start(EngineKind kind) {
        try {
            return new CamundaStack(kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public EngineProcess engine() {
        return engine;
    }

    /** Camunda's, such as 8.6.0. */
    String version() {
        return parts.camunda().version();
    }

    /** The broker with the gateway. */
    public CamundaServer zeebe() {
        return zeebe;
    }

    public CamundaServer operate() {
        return operate;
    }

    public CamundaServer tasklist() {
        return tasklist;
    }

    /** Where Zeebe's backups are kept. */
    public CamundaServer objectStore() {
        return objectStore;
    }

    /** Zeebe's API for users. */
    public URI restApi() {
        return settings.restApi();
    }

    /** The snapshot repository that everything is configured with. */
    public String repository() {
        return CamundaSettings.REPOSITORY;
    }

    /** The objects of Zeebe's backups, as files. */
    public Path objects() {
        return directory.path().resolve("objects").resolve(CamundaSettings.BUCKET);
    }

    /** Lets the repository take so few bytes in a second that a test can watch. */
    public void slowRepositoryDown() {
        registerRepository(",\"max_snapshot_bytes_per_sec\":\"20kb\"");
    }

    /** Registers the repository as it was at first. */
    public void speedRepositoryUp() {
        registerRepository("");
    }

    /** Until {@link #speedRepositoryUp()}, the engine knows no repository; its files stay. */
    void forgetRepository() {
        engine.call("DELETE", "/_snapshot/" + CamundaSettings.REPOSITORY, "");
    }

    /** Starts what has ended, lets go on what hangs, and waits until everything is ready. */
    public void bringBack() {
        if (!engine.isAlive()) {
            engine.startAgain();
        }
        objectStore.goOn();
        // First, because Operate ends when there is no gateway.
        zeebe.goOn();
        zeebe.awaitReady();
        operate.goOn();
        tasklist.goOn();
        List.of(objectStore, operate, tasklist).forEach(CamundaServer::awaitReady);
    }

    /**
     * Ends everything, deletes all data but what backups are made of, and starts it again, as somebody would who lost a
     * data center.
     */
    public void loseEverything() {
        List.of(tasklist, operate, zeebe).forEach(CamundaServer::kill);
        engine.loseData();
        FileTrees.clear(zeebeData());
        engine.startAgain();
        startOnNothing();
    }

    /** The process of a component that has one here. */
    CamundaServer server(Component component) {
        if (component.equals(Component.ZEEBE)) {
            return zeebe;
        }
        if (component.equals(Component.OPERATE)) {
            return operate;
        }
        if (component.equals(Component.TASKLIST)) {
            return tasklist;
        }
        throw new IllegalArgumentException(component.displayName() + " is no process here.");
    }

    /** Deletes the broker's data. */
    List<String> clearZeebe() {
        return List.of("find", zeebeData().toString(), "-mindepth", "1", "-delete");
    }

    /** To be called when the broker's data is restored: without it, the broker ignores some commands. */
    void cleanRestoredLogs() {
        RestoredLog.clean(zeebeData());
    }

    /** Camunda's restore application, with the broker's configuration. */
    List<String> restoreZeebe() {
        List<String> command = new ArrayList<>(List.of("env"));
        brokerSettings.forEach((name, value) -> command.add(name + "=" + value));
        command.add(program("restore"));
        return List.copyOf(command);
    }

    @Override
    public void close() {
        directory.close();
    }

    private void startOnNothing() {
        registerRepository("");
        bringBack();
        tolerateTasklistsDates();
    }

    private Path zeebeData() {
        return directory.create("zeebe");
    }

    private void registerRepository(String moreSettings) {
        engine.call(
                "PUT",
                "/_snapshot/" + CamundaSettings.REPOSITORY,
                "{\"type\":\"fs\",\"settings\":{\"location\":\""
                        + engine.repositories().resolve("camunda") + "\"" + moreSettings + "}}");
    }

    /**
     * Tasklist 8.6.0 writes a task that is created at exactly .000 ms in a form that its own index refuses, and tries
     * that again for ever.
     */
    private void tolerateTasklistsDates() {
        String date = "{\"type\":\"date\",\"format\":\"date_time || epoch_millis\",\"ignore_malformed\":true}";
        engine.call(
                "PUT",
                "/tasklist-list-view-*/_mapping",
                "{\"properties\":{\"creationTime\":" + date + ",\"completionTime\":" + date + "}}");
    }

    private CamundaServer webApplication(String program) throws IOException {
        URI management = settings.next();
        return camunda(
                program,
                settings.webApplication(program.toUpperCase(Locale.ROOT), management),
                management,
                "/actuator/health/readiness");
    }

    private CamundaServer camunda(String program, Map<String, String> environment, URI management, String readiness)
            throws IOException {
        return server(program, List.of(program(program)), environment, management, readiness, 200);
    }

    private String program(String name) {
        return parts.camunda().home().resolve("bin").resolve(name).toString();
    }

    private CamundaServer objectStore(URI uri) throws IOException {
        Files.createDirectories(objects());
        Path properties = directory.path().resolve("s3proxy.properties");
        Files.writeString(properties, """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem
                jclouds.identity=none
                jclouds.credential=none
                jclouds.filesystem.basedir=%s
                """.formatted(
                        uri,
                        CamundaSettings.ACCESS_KEY,
                        CamundaSettings.SECRET_KEY,
                        objects().getParent()));
        return server(
                "object-store",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        parts.objectStore().toString(),
                        "--properties",
                        properties.toString()),
                Map.of(),
                uri,
                "/",
                // Nobody may look without a signature.
                403);
    }

    private CamundaServer server(
            String name,
            List<String> command,
            Map<String, String> environment,
            URI uri,
            String readiness,
            int readyStatus)
            throws IOException {
        CamundaServer server = new CamundaServer(
                new ServerProcess(name, command, environment, directory.create("run-" + name), log(name)),
                uri,
                readiness,
                readyStatus);
        started.add(server);
        return server;
    }

    private Path log(String name) throws IOException {
        Path log = parts.logs().resolve(name + ".log");
        Files.deleteIfExists(log);
        return log;
    }

    private void end() {
        ServerProcess.closeAll(List.copyOf(started));
    }
}
