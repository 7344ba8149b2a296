package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds when a process that restores is told to end. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
@EnabledOnOs(OS.LINUX)
class RestoreSignalTest extends AbstractEngineTest {
    private static final Duration EACH = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"TERM, 143, false", "INT, 130, true"})
    void givesTheLockBackAndSaysWhatIsRestored(String signal, int exitCode, boolean engineGoesOn)
            throws IOException, InterruptedException {
        try (RestoreScene scene = scene(EACH)) {
            RestorePlan plan = scene.plan();
            List<String> indices = plan.snapshots().stream()
                    .flatMap(snapshot -> snapshot.indices().stream())
                    .toList();
            try (SignalledProcess process = RestoreProcess.start(scene, Optional.empty())) {
                process.await(RestoreProcess.inTheMiddle((int) plan.snapshots().stream()
                        .filter(snapshot -> snapshot.indices().isEmpty())
                        .count()));

                process.signal(signal);

                assertThat(process.await()).as(process.toString()).isEqualTo(exitCode);
                RestoreReport report = RestoreProcess.report(process);
                assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
                assertThat(report.failure()).hasValue("The process is ending.");
                assertThat(report.deleted()).isEqualTo(plan.deletions());
                assertThat(states(report))
                        .hasSameSizeAs(indices)
                        .allSatisfy(
                                (index, state) -> assertThat(state).as(index).isEqualTo(State.INCOMPLETE));
            }
            assertLeftIncomplete(scene);
            if (engineGoesOn) {
                scene.scene().time().delay(EACH).join();
            }

            RestoreReport next = scene.restore();

            assertThat(next.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(next.deleted()).containsExactlyInAnyOrderElementsOf(engineGoesOn ? List.of() : indices);
            assertThat(states(next))
                    .allSatisfy((index, state) ->
                            assertThat(state).as(index).isEqualTo(engineGoesOn ? State.KEPT : State.RESTORED));
            assertComplete(scene);
        }
    }

    @Test
    void endsACommandThatHangs() throws IOException, InterruptedException {
        Path told = directory.resolve("told");
        assertThat(new ProcessBuilder("mkfifo", told.toString()).start().waitFor())
                .isZero();
        try (RestoreScene scene = scene(Duration.ZERO)) {
            try (SignalledProcess process = RestoreProcess.start(scene, Optional.of(told));
                    BufferedReader restoreApplication = Files.newBufferedReader(told)) {
                assertThat(restoreApplication.readLine()).isEqualTo("runs");

                process.signal("TERM");

                assertThat(process.await()).as(process.toString()).isEqualTo(143);
                assertThat(restoreApplication.readLine())
                        .as("what it says after that")
                        .isNull();
                RestoreReport report = RestoreProcess.report(process);
                assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
                assertThat(report.warnings())
                        .anySatisfy(warning -> assertThat(warning).contains("RESTORING_ZEEBE", "not known"));
                assertThat(states(report))
                        .allSatisfy((index, state) -> assertThat(state).isEqualTo(State.RESTORED));
            }
            assertLeftIncomplete(scene);

            RestoreReport next = scene.restore();

            assertThat(next.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(states(next))
                    .allSatisfy((index, state) -> assertThat(state).isEqualTo(State.KEPT));
            assertComplete(scene);
        }
    }

    /**
     * A cluster that has gone on and is stopped. Its time stands still, other than that of the process.
     *
     * @param each how long a snapshot takes to be restored
     */
    private RestoreScene scene(Duration each) {
        RestoreScene scene = new RestoreScene(Scene.of(
                CamundaLine.V8_8, engine(), stores(), cluster -> cluster.restoreDuration(each), client -> client));
        scene.goOn();
        scene.stop();
        return scene;
    }

    private static Map<String, State> states(RestoreReport report) {
        return report.indices().stream()
                .collect(Collectors.toMap(RestoreReport.Index::name, RestoreReport.Index::state));
    }

    private static void assertLeftIncomplete(RestoreScene scene) {
        assertThat(scene.journaled())
                .as("nobody has to watch for a sign of life")
                .contains("\"kind\":\"RESTORE\"", "\"state\":\"FAILED\"");
        scene.start();
        assertThat(scene.scene().failToBackUp())
                .hasMessageContaining("The restore of backup " + scene.backupId() + " (FAILED")
                .hasMessageContaining("half restored");
        scene.stop();
    }

    private static void assertComplete(RestoreScene scene) {
        assertThat(scene.documents()).isEqualTo(scene.backedUp());
        assertThat(scene.journaled()).contains("\"kind\":\"RESTORE\"", "\"state\":\"COMPLETED\"");
        scene.start();
        assertThat(scene.scene().backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
    }
}
