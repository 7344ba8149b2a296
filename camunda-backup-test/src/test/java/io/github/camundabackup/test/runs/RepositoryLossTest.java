package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.Lines;
import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The repository disappears, or is registered anew as read-only, in the middle of a backup; on each engine. */
class RepositoryLossTest extends AbstractEngineTest {
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");

    static Stream<Arguments> losses() {
        return Lines.DIFFERENT.stream()
                .flatMap(line -> Arrays.stream(RepositoryLoss.values()).map(loss -> Arguments.of(line, loss)));
    }

    private Scene losing(CamundaLine line, RepositoryLoss loss, RequestMatcher moment) {
        Scene scene = Scene.of(line, engine(), stores());
        scene.backUp();
        scene.cluster().faults().at(moment).act(() -> lose(scene, loss));
        return scene;
    }

    private static void lose(Scene scene, RepositoryLoss loss) {
        loss.to(
                new EngineWeb(scene.cluster().searchEngineUri()),
                scene.cluster().repository());
    }

    /** Up to 8.7, it is the records' snapshot that is refused then; from 8.8 on, that of a component behind the scenes. */
    @ParameterizedTest
    @MethodSource("losses")
    void theRepositoryAndWhatToDoAreNamedAndExportingIsResumed(CamundaLine line, RepositoryLoss loss) {
        try (Scene scene = losing(line, loss, PAUSE)) {
            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining(scene.cluster().repository());
            switch (loss) {
                case GONE ->
                    // The one is the engine's word, the other one that of a component which asked it.
                    assertThat(failure)
                            .hasMessageMatching(
                                    "(?s).*(] missing.*Register the repository with the engine|No repository"
                                            + " with name .* could be found).*");
                case READ_ONLY ->
                    assertThat(failure)
                            .hasMessageMatching("(?s).*read-?only.*")
                            .hasMessageContaining("without \"readonly\"");
            }
            assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
            scene.cluster().invariants().assertHold(Invariant.NOTHING_IS_DELETED);
        }
    }

    /** All parts are there then. What cannot be written down any more is not known later. */
    @ParameterizedTest
    @MethodSource("losses")
    void afterTheLastSnapshotItIsAWarning(CamundaLine line, RepositoryLoss loss) {
        try (Scene scene = losing(line, loss, RequestMatcher.post("/actuator/exporting/resume"))) {
            BackupReport report = scene.backUp();

            assertThat(report.warnings())
                    .anySatisfy(warning ->
                            assertThat(warning).contains(scene.cluster().repository()));
            assertThat(scene.client()
                            .consistency()
                            .check(report.backupId())
                            .join()
                            .findings())
                    .extracting(found -> found.code())
                    .contains(
                            loss == RepositoryLoss.GONE
                                    ? FindingCode.SOURCE_UNREADABLE
                                    : FindingCode.RUN_OUTCOME_UNKNOWN);
        }
    }
}
