package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreRefusedException;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.SnapshotRestore;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whole restores on each engine. */
class RestoreTest extends AbstractEngineTest {
    private RestoreScene scene(CamundaLine line) {
        return new RestoreScene(line, engine(), stores());
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void everythingIsAsItWasAtTheBackup(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.goOn();
            scene.stop();

            RestoreReport report = scene.restore();

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
            assertThat(report.indices())
                    .allSatisfy(index -> assertThat(index.state()).isEqualTo(State.RESTORED))
                    .allSatisfy(index -> assertThat(index.documents())
                            .hasValue(scene.backedUp().getOrDefault(index.name(), -1L)))
                    .hasSameSizeAs(scene.backedUp().keySet());
            assertThat(report.deleted()).contains(RestoreScene.NEXT_DAY);
            assertThat(report.remaining())
                    .anySatisfy(task -> assertThat(task).contains("bin/restore --backupId=" + scene.backupId()));
            assertThat(report.duration()).isGreaterThanOrEqualTo(RestoreScene.RESTORE_DURATION);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void planTouchesNothingAndListsEverything(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.goOn();
            int before = scene.requests();

            RestorePlan plan = scene.plan();

            assertThat(scene.changes(before)).isEmpty();
            assertThat(plan.deletions())
                    .containsExactlyInAnyOrderElementsOf(scene.documents().keySet());
            assertThat(plan.indices().keySet()).isEqualTo(scene.backedUp().keySet());
            assertThat(plan.versions()).hasSize(1);
            assertThat(plan.zeebe().partitions()).hasValue(3);
            assertThat(plan.snapshots())
                    .extracting(snapshot -> snapshot.name().component())
                    .isSorted()
                    .endsWith(Component.ZEEBE_RECORDS);
            assertThat(plan.snapshots().stream()
                            .collect(Collectors.groupingBy(
                                    snapshot -> snapshot.name().component())))
                    .allSatisfy((component, snapshots) -> assertThat(snapshots)
                            .extracting(snapshot -> snapshot.name().part())
                            .isSorted());
            assertThat(plan.toString()).contains(plan.deletions()).contains("bin/restore");
            assertThat(plan.toJson()).contains(plan.deletions()).contains("\"verdict\" : \"CONSISTENT\"");
        }
    }

    @Test
    void runningComponentsForbidTheRestore() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(scene.backupId()).join();
            int before = scene.requests();

            assertThat(codes(plan)).containsOnly(Obstacle.Code.COMPONENTS_RUN);
            RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

            assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused).hasMessageContaining("Optimize at").hasMessageContaining("not stopped");
            assertThat(scene.changes(before)).isEmpty();

            scene.stop();
            assertThat(restore.execute(plan).completion().join().outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void planWarnsWhereRestoredBrokersSkipCommands(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            assertThat(scene.plan().warnings().stream().filter(warning -> warning.contains("camunda#41325")))
                    .hasSize(line.equals(CamundaLine.UP_TO_8_7) ? 1 : 0);
            assertThat(scene.plan(scene.settings().scratchPrefix("scratch-")).warnings())
                    .as("nothing is restored into Zeebe then")
                    .noneMatch(warning -> warning.contains("camunda#41325"));
        }
    }

    @Test
    void neitherDeletesNorHidesWhatAnotherClusterMayOwn() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.web().write(RestoreScene.STRANGER, "1");
            scene.web().write("operate-test-event-8.3.0_", "1");
            scene.stop();

            RestorePlan plan = scene.plan();
            assertThat(plan.obstacles())
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.toString())
                            .startsWith("UNKNOWN_INDICES")
                            .contains(RestoreScene.STRANGER, "operate-test-event-8.3.0_"));
            assertThat(plan.deletions()).doesNotContain(RestoreScene.STRANGER, "operate-test-event-8.3.0_");

            RestoreReport report =
                    scene.restore(scene.settings().keep("operate-test-list").delete("operate-test-event-8.3.0_"));

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(scene.documents())
                    .containsEntry(RestoreScene.STRANGER, 1L)
                    .doesNotContainKey("operate-test-event-8.3.0_");
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void recordsOfAClusterWhosePrefixBeginsAlikeAreInNoBackupAndOutliveARestore(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.web().write(RestoreScene.STRANGERS_RECORDS, "1");
            scene.scene().time().delay(Duration.ofMinutes(1)).join();
            BackupId second = scene.scene().backUp().backupId();
            scene.stop();

            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(second).join();
            restore.execute(plan).completion().join();

            assertThat(plan.snapshots())
                    .allSatisfy(
                            snapshot -> assertThat(snapshot.indices()).doesNotContain(RestoreScene.STRANGERS_RECORDS));
            assertThat(plan.deletions()).isNotEmpty().doesNotContain(RestoreScene.STRANGERS_RECORDS);
            assertThat(scene.documents()).containsEntry(RestoreScene.STRANGERS_RECORDS, 1L);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void missesNoTemplatesWhereNothingWasExported(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.web().delete("/_index_template/zeebe-record*");

            assertThat(scene.plan().obstacles())
                    .extracting(Obstacle::code)
                    .doesNotContain(Obstacle.Code.TEMPLATES_MISSING);
        }
    }

    @Test
    void tellsAllObstaclesAtOnceAndRefuses() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.web().write(RestoreScene.STRANGER, "1");
            scene.web().delete("/_index_template/*");
            scene.web()
                    .delete("/_snapshot/" + scene.scene().cluster().repository() + "/camunda_operate_"
                            + scene.backupId() + "_8.6.0_part_2_of_6");
            RestoreClient restore = scene.scene()
                    .client()
                    .restore(scene.settings()
                            .installedVersion("8.7.0")
                            .partitions(5)
                            .indexPrefixes(Component.TASKLIST, "mytasks-")
                            .build());
            RestorePlan plan = restore.plan(scene.backupId()).join();
            int before = scene.requests();

            RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

            assertThat(codes(plan))
                    .contains(
                            Obstacle.Code.NOT_CONSISTENT,
                            Obstacle.Code.UNKNOWN_INDICES,
                            Obstacle.Code.TEMPLATES_MISSING,
                            Obstacle.Code.VERSION_MISMATCH,
                            Obstacle.Code.PARTITION_COUNT_MISMATCH,
                            Obstacle.Code.OTHER_INDEX_PREFIX,
                            Obstacle.Code.COMPONENTS_RUN);
            assertThat(refused.getCause()).isInstanceOf(RestoreRefusedException.class);
            plan.obstacles().stream()
                    .filter(obstacle -> obstacle.code() != Obstacle.Code.COMPONENTS_RUN)
                    .forEach(obstacle -> assertThat(refused).hasMessageContaining(obstacle.toString()));
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void unknownIdIsAnErrorWithTheKnownIds() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            int before = scene.requests();

            assertThatThrownBy(() -> scene.scene()
                            .client()
                            .restore()
                            .plan(BackupId.of(17))
                            .join())
                    .hasCauseInstanceOf(RestoreRefusedException.class)
                    .hasMessageContaining("Backup 17 is not restored, and nothing was changed. UNKNOWN_BACKUP")
                    .hasMessageContaining("The newest there: " + scene.backupId());
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void acceptedFindingIsAWarning() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.web()
                    .delete("/_snapshot/" + scene.scene().cluster().repository() + "/camunda_operate_"
                            + scene.backupId() + "_8.6.0_part_3_of_6");
            scene.stop();

            assertThat(scene.plan().obstacles())
                    .isNotEmpty()
                    .allSatisfy(obstacle -> assertThat(obstacle.code()).isEqualTo(Obstacle.Code.NOT_CONSISTENT));
            RestoreSettings.Builder accepting = scene.settings();
            scene.plan().obstacles().forEach(obstacle -> obstacle.finding().ifPresent(accepting::acceptFinding));

            assertThat(scene.plan(accepting).obstacles()).isEmpty();
            assertThat(scene.plan(accepting).warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("Accepted: NOT_CONSISTENT"));
        }
    }

    @Test
    void secondRestoreKeepsWhatIsRestored() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.stop();
            scene.restore();
            int before = scene.requests();

            RestorePlan plan = scene.plan();
            RestoreReport report = scene.restore();

            assertThat(plan.deletions()).isEmpty();
            assertThat(plan.restored()).isEqualTo(plan.indices());
            assertThat(report.indices())
                    .allSatisfy(index -> assertThat(index.state()).isEqualTo(State.KEPT));
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void restoresAgainWhatWasWrittenToSince() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.stop();
            scene.restore();
            scene.web().write("operate-event-8.3.0_", "later");

            RestoreReport report = scene.restore();

            assertThat(report.deleted()).containsExactly("operate-event-8.3.0_");
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void cancelledRestoreCanBeFinished(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.goOn();
            scene.stop();
            CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
            RestoreClient restore =
                    scene.scene().client().restore(scene.settings().build());
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/*/_restore"))
                    .after(3)
                    .act(() -> handle.join().cancel());
            handle.complete(restore.execute(plan));

            RestoreFailedException cancelled = RestoreScene.failure(handle.join());

            assertThat(cancelled.report().outcome()).isEqualTo(Outcome.CANCELLED);
            Map<String, State> states = cancelled.report().indices().stream()
                    .collect(Collectors.toMap(RestoreReport.Index::name, RestoreReport.Index::state));
            List<String> first = indices(plan.snapshots().subList(0, 3));
            List<String> begun = indices(plan.snapshots().subList(3, 4));
            assertThat(first).isNotEmpty();
            assertThat(begun).isNotEmpty();
            assertThat(states)
                    .allSatisfy((index, state) -> assertThat(state)
                            .isEqualTo(
                                    first.contains(index) || begun.contains(index)
                                            ? State.INCOMPLETE
                                            : State.NOT_RESTORED));
            scene.scene().time().delay(RestoreScene.RESTORE_DURATION).join();

            RestoreReport second = scene.restore();

            assertThat(second.deleted()).isEmpty();
            assertThat(second.indices())
                    .allSatisfy(index -> assertThat(index.state())
                            .isEqualTo(
                                    first.contains(index.name()) || begun.contains(index.name())
                                            ? State.KEPT
                                            : State.RESTORED));
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @Test
    void refusesAnOutdatedPlan() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.stop();
            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.web().write(RestoreScene.NEXT_DAY, "later");
            int before = scene.requests();

            RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

            assertThat(refused)
                    .hasMessageContaining("PLAN_OUTDATED")
                    .hasMessageContaining(RestoreScene.NEXT_DAY)
                    .hasMessageContaining("Make a new one");
            assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void refusesAPlanWhoseSnapshotIsGone() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.stop();
            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.web()
                    .delete("/_snapshot/" + scene.scene().cluster().repository() + "/"
                            + plan.snapshots().get(0).name());
            int before = scene.requests();

            RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

            assertThat(refused).hasMessageContaining("PLAN_OUTDATED");
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void fewerDocumentsThanCountedAreAFailure() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.stop();
            String index = scene.plan().snapshots().get(0).indices().get(0);
            RestoreClient restore = scene.scene()
                    .client()
                    .restore(scene.settings().expectDocuments(index, 4712).build());

            RestoreFailedException failed = RestoreScene.failure(
                    restore.execute(restore.plan(scene.backupId()).join()));

            assertThat(failed).hasMessageContaining(index + " holds 3 documents instead of 4712");
            assertThat(failed.report().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void restoresTheWholeClusterWithAControl(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.goOn();
            Control control = new Control(scene);

            RestoreReport report =
                    scene.restore(scene.settings().control(control).brokers(3));

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.remaining()).isEmpty();
            assertThat(control.calls)
                    .containsExactly("stop", "zeebe " + scene.backupId() + " on [0, 1, 2]", "start", "start");
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
            assertThat(scene.scene().client().preflight().join()).isNotNull();
        }
    }

    @Test
    void deletesNothingUnlessComponentsStop() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            Control lazy = new Control(scene) {
                @Override
                public CompletableFuture<Void> stop(List<Component> components) {
                    return CompletableFuture.completedFuture(null);
                }
            };
            RestoreClient restore = scene.scene()
                    .client()
                    .restore(scene.settings().control(lazy).build());
            RestorePlan plan = restore.plan(scene.backupId()).join();
            int before = scene.requests();

            RestoreFailedException failed = RestoreScene.failure(restore.execute(plan));

            assertThat(failed).hasMessageContaining("Stopping the components did not end within 7200 s");
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void incompleteControlForbidsTheRestore() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            Control lacking = new Control(scene) {
                @Override
                public List<String> problems(List<Component> components, ZeebeRestore zeebe) {
                    return List.of("No command to start " + components + " on " + zeebe.nodeIds());
                }
            };
            RestoreSettings.Builder settings = scene.settings().brokers(2);
            RestoreClient without = scene.scene().client().restore(settings.build());
            RestoreClient with =
                    scene.scene().client().restore(settings.control(lacking).build());
            scene.stop();
            RestorePlan earlier = without.plan(scene.backupId()).join();
            int before = scene.requests();

            RestorePlan plan = with.plan(scene.backupId()).join();

            assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
                assertThat(obstacle.code()).isEqualTo(Obstacle.Code.CONTROL_INCOMPLETE);
                assertThat(obstacle.message()).contains("WEB_APPLICATIONS", "ZEEBE", "[0, 1]");
            });
            for (RestorePlan each : List.of(plan, earlier)) {
                RestoreFailedException refused = RestoreScene.failure(with.execute(each));

                assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(refused).hasMessageContainingAll("CONTROL_INCOMPLETE", "No command to start");
            }
            assertThat(lacking.calls).isEmpty();
            assertThat(scene.changes(before)).isEmpty();
            assertThat(scene.plan(scene.settings().scratchPrefix("scratch-").control(lacking))
                            .obstacles())
                    .isEmpty();
        }
    }

    @Test
    void failureOfZeebesRestoreLeavesComponentsStopped() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            Control control = new Control(scene) {
                @Override
                public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
                    return CompletableFuture.failedFuture(new CamundaBackupException("BackupNotFoundException"));
                }
            };
            RestoreClient restore = scene.scene()
                    .client()
                    .restore(scene.settings().control(control).build());

            RestoreFailedException failed = RestoreScene.failure(
                    restore.execute(restore.plan(scene.backupId()).join()));

            assertThat(failed).hasMessageContaining("BackupNotFoundException");
            assertThat(control.calls).containsExactly("stop");
            assertThat(failed.report().indices())
                    .allSatisfy(index -> assertThat(index.state()).isEqualTo(State.RESTORED));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void emptyEngineNeedsOnlyTheRepository(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.stop();
            SnapshotStore store = scene.scene().client().snapshotStore();
            store.deleteIndices(scene.documents().keySet()).join();
            RestoreClient restore = RestoreClient.create(
                    store, RestoreSettings.defaults(), scene.scene().resources());

            RestorePlan plan = restore.plan(scene.backupId()).join();
            RestoreReport report = restore.execute(plan).completion().join();

            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.deletions()).isEmpty();
            assertThat(plan.zeebe().partitions()).hasValue(3);
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("it is not checked"));
            assertThat(report.deleted()).isEmpty();
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @Test
    void listenersSeeTheStepsInOrder() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            List<Step> steps = Collections.synchronizedList(new ArrayList<>());
            RestoreListener listener = new RestoreListener() {
                @Override
                public void progress(BackupId backupId, RestoreStatus status) {
                    if (steps.isEmpty() || steps.get(steps.size() - 1) != status.step()) {
                        steps.add(status.step());
                    }
                }

                @Override
                public void ended(RestoreReport report) {
                    steps.add(Step.ENDED);
                }
            };

            scene.restore(scene.settings().control(new Control(scene)).listener(listener));

            assertThat(steps).containsExactly(Step.values());
        }
    }

    private static List<String> indices(List<SnapshotRestore> snapshots) {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.indices().stream())
                .toList();
    }

    private static List<Obstacle.Code> codes(RestorePlan plan) {
        return plan.obstacles().stream().map(Obstacle::code).toList();
    }

    /** Somebody who stops and starts a simulated cluster. */
    private static class Control implements ClusterControl {
        private final RestoreScene scene;
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

        Control(RestoreScene scene) {
            this.scene = scene;
        }

        @Override
        public CompletableFuture<Void> stop(List<Component> components) {
            return call("stop", scene::stop);
        }

        @Override
        public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
            return call("zeebe " + zeebe.backupId() + " on " + zeebe.nodeIds(), () -> {});
        }

        @Override
        public CompletableFuture<Void> start(List<Component> components) {
            return call("start", scene::start);
        }

        private CompletableFuture<Void> call(String name, Runnable work) {
            calls.add(name);
            work.run();
            return CompletableFuture.completedFuture(null);
        }
    }
}
