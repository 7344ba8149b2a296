package io.github.camundabackup.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceSampleTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"8.6, elasticsearch", "8.8, opensearch"})
    void asksASimulatedClusterAndEndsWithZero(String version, String engine) {
        Path bundle = directory.resolve("bundle");

        int exitCode =
                run(Map.of("SIMULATE", version, "SEARCH_ENGINE", engine, "ACCEPTANCE_BUNDLE", bundle.toString()));

        assertThat(output()).contains("No cluster is configured", "Acceptance: SAME", " 0 not asked");
        assertThat(exitCode).isZero();
        assertThat(bundle).isDirectoryContaining("glob:**/report.json").isDirectoryContaining("glob:**-zeebe-take.txt");
    }

    @Test
    void readsOwnClusterAndEndsWithOneIfItDiffers() {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().line(CamundaLine.V8_8).build()) {
            Map<String, String> own = new HashMap<>(Map.of(
                    "ORCHESTRATION_URL", cluster.orchestrationUri().toString(),
                    "OPTIMIZE_URL", cluster.optimizeUri().toString(),
                    "SEARCH_ENGINE_URL", cluster.searchEngineUri().toString(),
                    "REPOSITORY", cluster.repository()));
            assertThat(run(own)).as(output()).isZero();
            assertThat(output()).contains("NOT_ASKED").doesNotContain("No cluster is configured");

            cluster.faults()
                    .at(RequestMatcher.get("/actuator/cluster"))
                    .always()
                    .answer(Fault.status(503));

            assertThat(run(own)).isEqualTo(1);
            assertThat(output()).contains("DIFFERENT", "The status is 503, not 200.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REPOSITORY, camunda, CAMUNDA_BACKUP_ORCHESTRATION_URL is missing",
        "REPOSTORY, camunda, CAMUNDA_BACKUP_REPOSTORY is not known",
        "ACCEPTANCE, yes, CAMUNDA_BACKUP_ACCEPTANCE: It must be read-only or take-and-delete",
        "VERSION, eight, CAMUNDA_BACKUP_VERSION: It must be a version",
        "ID, twelve, CAMUNDA_BACKUP_ID",
        "SIMULATE, 7.20, CAMUNDA_BACKUP_SIMULATE: must be",
        "SEARCH_ENGINE, solr, CAMUNDA_BACKUP_SEARCH_ENGINE: must be",
        "SEARCH_ENGINE_URL, http://user:top secret@host, CAMUNDA_BACKUP_ORCHESTRATION_URL is missing",
    })
    void badVariableIsNamedAndEndsWithTwo(String variable, String value, String message) {
        assertThat(run(Map.of(variable, value))).isEqualTo(2);
        assertThat(output().lines()).last().asString().contains(message).doesNotContain("top secret");
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTANCE, yes, It must be read-only or take-and-delete",
        "VERSION, eight, It must be a version",
        "ZEEBE_URL, http://localhost:9600, exclude each other",
        "SEARCH_ENGINE_URL, http://user:top secret@host, CAMUNDA_BACKUP_SEARCH_ENGINE_URL: This is not a URL",
        "SEARCH_ENGINE_TOKEN, top secret, exclude each other",
        "REPOSITORY, camunda*, CAMUNDA_BACKUP_REPOSITORY: ",
        "RECORD_PREFIX, Zeebe*, CAMUNDA_BACKUP_RECORD_PREFIX: ",
        "CA_CERTIFICATES, /no/such/ca.pem, CAMUNDA_BACKUP_CA_CERTIFICATES",
    })
    void variableThatDoesNotFitTheOthersEndsWithTwo(String variable, String value, String message) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "ORCHESTRATION_URL", "http://localhost:9600",
                "SEARCH_ENGINE_URL", "http://localhost:9200",
                "SEARCH_ENGINE_USER", "somebody",
                "SEARCH_ENGINE_PASSWORD", "top secret too",
                "REPOSITORY", "camunda"));
        variables.put(variable, value);

        assertThat(run(variables)).isEqualTo(2);
        assertThat(output()).contains(message).doesNotContain("top secret");
    }

    private int run(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>();
        variables.forEach((name, value) -> environment.put("CAMUNDA_BACKUP_" + name, value));
        return Acceptance.run(environment, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
