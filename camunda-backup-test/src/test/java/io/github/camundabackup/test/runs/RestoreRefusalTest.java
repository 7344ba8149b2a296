package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.BackupFate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What a plan refuses, warns of and lets pass, on each engine. */
class RestoreRefusalTest extends AbstractEngineTest {
    private RestoreScene scene(CamundaLine line) {
        return new RestoreScene(line, engine(), stores());
    }

    @Test
    void refusesAnotherClusterWhosePrefixesBeginAlike() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            snapshot(scene, "camunda_operate_4711_8.6.0_part_1_of_1", "operate-test-list-view-8.3.0_");
            snapshot(scene, "camunda_tasklist_4711_8.6.0_part_1_of_1", "tasklist-test-task-8.5.0_");
            snapshot(scene, "camunda_zeebe_records_backup_4711", RestoreScene.STRANGERS_RECORDS);
            scene.stop();

            RestorePlan plan =
                    scene.scene().client().restore().plan(BackupId.of(4711)).join();

            assertThat(plan.obstacles())
                    .filteredOn(obstacle -> obstacle.code() == Obstacle.Code.OTHER_INDEX_PREFIX)
                    .extracting(Obstacle::message)
                    .satisfiesExactlyInAnyOrder(
                            operate -> assertThat(operate).contains("Operate", "operate-test-list-view-8.3.0_"),
                            tasklist -> assertThat(tasklist).contains("Tasklist", "tasklist-test-task-8.5.0_"),
                            records -> assertThat(records).contains(RestoreScene.STRANGERS_RECORDS));
        }
    }

    @Test
    void templatesOfAnotherClusterDoNotCount() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            // What is left begins with operate-, as do those of a cluster with the prefix operate-test.
            List.of("import-position", "list-view", "process")
                    .forEach(name -> scene.web().delete("/_index_template/operate-" + name + "-*"));
            scene.stop();

            assertThat(scene.plan().obstacles()).singleElement().satisfies(obstacle -> {
                assertThat(obstacle.code()).isEqualTo(Obstacle.Code.TEMPLATES_MISSING);
                assertThat(obstacle.message()).contains("Operate").doesNotContain("Tasklist");
            });
        }
    }

    @Test
    void onePrefixMayStandForAllWebApplications() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            snapshot(scene, "camunda_webapps_4711_8.8.0_part_1_of_1", "prod-operate-list-view-8.3.0_");
            scene.stop();

            RestorePlan plan = scene.scene()
                    .client()
                    .restore(scene.settings()
                            .indexPrefixes(Component.WEB_APPLICATIONS, "prod-")
                            .build())
                    .plan(BackupId.of(4711))
                    .join();

            assertThat(plan.obstacles()).extracting(Obstacle::code).doesNotContain(Obstacle.Code.OTHER_INDEX_PREFIX);
        }
    }

    @Test
    void componentAddedSinceCanBeAccepted() {
        try (RestoreScene scene = new RestoreScene(Scene.of(
                        CamundaLine.V8_8,
                        engine(),
                        stores(),
                        SimulatedCluster.Builder::withoutOptimize,
                        client -> client));
                CamundaBackupClient client = Scene.client(
                                scene.scene().cluster(), stores(), scene.scene().resources())
                        .optimize(Endpoint.of(URI.create("http://127.0.0.1:1")))
                        .build()) {
            scene.stop();

            RestorePlan plan = client.restore().plan(scene.backupId()).join();

            assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
                assertThat(obstacle.code()).isEqualTo(Obstacle.Code.COMPONENT_NOT_IN_BACKUP);
                assertThat(obstacle.message()).contains("Optimize");
            });
            assertThat(client.restore(scene.settings()
                                    .accept(Obstacle.Code.COMPONENT_NOT_IN_BACKUP)
                                    .build())
                            .plan(scene.backupId())
                            .join()
                            .obstacles())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARTIAL", "FAILS", "INCOMPATIBLE"})
    void snapshotThatIsNoSuccessCannotBeAccepted(BackupFate fate) {
        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, engine(), stores())) {
            scene.cluster().faults().fate(Component.OPERATE, fate);
            BackupId backupId = scene.failToBackUp().report().backupId();
            // The other components go on: both plans must see the same.
            scene.time().delay(Duration.ofMinutes(1)).join();
            RestoreSettings.Builder settings = RestoreSettings.builder().accept(Obstacle.Code.COMPONENTS_RUN);
            scene.client()
                    .restore(settings.build())
                    .plan(backupId)
                    .join()
                    .obstacles()
                    .forEach(obstacle -> obstacle.finding().ifPresent(settings::acceptFinding));

            RestorePlan plan =
                    scene.client().restore(settings.build()).plan(backupId).join();

            assertThat(plan.obstacles())
                    .filteredOn(obstacle -> obstacle.code() == Obstacle.Code.SNAPSHOT_UNUSABLE)
                    .extracting(Obstacle::message)
                    .anySatisfy(message ->
                            assertThat(message).contains("camunda_operate_" + backupId, "Only one that is SUCCESS"));
            assertThat(plan.obstacles()).extracting(Obstacle::code).doesNotContain(Obstacle.Code.NOT_CONSISTENT);
        }
    }

    @Test
    void indexInTwoSnapshotsForbidsTheRestore() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            String twice = "operate-list-view-8.3.0_";
            snapshot(scene, "camunda_operate_" + scene.backupId() + "_8.6.0_part_7_of_7", twice);
            scene.stop();

            assertThat(scene.plan().obstacles())
                    .filteredOn(obstacle -> obstacle.code() == Obstacle.Code.SNAPSHOT_UNUSABLE)
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.message())
                            .contains(twice, "part_2_of_6", "part_7_of_7", "two snapshots"));
        }
    }

    @Test
    void saysThatTheRepositoryIsNotRegistered() {
        try (RestoreScene scene = scene(CamundaLine.V8_8);
                SnapshotStore elsewhere = stores().create(
                                Endpoint.of(scene.scene().cluster().searchEngineUri()),
                                "elsewhere",
                                scene.scene().resources())) {
            RestoreClient restore = RestoreClient.create(
                    elsewhere, RestoreSettings.defaults(), scene.scene().resources());

            assertThatThrownBy(() -> restore.plan(scene.backupId()).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            SnapshotStoreException.class,
                            error -> assertThat(error.reason())
                                    .isEqualTo(SnapshotStoreException.Reason.REPOSITORY_MISSING))
                    .hasMessageContaining("elsewhere");
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void restoresTheLatestBackupIntoAnotherEngine(CamundaLine line) {
        try (RestoreScene scene = scene(line);
                SimulatedCluster empty = SimulatedCluster.builder()
                        .scratchEngineOf(scene.scene().cluster())
                        .build();
                SnapshotStore store = stores().create(
                                Endpoint.of(empty.searchEngineUri()),
                                empty.repository(),
                                scene.scene().resources())) {
            Map<String, Long> backedUp = scene.backedUp();
            RestoreClient restore = RestoreClient.create(
                    store,
                    RestoreSettings.builder()
                            .accept(Obstacle.Code.TEMPLATES_MISSING)
                            .build(),
                    scene.scene().resources());

            BackupId latest = ConsistencyChecker.of(store, scene.scene().resources())
                    .latestRestorable()
                    .join()
                    .orElseThrow()
                    .backupId();
            RestorePlan plan = restore.plan(latest).join();

            assertThat(plan.deletions()).isEmpty();
            assertThat(restore.execute(plan).completion().join().outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(store.documentCounts(backedUp.keySet()).join()).isEqualTo(backedUp);
        }
    }

    @Test
    void runningComponentsAndAnotherVersionCanBeAccepted() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            RestorePlan plan = scene.plan(scene.settings().installedVersion("8.8.1"));
            RestorePlan accepted = scene.plan(scene.settings()
                    .installedVersion("8.8.1")
                    .accept(Obstacle.Code.COMPONENTS_RUN)
                    .accept(Obstacle.Code.VERSION_MISMATCH));

            assertThat(plan.obstacles())
                    .extracting(Obstacle::code)
                    .containsOnly(Obstacle.Code.COMPONENTS_RUN, Obstacle.Code.VERSION_MISMATCH);
            assertThat(accepted.obstacles()).isEmpty();
            assertThat(accepted.warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("Accepted: COMPONENTS_RUN"))
                    .anySatisfy(warning -> assertThat(warning).startsWith("Accepted: VERSION_MISMATCH"));
        }
    }

    @Test
    void planSaysWhatWasNotCompared() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            assertThat(scene.plan().warnings())
                    .anySatisfy(warning ->
                            assertThat(warning).startsWith("Not compared").contains("8.6.0", "(3)"));
            assertThat(scene.plan(scene.settings().installedVersion("8.6.0").partitions(3))
                            .warnings())
                    .noneMatch(warning -> warning.startsWith("Not compared"));
            assertThat(scene.plan(scene.settings().scratchPrefix("scratch-")).warnings())
                    .noneMatch(warning -> warning.startsWith("Not compared"));
        }
    }

    @Test
    void zeebesVersionCountsAndOtherPatchesAreNamed() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            String operate = "camunda_operate_" + scene.backupId() + "_8.6.0_part_%d_of_6";
            for (int part = 1; part <= 6; part++) {
                SnapshotStore store = scene.scene().client().snapshotStore();
                List<String> indices =
                        store.get(operate.formatted(part)).join().orElseThrow().indices();
                store.deleteSnapshot(operate.formatted(part)).join();
                take(scene, operate.formatted(part).replace("8.6.0", "8.6.2"), indices);
            }

            RestorePlan plan = scene.plan(scene.settings().installedVersion("8.6.0"));

            assertThat(plan.obstacles()).extracting(Obstacle::code).doesNotContain(Obstacle.Code.VERSION_MISMATCH);
            assertThat(plan.warnings())
                    .anySatisfy(warning ->
                            assertThat(warning).contains("Operate must be installed in version 8.6.2, not in 8.6.0"));
            assertThat(scene.plan(scene.settings().installedVersion("8.6.2")).obstacles())
                    .extracting(Obstacle::code)
                    .contains(Obstacle.Code.VERSION_MISMATCH);
        }
    }

    @Test
    void replacedSnapshotMakesThePlanOutdated() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.stop();
            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(scene.backupId()).join();
            String records = "camunda_zeebe_records_backup_" + scene.backupId();
            SnapshotStore store = scene.scene().client().snapshotStore();
            List<String> indices = store.get(records).join().orElseThrow().indices();
            store.deleteSnapshot(records).join();
            take(scene, records, indices);
            int before = scene.requests();

            RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

            assertThat(refused).hasMessageContaining("PLAN_OUTDATED").hasMessageContaining("no longer those");
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    /** A snapshot of one index, which is made for it. */
    private static void snapshot(RestoreScene scene, String name, String index) {
        scene.web().write(index, "1");
        take(scene, name, List.of(index));
    }

    private static void take(RestoreScene scene, String name, List<String> indices) {
        SnapshotRequest.Builder request = SnapshotRequest.builder(name).allowEmpty();
        (indices.isEmpty() ? List.of("none-*") : indices).forEach(request::index);
        scene.scene().client().snapshotStore().createSnapshot(request.build()).join();
        scene.scene().time().delay(Duration.ofMinutes(1)).join();
    }
}
