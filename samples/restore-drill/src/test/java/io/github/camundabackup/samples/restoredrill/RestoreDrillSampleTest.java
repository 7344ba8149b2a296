package io.github.camundabackup.samples.restoredrill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.test.simulation.SimulatedCluster;
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

class RestoreDrillSampleTest {
    @TempDir
    private Path reports;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"8.6, elasticsearch", "8.8, opensearch"})
    void aBackupOfASimulatedClusterIsRestoredBesideItAndEndsWithZero(String version, String engine) {
        int exitCode = run(Map.of("CAMUNDA_BACKUP_SIMULATE", version, "CAMUNDA_BACKUP_SEARCH_ENGINE", engine));

        assertThat(output())
                .contains(": COMPLETED after", ": PASSED", "Recovery time:", "Tests:         4 passed, 0 failed");
        assertThat(reports).isDirectoryContaining("glob:**.json");
        assertThat(exitCode).isZero();
    }

    @Test
    void missingBackupOnAnOwnEngineEndsWithOne() {
        try (SimulatedCluster cluster = SimulatedCluster.builder().build()) {
            int exitCode = run(Map.of(
                    "CAMUNDA_BACKUP_SEARCH_ENGINE_URL",
                            cluster.searchEngineUri().toString(),
                    "CAMUNDA_BACKUP_REPOSITORY", cluster.repository()));

            assertThat(output()).contains("NOT_RESTORED", "There is no backup in");
            assertThat(exitCode).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CAMUNDA_BACKUP_REPOSITORY, camunda, CAMUNDA_BACKUP_SEARCH_ENGINE_URL is missing",
        "CAMUNDA_BACKUP_SEARCH_ENGINE_URL, http://localhost:9200, CAMUNDA_BACKUP_REPOSITORY is missing",
        "CAMUNDA_BACKUP_SEARCH_ENGINE_URL, http://user:top secret@host, CAMUNDA_BACKUP_SEARCH_ENGINE_URL: This is not"
                + " a URL",
        "CAMUNDA_BACKUP_SEARCH_ENGINE, solr, CAMUNDA_BACKUP_SEARCH_ENGINE: must be",
        "CAMUNDA_BACKUP_DRILL, cirle, CAMUNDA_BACKUP_DRILL: must be beside or circle",
        "CAMUNDA_BACKUP_SIMULATE, 7.20, CAMUNDA_BACKUP_SIMULATE: must be",
    })
    void aValueThatCannotBeUsedEndsWithTwoAndIsNamed(String variable, String value, String message) {
        int exitCode = run(Map.of(variable, value));

        assertThat(output()).contains(message).doesNotContain("top secret");
        assertThat(exitCode).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "CAMUNDA_BACKUP_DRILL_CLEAR, maybe, CAMUNDA_BACKUP_DRILL_CLEAR: It must be true or false",
        "CAMUNDA_BACKUP_SEARCH_ENGINE_TOKEN, top secret, exclude each other",
        "CAMUNDA_BACKUP_SEARCH_ENGINE_CLIENT_ID, backup, exclude each other",
        "CAMUNDA_BACKUP_OPERATE_URL, http://localhost:9600, There is no endpoint of Zeebe",
        "CAMUNDA_BACKUP_ID, twelve, CAMUNDA_BACKUP_ID",
    })
    void aValueThatDoesNotFitTheOthersEndsWithTwoAndIsNamed(String variable, String value, String message) {
        int exitCode = run(Map.of(
                "CAMUNDA_BACKUP_SEARCH_ENGINE_URL",
                "http://localhost:9200",
                "CAMUNDA_BACKUP_REPOSITORY",
                "camunda",
                "CAMUNDA_BACKUP_SEARCH_ENGINE_USER",
                "somebody",
                "CAMUNDA_BACKUP_SEARCH_ENGINE_PASSWORD",
                "top secret too",
                variable,
                value));

        assertThat(output()).contains(message).doesNotContain("top secret");
        assertThat(exitCode).isEqualTo(2);
    }

    private int run(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("CAMUNDA_BACKUP_DRILL_REPORTS", reports.toString());
        return RestoreDrillSample.run(environment, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
