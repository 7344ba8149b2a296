package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Backups by the shell commands of Camunda's documentation, with their loops that sleep. */
final class DocumentedProcedure {
    /** What these commands need. */
    static final List<String> TOOLS = List.of("bash", "curl", "jq");

    private DocumentedProcedure() {}

    /** The tools that are not on the path. */
    static List<String> missingTools(String path) {
        return TOOLS.stream()
                .filter(tool -> List.of(path.split(":", -1)).stream()
                        .noneMatch(directory -> Files.isExecutable(Path.of(directory, tool))))
                .toList();
    }

    /**
     * Runs it.
     *
     * @param sleep how long its loops sleep between two questions
     */
    static Measurement measure(SimulatedCluster cluster, Duration sleep) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script(cluster.line()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        Map<String, String> environment = bash.environment();
        for (Server server : cluster.servers()) {
            environment.put(server + "_URL", cluster.uri(server).toString());
        }
        environment.put("REPOSITORY", cluster.repository());
        environment.put("BACKUP_ID", Long.toString(System.currentTimeMillis() / 1000));
        environment.put("SLEEP", Double.toString(sleep.toNanos() / 1e9));
        long start = System.nanoTime();
        int exitCode = bash.start().waitFor();
        Duration total = Duration.ofNanos(System.nanoTime() - start);
        if (exitCode != 0) {
            throw new IllegalStateException("The documented procedure ended with the exit code " + exitCode + ".");
        }
        return Measurement.of(total, cluster, 0);
    }

    private static String script(CamundaLine line) throws IOException {
        String name = line.equals(CamundaLine.UP_TO_8_7) ? "up-to-8.7.sh" : "from-8.8.sh";
        try (InputStream script = DocumentedProcedure.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
