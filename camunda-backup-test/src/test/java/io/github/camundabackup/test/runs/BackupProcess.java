package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.StepProgress;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that backs up a cluster of this one, as a user's job would. */
final class BackupProcess implements AutoCloseable {
    private static final String IN_THE_MIDDLE = "in the middle of the pause";

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private BackupProcess(Process process) {
        this.process = process;
        output = process.inputReader();
    }

    /**
     * Starts it, with the stores of the given contract.
     *
     * @param cluster from 8.8; lives in real time
     */
    static BackupProcess start(SignalContract contract, SimulatedCluster cluster) throws IOException {
        // Whoever runs in the background of a script ignores SIGINT, and so would all its children.
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackupProcess.class.getName(),
                        contract.getClass().getName(),
                        cluster.orchestrationUri().toString(),
                        cluster.optimizeUri().toString(),
                        cluster.searchEngineUri().toString(),
                        cluster.repository())
                .redirectErrorStream(true)
                .start();
        return new BackupProcess(process);
    }

    /** Returns when the records' snapshot is being made. */
    void awaitTheMiddleOfThePause() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.equals(IN_THE_MIDDLE)) {
                return;
            }
        }
        throw new AssertionError("The process ended too early:\n" + this);
    }

    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill ended with " + exit);
        }
    }

    /** Returns the exit code. */
    int await() throws IOException, InterruptedException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("The process goes on:\n" + this);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What it printed. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    /** What runs in the process. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        SignalContract contract = (SignalContract) constructor.newInstance();
        try (ClientResources resources = ClientResources.create();
                CamundaBackupClient client = CamundaBackupClient.builder()
                        .resources(resources)
                        .orchestrationCluster(URI.create(arguments[1]))
                        .optimize(URI.create(arguments[2]))
                        .snapshotStore(contract.stores()
                                .create(Endpoint.of(URI.create(arguments[3])), arguments[4], resources))
                        .listener(new Announcement())
                        .build()) {
            client.backup().completion().join();
        }
    }

    private static final class Announcement implements BackupListener {
        @Override
        public void stepProgress(BackupId backupId, Component component, StepProgress progress, Instant at) {
            if (component == Component.ZEEBE_RECORDS) {
                System.out.println(IN_THE_MIDDLE);
            }
        }
    }
}
