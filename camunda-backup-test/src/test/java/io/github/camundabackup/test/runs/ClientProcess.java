package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own that backs up, recovers and restores clusters of this one, each as soon as it is told of it,
 * until somebody ends it.
 */
public final class ClientProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;

    private ClientProcess(Process process) {
        this.process = process;
        input = process.outputWriter();
        output = process.inputReader();
    }

    private enum Task {
        BACK_UP,
        RECOVER,
        RESTORE
    }

    /**
     * A cluster, as it is told to a process.
     *
     * @param zeebe the orchestration cluster, from 8.8
     * @param applications Operate and Tasklist, up to 8.7; none from 8.8
     */
    public record Target(
            URI zeebe, Optional<URI> optimize, List<URI> applications, URI searchEngine, String repository) {
        private static final String NONE = "-";
        // A port that is reserved, and on which nobody listens.
        private static final URI NOBODY = URI.create("http://127.0.0.1:1");

        static Target of(SimulatedCluster cluster, URI searchEngine) {
            return cluster.line().equals(CamundaLine.UP_TO_8_7)
                    ? new Target(
                            cluster.zeebeUri(),
                            Optional.of(cluster.optimizeUri()),
                            List.of(cluster.operateUri(), cluster.tasklistUri()),
                            searchEngine,
                            cluster.repository())
                    : new Target(
                            cluster.orchestrationUri(),
                            Optional.of(cluster.optimizeUri()),
                            List.of(),
                            searchEngine,
                            cluster.repository());
        }

        /** As a cluster of which nothing runs but the search engine. */
        static Target stopped(SimulatedCluster cluster) {
            return cluster.line().equals(CamundaLine.UP_TO_8_7)
                    ? new Target(
                            NOBODY,
                            Optional.of(NOBODY),
                            List.of(NOBODY, NOBODY),
                            cluster.searchEngineUri(),
                            cluster.repository())
                    : new Target(
                            NOBODY, Optional.of(NOBODY), List.of(), cluster.searchEngineUri(), cluster.repository());
        }

        private static Target parse(List<String> words) {
            return new Target(
                    URI.create(words.get(0)),
                    Optional.of(words.get(1)).filter(word -> !word.equals(NONE)).map(URI::create),
                    words.subList(4, words.size()).stream().map(URI::create).toList(),
                    URI.create(words.get(2)),
                    words.get(3));
        }

        CamundaBackupClient client(Stores stores, ClientResources resources) {
            CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                    .resources(resources)
                    .snapshotStore(stores.create(Endpoint.of(searchEngine), repository, resources));
            optimize.ifPresent(client::optimize);
            return (applications.isEmpty()
                            ? client.orchestrationCluster(zeebe)
                            : client.zeebe(zeebe).operate(applications.get(0)).tasklist(applications.get(1)))
                    .build();
        }

        @Override
        public String toString() {
            Stream<Object> words = Stream.concat(
                    Stream.of(zeebe, optimize.map(URI::toString).orElse(NONE), searchEngine, repository),
                    applications.stream());
            return words.map(Object::toString).collect(Collectors.joining(" "));
        }
    }

    static ClientProcess start() throws IOException {
        return start(Path.of("").toAbsolutePath());
    }

    /** Starts one in another working directory. */
    public static ClientProcess start(Path directory) throws IOException {
        return new ClientProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientProcess.class.getName())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** Has it back up a cluster; {@link #line} tells how that ended. */
    void backUp(SimulatedCluster cluster) throws IOException {
        backUp(cluster, cluster.searchEngineUri());
    }

    /** As {@link #backUp(SimulatedCluster)}, with another way to the search engine. */
    void backUp(SimulatedCluster cluster, URI searchEngine) throws IOException {
        backUp(Target.of(cluster, searchEngine));
    }

    /** As {@link #backUp(SimulatedCluster)}. */
    public void backUp(Target target) throws IOException {
        tell(Task.BACK_UP, Target.NONE, target);
    }

    /**
     * Has it recover a cluster.
     *
     * @param time what its clock shows, which is the cluster's; how much passes is its own, so that it waits for no
     *     lease
     */
    RecoveryReport recover(SimulatedCluster cluster, Instant time) throws IOException {
        tell(Task.RECOVER, time.toString(), Target.of(cluster, cluster.searchEngineUri()));
        return RecoveryReport.fromJson(line());
    }

    /** Has it plan and execute a restore into a cluster that is stopped; {@link #line} tells how that ended. */
    void restore(SimulatedCluster cluster, BackupId backupId) throws IOException {
        tell(Task.RESTORE, backupId.toString(), Target.stopped(cluster));
    }

    private void tell(Task task, String detail, Target target) throws IOException {
        input.write(task + " " + detail + " " + target);
        input.newLine();
        input.flush();
    }

    long pid() {
        return process.pid();
    }

    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill ended with " + exit);
        }
    }

    /** Returns the next line that it prints. */
    String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("The process has ended.");
        }
        return line;
    }

    /** SIGKILL. Returns when it is dead. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("The process cannot be killed.");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What runs in the process. */
    public static void main(String[] arguments) throws IOException {
        Stores stores = EngineUnderTest.find();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SetClock clock = new SetClock();
        // One for all: the servers of the JDK break connections when too many are idle.
        try (ClientResources resources = ClientResources.create();
                ClientResources virtual = ClientResources.builder().time(clock).build()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = List.of(line.split(" "));
                Target target = Target.parse(words.subList(2, words.size()));
                switch (Task.valueOf(words.get(0))) {
                    case BACK_UP ->
                        print(target.client(stores, resources)
                                .backup()
                                .completion()
                                .thenApply(report -> "COMPLETED"));
                    case RECOVER -> {
                        clock.set(Instant.parse(words.get(1)));
                        print(target.client(stores, virtual).recover().thenApply(RecoveryReport::toJson))
                                .join();
                    }
                    case RESTORE -> {
                        RestoreClient restore =
                                target.client(stores, resources).restore(RestoreScene.keepingTheStranger());
                        print(restore.plan(BackupId.parse(words.get(1)))
                                .thenCompose(plan -> restore.execute(plan).completion())
                                .thenApply(report -> report.outcome().name()));
                    }
                }
            }
        }
    }

    private static CompletableFuture<Void> print(CompletableFuture<String> outcome) {
        return outcome.exceptionally(error -> String.valueOf(error.getMessage()))
                .thenAccept(line -> System.out.println(line.replace('\n', ' ')));
    }

    /** Virtual time, and a wall clock that stands still, as that of a cluster does in whose own time nobody waits. */
    private static final class SetClock implements TimeSource {
        private final TimeSource passing = VirtualTime.create();
        private volatile Instant now = Instant.EPOCH;

        void set(Instant time) {
            now = time;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanoTime() {
            return passing.nanoTime();
        }

        @Override
        public CompletableFuture<Void> delay(Duration duration) {
            return passing.delay(duration);
        }

        @Override
        public Activity activity() {
            return passing.activity();
        }
    }
}
