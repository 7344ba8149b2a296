package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process of its own that backs up clusters of this one, each as soon as it is told of it, until somebody kills it. */
final class Victim implements AutoCloseable {
    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;

    private Victim(Process process) {
        this.process = process;
        input = process.outputWriter();
        output = process.inputReader();
    }

    /** What a process needs to know to use the store of a module's tests. */
    interface Contract {
        SearchEngine engine();

        Stores stores();
    }

    static Victim start(Class<? extends Contract> contract) throws IOException {
        return new Victim(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        contract.getName())
                .redirectErrorStream(true)
                .start());
    }

    /** Has it back up a cluster. */
    void backUp(SimulatedCluster cluster) throws IOException {
        input.write(String.join(
                " ",
                cluster.protocol().name(),
                (cluster.protocol() == Protocol.UP_TO_8_7 ? cluster.zeebeUri() : cluster.orchestrationUri()).toString(),
                cluster.optimizeUri().toString(),
                cluster.searchEngineUri().toString(),
                cluster.repository(),
                cluster.protocol() == Protocol.UP_TO_8_7 ? cluster.operateUri() + " " + cluster.tasklistUri() : ""));
        input.newLine();
        input.flush();
    }

    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill ended with " + exit);
        }
    }

    /** Returns the next line that it prints: how a backup ended. */
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
        try (ClientResources resources = ClientResources.create()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                CamundaBackupClient client = client(contract, line.split(" "), resources);
                client.backup()
                        .completion()
                        .whenComplete((report, error) -> System.out.println(
                                error == null
                                        ? "COMPLETED"
                                        : String.valueOf(error.getMessage()).replace('\n', ' ')));
            }
        }
    }

    private static CamundaBackupClient client(Contract contract, String[] words, ClientResources resources) {
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .resources(resources)
                .optimize(URI.create(words[2]))
                .snapshotStore(contract.stores().create(Endpoint.of(URI.create(words[3])), words[4], resources));
        return (switch (Protocol.valueOf(words[0])) {
                    case UP_TO_8_7 ->
                        client.zeebe(URI.create(words[1]))
                                .operate(URI.create(words[5]))
                                .tasklist(URI.create(words[6]));
                    case FROM_8_8 -> client.orchestrationCluster(URI.create(words[1]));
                })
                .build();
    }
}
