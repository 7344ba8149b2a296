package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A line that this library does not know, given to the client as a table: nothing else has to be changed for it. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class OwnLineTest extends AbstractEngineTest {
    /** Optimize comes before the pause, Zeebe has another path, and starts without the web applications. */
    private static final CamundaLine LINE = CamundaLine.V8_8.toBuilder("9.7")
            .releases("9.7")
            .component(LineComponent.builder(Component.ZEEBE)
                    .path("backupPartitions")
                    .inZeebesProcess()
                    .build())
            .withoutOrder()
            .beforePause(Component.OPTIMIZE)
            .inPause(Component.WEB_APPLICATIONS)
            .inPause(Component.ZEEBE_RECORDS)
            .inPause(Component.ZEEBE)
            .startsFirst(Component.ZEEBE)
            .restoredLogLine("All of {id} is back")
            .build();

    private Scene scene() {
        return Scene.of(LINE, engine(), stores(), UnaryOperator.identity(), client -> client.line(LINE));
    }

    @Test
    void planHasItsOrder() {
        try (Scene scene = scene()) {
            BackupPlan plan = scene.client().plan().join();

            assertThat(plan.groups())
                    .containsExactly(
                            List.of(Component.OPTIMIZE),
                            List.of(Component.WEB_APPLICATIONS),
                            List.of(Component.ZEEBE_RECORDS),
                            List.of(Component.ZEEBE));
            assertThat(plan.inPause()).doesNotContain(Component.OPTIMIZE);
            assertThat(plan.toString()).startsWith("Backup plan for Camunda 9.7:\n  1. Optimize\n  2. with exporting");
        }
    }

    @Test
    void backupIsTakenInThatOrderAtItsPaths() {
        Recording events = new Recording();
        try (Scene scene = Scene.of(
                LINE,
                engine(),
                stores(),
                UnaryOperator.identity(),
                client -> client.line(LINE).listener(events))) {
            BackupReport report = scene.backUp();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.line()).contains("9.7");
            assertThat(report.toString()).contains("Camunda 9.7");
            assertThat(events.events())
                    .containsSubsequence(
                            "finished OPTIMIZE",
                            "paused",
                            "started WEB_APPLICATIONS",
                            "finished WEB_APPLICATIONS",
                            "started ZEEBE_RECORDS",
                            "started ZEEBE",
                            "resumed");
            assertThat(scene.cluster().requests())
                    .extracting(RecordedRequest::path)
                    .anyMatch(path -> path.contains("/actuator/backupPartitions"))
                    .noneMatch(path -> path.contains("/actuator/backupRuntime"));
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void checkJudgesByItsTable() {
        try (Scene scene = scene()) {
            BackupId id = scene.backUp().backupId();

            ConsistencyReport report = scene.client().consistency().check(id).join();

            assertThat(report).isConsistent().hasOnlyFindings().provesEveryPartition();
            assertThat(report.line()).contains(LINE);
        }
    }

    @Test
    void checkWithoutItsTableSaysSo() {
        try (Scene scene = scene()) {
            BackupId id = scene.backUp().backupId();
            ConsistencyChecker unknowing = ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources());

            assertThat(unknowing.check(id).join())
                    .isUnverifiable()
                    .hasOnlyFindings(FindingCode.NOT_ASKED, FindingCode.LINE_UNKNOWN);
            assertThat(unknowing
                            .lines(CamundaLines.known().with(LINE))
                            .check(id)
                            .join())
                    .hasOnlyFindings(FindingCode.NOT_ASKED);
        }
    }

    @Test
    void restoreFollowsItsTable() {
        try (RestoreScene scene = new RestoreScene(scene())) {
            scene.goOn();
            RestoreSettings.Builder settings =
                    scene.settings().control(scene.scene().cluster().control());
            RestorePlan plan = scene.plan(settings);

            RestoreReport report = scene.restore(settings);

            assertThat(plan.startOrder().first()).containsExactly(Component.ZEEBE);
            assertThat(plan.startOrder().others()).containsExactly(Component.OPTIMIZE, Component.WEB_APPLICATIONS);
            assertThat(plan.zeebe().isSuccess("All of " + scene.backupId() + " is back"))
                    .isTrue();
            assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.COMPLETED);
            assertThat(scene.documents()).containsAllEntriesOf(scene.backedUp());
        }
    }
}
