package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.PauseWindow;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds when the process is told to end, as Kubernetes and a terminal do it. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
@EnabledOnOs(OS.LINUX)
class SignalTest extends AbstractEngineTest {
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void resumesExportingBeforeTheProcessEnds(String signal, int exitCode) throws IOException, InterruptedException {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .line(CamundaLine.V8_8)
                        .engine(engine())
                        .duration(Component.ZEEBE_RECORDS, Duration.ofHours(1))
                        .build();
                SignalledProcess process = BackupProcess.start(cluster)) {
            process.await(BackupProcess.IN_THE_MIDDLE);
            assertThat(cluster.exportingPaused()).isTrue();

            process.signal(signal);

            assertThat(process.await()).as(process.toString()).isEqualTo(exitCode);
            assertThat(cluster.exportingPaused()).isFalse();
            assertThat(journal(cluster))
                    .as("neither the run nor its pause needs anybody any more")
                    .contains("\"state\":\"CANCELLED\"", "\"pause\":\"RESUMED\"");
            assertThat(cluster.pauseWindows())
                    .singleElement()
                    .extracting(PauseWindow::end)
                    .isNotNull();
            cluster.invariants().assertHold();
        }
    }

    private String journal(SimulatedCluster cluster) {
        try (ClientResources resources = ClientResources.create()) {
            return stores().create(Endpoint.of(cluster.searchEngineUri()), cluster.repository(), resources)
                    .journal()
                    .orElseThrow()
                    .read()
                    .join()
                    .orElseThrow()
                    .text();
        }
    }
}
