package io.github.camundabackup.samples.restoredrill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.samples.quickstart.Engine;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeCircleTest {
    private static final int COMMANDS = 20;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"8.6, elasticsearch", "8.6, opensearch", "8.8, elasticsearch", "8.8, opensearch"})
    void aSimulatedClusterIsLostAndRestoredAndEndsWithZero(String version, String engine) {
        int exitCode = run(Map.of(
                "CAMUNDA_BACKUP_DRILL", "circle",
                "CAMUNDA_BACKUP_SIMULATE", version,
                "CAMUNDA_BACKUP_SEARCH_ENGINE", engine));

        assertThat(output())
                .contains(
                        "COMPLETED after",
                        "CONSISTENT",
                        "have lost everything",
                        "Restore plan for backup",
                        "The whole circle: PASSED",
                        "none is missing or doubled",
                        "Recovery time: ")
                // The load that the listener makes when Zeebe's backup begins may come after its checkpoint.
                .containsPattern("with (60|120) exported records");
        assertThat(exitCode).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8.5-8.7, OPENSEARCH", "8.8, ELASTICSEARCH"})
    void aClusterOfOnesOwnIsRestoredInPlaceByCommands(String lineId, SearchEngine engine) throws IOException {
        CamundaLine line = CamundaLines.known().byId(lineId).orElseThrow();
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(line).engine(engine).build();
                RemoteControl control = new RemoteControl(cluster)) {
            cluster.load(COMMANDS);

            int exitCode = run(consenting(control.environment()));

            assertThat(output()).contains("The whole circle: PASSED").doesNotContain("simulated");
            assertThat(exitCode).isZero();
            List<String> calls = control.calls();
            int stops = cluster.servers().size() - 1;
            assertThat(calls.subList(0, stops)).allMatch(call -> call.startsWith("stop "));
            assertThat(calls.subList(stops, stops + 2))
                    .satisfiesExactly(
                            clear -> assertThat(clear).isEqualTo("clear 0"),
                            restore -> assertThat(restore).startsWith("restore --backupId="));
            assertThat(calls.subList(stops + 2, calls.size()))
                    .hasSize(stops)
                    .allMatch(call -> call.startsWith("start "));
        }
    }

    @Test
    void withoutCommandsAnOperatorIsToldWhatToDo() throws IOException {
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.V8_8).build();
                RemoteControl commands = new RemoteControl(cluster)) {
            Deque<Runnable> work = new ArrayDeque<>(List.of(
                    () -> {},
                    () -> cluster.control().stop(cluster.control().components()).join(),
                    () -> cluster.control().restoreZeebe(backupId()).join(),
                    () -> cluster.control()
                            .start(cluster.control().components())
                            .join()));
            InputStream operator = new InputStream() {
                @Override
                public int read() {
                    Optional.ofNullable(work.poll()).ifPresent(Runnable::run);
                    return '\n';
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    // One line at a time, as from a keyboard.
                    buffer[offset] = (byte) read();
                    return 1;
                }
            };

            int exitCode = run(consenting(withoutCommands(commands.environment())), operator);

            assertThat(output())
                    .containsSubsequence(
                            "TO DO: Stop Optimize, web applications, Zeebe.",
                            "TO DO: Delete the data of every Zeebe broker.",
                            "bin/restore --backupId=",
                            "TO DO: Start Zeebe, web applications.",
                            "TO DO: Start Optimize.",
                            "The whole circle: PASSED");
            assertThat(exitCode).isZero();
        }
    }

    @Test
    void whereNobodyIsAtTheConsoleNothingIsTouched() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.builder().build();
                RemoteControl commands = new RemoteControl(cluster)) {
            int exitCode = run(consenting(withoutCommands(commands.environment())));

            assertThat(output()).contains("there is no operator at the console").doesNotContain("Backup ");
            assertThat(exitCode).isEqualTo(2);
            assertThat(cluster.requests())
                    .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        }
    }

    @Test
    void anOperatorWhoGoesAwayLeavesTheIndicesAsTheyAre() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.builder().build();
                RemoteControl commands = new RemoteControl(cluster)) {
            int exitCode = run(
                    consenting(withoutCommands(commands.environment())),
                    new ByteArrayInputStream("\n".getBytes(StandardCharsets.UTF_8)));

            assertThat(output())
                    .contains(
                            "The console was closed before this was done",
                            "were asked to stop, and nothing else was changed")
                    .doesNotContain("The whole circle");
            assertThat(exitCode).isEqualTo(1);
            assertThat(deletions(cluster)).isEmpty();
        }
    }

    @Test
    void aClusterThatNobodyHasGivenUpIsNotTouched() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.builder().build();
                RemoteControl control = new RemoteControl(cluster)) {
            Map<String, String> environment = control.environment();

            assertThat(run(environment)).isEqualTo(2);
            assertThat(output())
                    .contains(
                            "CAMUNDA_BACKUP_DRILL_REPLACES: is missing",
                            cluster.searchEngineUri().toString());
            environment.put(
                    "CAMUNDA_BACKUP_DRILL_REPLACES", cluster.searchEngineUri().toString());
            assertThat(run(environment)).isEqualTo(2);

            assertThat(output()).contains("CAMUNDA_BACKUP_DRILL_REPLACES: is not the id of the search engine of");
            assertThat(control.calls()).isEmpty();
            assertThat(cluster.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STOP_OPTIMIZE, '', CAMUNDA_BACKUP_STOP_OPTIMIZE: missing",
        "BROKER_0_CLEAR, '', CAMUNDA_BACKUP_BROKER_0_CLEAR: missing",
        "BROKER_2_CLEAR, true, 'CAMUNDA_BACKUP_BROKER_1_CLEAR, CAMUNDA_BACKUP_BROKER_1_RESTORE,"
                + " CAMUNDA_BACKUP_BROKER_2_RESTORE: missing'",
        "STOP_OPERATE, true, CAMUNDA_BACKUP_STOP_OPERATE: there is no URL",
        "STOP_ZEBEE, true, CAMUNDA_BACKUP_STOP_ZEBEE is not known",
        "SEARCH_ENGINE_URL, '', CAMUNDA_BACKUP_SEARCH_ENGINE_URL is missing",
        "DRILL_DEADLINE, soon, CAMUNDA_BACKUP_DRILL_DEADLINE: must be a duration such as PT15M",
        "SEARCH_ENGINE_PASSWORD, top secret, CAMUNDA_BACKUP_SEARCH_ENGINE_USER is missing",
    })
    void whatIsMissingOrDoesNotFitIsSaidBeforeAnythingIsTouched(String variable, String value, String message)
            throws IOException {
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.V8_8).build();
                RemoteControl control = new RemoteControl(cluster)) {
            Map<String, String> environment = control.environment();
            environment.put("CAMUNDA_BACKUP_DRILL_REPLACES", "whatever");
            environment.put("CAMUNDA_BACKUP_" + variable, value);

            assertThat(run(environment)).isEqualTo(2);

            assertThat(output().lines())
                    .singleElement()
                    .asString()
                    .contains(message)
                    .doesNotContain("top secret", "Exception");
            assertThat(cluster.requests()).isEmpty();
            assertThat(control.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STOP_ZEEBE, CAMUNDA_BACKUP_STOP_ZEEBE: there is no URL",
        "DRILL_REPLACES, CAMUNDA_BACKUP_SEARCH_ENGINE_URL is missing",
        "'BROKER_0_CLEAR,BROKER_0_RESTORE', CAMUNDA_BACKUP_SEARCH_ENGINE_URL is missing",
    })
    void whoeverMeansAClusterDoesNotGetASimulatedOne(String variables, String message) {
        Map<String, String> environment = new HashMap<>(Map.of("CAMUNDA_BACKUP_DRILL", "circle"));
        for (String variable : variables.split(",", -1)) {
            environment.put("CAMUNDA_BACKUP_" + variable, "true");
        }

        assertThat(run(environment)).isEqualTo(2);

        assertThat(output()).contains(message);
    }

    @Test
    void aRestoreOfZeebeThatFailsIsToldAndNothingIsStarted() throws IOException {
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.V8_8).build();
                RemoteControl control = new RemoteControl(cluster)) {
            Map<String, String> environment = control.environment();
            environment.put("CAMUNDA_BACKUP_BROKER_0_RESTORE", "echo 'BackupNotFoundException: no such backup'; false");

            int exitCode = run(consenting(environment));

            assertThat(output())
                    .contains(": FAILED after", "BackupNotFoundException: no such backup", "start nothing before it is")
                    .doesNotContain("The whole circle");
            assertThat(exitCode).isEqualTo(1);
            assertThat(control.calls()).noneMatch(call -> call.startsWith("start "));
        }
    }

    @Test
    void aClusterThatDoesNotComeUpIsNotCalledRestored() throws IOException {
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.V8_8).build();
                RemoteControl control = new RemoteControl(cluster)) {
            Map<String, String> environment = control.environment();
            environment.put("CAMUNDA_BACKUP_START_OPTIMIZE", "true");
            environment.put("CAMUNDA_BACKUP_DRILL_DEADLINE", "PT5S");

            int exitCode = run(consenting(environment));

            assertThat(output())
                    .contains(
                            ": FAILED after",
                            "Starting Optimize",
                            cluster.optimizeUri().toString())
                    .doesNotContain("The whole circle");
            assertThat(exitCode).isEqualTo(1);
        }
    }

    @Test
    void aCommandThatSaysNothingOfTheBackupIsNoRestore() throws IOException {
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.V8_8).build();
                RemoteControl control = new RemoteControl(cluster)) {
            Map<String, String> environment = control.environment();
            environment.put(
                    "CAMUNDA_BACKUP_BROKER_0_RESTORE", "echo Successfully restored broker from backup 4711; true");

            int exitCode = run(consenting(environment));

            assertThat(output()).contains(": FAILED after", "did not log that it restored backup");
            assertThat(exitCode).isEqualTo(1);
        }
    }

    @Test
    void whatZeebeWasNotPutBackToIsNotOverlooked() throws IOException {
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.V8_8).build();
                RemoteControl control = new RemoteControl(cluster)) {
            control.before("stop", () -> {
                // Only of the last of them the exporters do not know yet that they are written.
                cluster.load(COMMANDS);
                cluster.load(COMMANDS);
            });
            Map<String, String> environment = control.environment();
            environment.put(
                    "CAMUNDA_BACKUP_BROKER_0_RESTORE",
                    "pretend() { echo Successfully restored broker from backup ${1#--backupId=}; }; pretend");
            environment.put("CAMUNDA_BACKUP_DRILL_DEADLINE", "PT2S");

            int exitCode = run(consenting(environment));

            assertThat(output())
                    .contains("Restore of backup", ": COMPLETED after", "records of the kind JOB are missing")
                    .doesNotContain("The whole circle");
            assertThat(exitCode).isEqualTo(1);
        }
    }

    @Test
    void whatDoesNotHoldAfterTheRestoreIsToldAndEndsWithOne() throws IOException {
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.V8_8).build();
                SnapshotStore store =
                        Engine.ELASTICSEARCH.store(Endpoint.of(cluster.searchEngineUri()), cluster.repository());
                RemoteControl control = new RemoteControl(cluster)) {
            control.before(
                    "start",
                    () -> store.deleteSnapshot("camunda_zeebe_records_backup_" + backupId())
                            .join());

            int exitCode = run(consenting(control.environment()));

            assertThat(output())
                    .contains(
                            "The whole circle: FAILED",
                            "PROBLEM: The restored cluster finds its backup to be INCONSISTENT")
                    .doesNotContain("hold as many documents");
            assertThat(exitCode).isEqualTo(1);
        }
    }

    @Test
    void aBackupThatFailsEndsTheDrillBeforeAnythingIsStopped() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.builder().build();
                RemoteControl control = new RemoteControl(cluster)) {
            cluster.faults().failPartition(1);

            int exitCode = run(consenting(control.environment()));

            assertThat(output()).contains(": FAILED after").doesNotContain("Restore plan");
            assertThat(exitCode).isEqualTo(1);
            assertThat(control.calls()).isEmpty();
        }
    }

    /** With the id that a first run tells. */
    private Map<String, String> consenting(Map<String, String> environment) {
        assertThat(run(environment)).isEqualTo(2);
        String id = found("the id of that search engine, (\\S+)\\.");
        Map<String, String> consenting = new HashMap<>(environment);
        consenting.put("CAMUNDA_BACKUP_DRILL_REPLACES", id);
        printed.reset();
        return consenting;
    }

    private static Map<String, String> withoutCommands(Map<String, String> environment) {
        Map<String, String> without = new HashMap<>(environment);
        without.keySet().removeIf(name -> name.matches("CAMUNDA_BACKUP_(STOP|START|BROKER)_.*"));
        return without;
    }

    private BackupId backupId() {
        return BackupId.parse(found("Restore plan for backup (\\d+)"));
    }

    private String found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(output())
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output()));
    }

    private static List<String> deletions(SimulatedCluster cluster) {
        return cluster.requests().stream()
                .filter(request -> request.method().equals("DELETE"))
                .map(RecordedRequest::path)
                .filter(path -> !path.startsWith("/consistency-check-"))
                .toList();
    }

    private int run(Map<String, String> environment) {
        return run(environment, new ByteArrayInputStream(new byte[0]));
    }

    private int run(Map<String, String> environment, InputStream in) {
        return RestoreDrillSample.run(environment, in, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
