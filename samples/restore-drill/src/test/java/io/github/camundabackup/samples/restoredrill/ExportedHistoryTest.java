package io.github.camundabackup.samples.restoredrill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.samples.quickstart.Engine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportedHistoryTest {
    private static final String PATTERN = "zeebe-record*";

    private final SimulatedCluster cluster = Simulation.cluster(Engine.ELASTICSEARCH, CamundaLine.UP_TO_8_7);
    private final CamundaBackupClient client =
            Simulation.client(Engine.ELASTICSEARCH, cluster).build();
    private ExportedHistory history;
    private Map<Integer, Long> upToBackup;

    @BeforeEach
    void backUp() {
        cluster.load(10);
        history = new ExportedHistory(
                client.snapshotStore(), PATTERN, client.backup().completion().join());
        upToBackup = history.countUpToBackup();
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void whatIsYoungerThanTheBackupIsNoProblemAndNotCountedToIt() {
        cluster.load(7);

        assertThat(history.problem(upToBackup)).isEmpty();
        assertThat(history.countUpToBackup()).isEqualTo(upToBackup);
        assertThat(history.countAll()).isEqualTo(ExportedHistory.sum(upToBackup) + 3 * 7);
    }

    @Test
    void recordsThatExistedAtTheBackupAndAreGoneAreAProblem() {
        Map<Integer, Long> more = new TreeMap<>(upToBackup);
        more.merge(2, 5L, Long::sum);

        assertThat(history.problem(more))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .isEqualTo("Of partition 2, " + upToBackup.get(2) + " of " + more.get(2)
                                + " records are there that existed at the backup."));
    }

    @Test
    void aRecordThatIsThereTwiceIsAProblem() throws IOException, InterruptedException {
        write(Map.of("partitionId", 1, "position", 4200, "sequence", (1L << 51) + 1, "timestamp", 1));

        assertThat(history.problem(upToBackup)).hasValue("Of partition 1, 1 records of the kind JOB are there twice.");
    }

    @Test
    void aNumberWithoutARecordIsAProblem() throws IOException, InterruptedException {
        write(Map.of("partitionId", 3, "position", 999_999, "sequence", (3L << 51) + 1000, "timestamp", 1));

        assertThat(history.problem(upToBackup))
                .hasValueSatisfying(problem ->
                        assertThat(problem).matches("Of partition 3, \\d+ records of the kind JOB are missing\\."));
    }

    private void write(Map<String, ? extends Number> record) throws IOException, InterruptedException {
        StringBuilder json = new StringBuilder("{\"valueType\":\"JOB\"");
        record.forEach(
                (name, value) -> json.append(",\"").append(name).append("\":").append(value));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        cluster.searchEngineUri() + "/zeebe-record_job_8.6.0_2030-01-01/_doc/another"))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(json + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isLessThan(300);
    }
}
