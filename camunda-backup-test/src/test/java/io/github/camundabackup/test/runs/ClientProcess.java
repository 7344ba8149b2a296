package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.RecoveryReport;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that backs up and recovers clusters of this one, each as soon as it is told of it, until somebody ends it. */
final class ClientProcess implements AutoCloseable {
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
        RECOVER
    }

    /** What a process needs to know to use the store of a module's tests. */
    interface Contract {
        SearchEngine engine();

        Stores stores();
    }

    /** Starts one that lives in real time. */
    static ClientProcess start(Class<? extends Contract> contract) throws IOException {
        return start(contract, Path.of("").toAbsolutePath());
    }

    /**
     * Starts one elsewhere.
     *
     * @param directory where it works
     * @param time the beginning of its own virtual time, so that it waits for no lease
     */
    static ClientProcess start(Class<? extends Contract> contract, Path directory, Instant time) throws IOException {
        return start(contract, directory, time.toString());
    }

    private static ClientProcess start(Class<? extends Contract> contract, Path directory, String... time)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                ClientProcess.class.getName(),
                contract.getName()));
        command.addAll(List.of(time));
        return new ClientProcess(new ProcessBuilder(command)
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
        tell(Task.BACK_UP, cluster, searchEngine);
    }

    /** Has it recover a cluster. */
    RecoveryReport recover(SimulatedCluster cluster) throws IOException {
        tell(Task.RECOVER, cluster, cluster.searchEngineUri());
        return RecoveryReport.fromJson(line());
    }

    private void tell(Task task, SimulatedCluster cluster, URI searchEngine) throws IOException {
        input.write(String.join(
                " ",
                task.name(),
                cluster.protocol().name(),
                (cluster.protocol() == Protocol.UP_TO_8_7 ? cluster.zeebeUri() : cluster.orchestrationUri()).toString(),
                cluster.optimizeUri().toString(),
                searchEngine.toString(),
                cluster.repository(),
                cluster.protocol() == Protocol.UP_TO_8_7 ? cluster.operateUri() + " " + cluster.tasklistUri() : ""));
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
    void kill() throws InterruptedException {
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
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        Contract contract = (Contract) constructor.newInstance();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ClientResources.Builder settings = ClientResources.builder();
        if (arguments.length > 1) {
            settings.time(new VirtualTime(Instant.parse(arguments[1])));
        }
        try (ClientResources resources = settings.build()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                CamundaBackupClient client = client(contract, words, resources);
                (switch (Task.valueOf(words[0])) {
                            case BACK_UP -> client.backup().completion().thenApply(report -> "COMPLETED");
                            case RECOVER -> client.recover().thenApply(RecoveryReport::toJson);
                        })
                        .exceptionally(error -> String.valueOf(error.getMessage()))
                        .thenAccept(outcome -> System.out.println(outcome.replace('\n', ' ')));
            }
        }
    }

    private static CamundaBackupClient client(Contract contract, String[] words, ClientResources resources) {
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .resources(resources)
                .optimize(URI.create(words[3]))
                .snapshotStore(contract.stores().create(Endpoint.of(URI.create(words[4])), words[5], resources));
        return (switch (Protocol.valueOf(words[1])) {
                    case UP_TO_8_7 ->
                        client.zeebe(URI.create(words[2]))
                                .operate(URI.create(words[6]))
                                .tasklist(URI.create(words[7]));
                    case FROM_8_8 -> client.orchestrationCluster(URI.create(words[2]));
                })
                .build();
    }
}
