package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.consistency.Verdict;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Files are lost from the repository's storage, on each engine: what is whole must be found and restored all the same.
 */
class DamagedRepositoryTest extends AbstractEngineTest {
    private RestoreScene scene(CamundaLine line) {
        return new RestoreScene(line, engine(), stores());
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void restoresTheGoodBackupBesideADamagedOne(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            BackupId damaged = later(scene);
            scene.scene().cluster().faults().damage(snapshot(scene, damaged, "1_of"), SnapshotDamage.DESCRIPTION);
            scene.stop();
            SnapshotStore store = scene.scene().client().snapshotStore();
            store.deleteIndices(scene.documents().keySet()).join();
            ConsistencyChecker checker =
                    ConsistencyChecker.of(store, scene.scene().resources());
            RestoreClient restore = RestoreClient.create(
                    store, RestoreSettings.defaults(), scene.scene().resources());

            BackupId latest = checker.latestRestorable().join().orElseThrow().backupId();
            RestorePlan plan = restore.plan(latest).join();

            assertThat(latest).isEqualTo(scene.backupId());
            assertThat(plan.obstacles()).isEmpty();
            assertThat(restore.execute(plan).completion().join().outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void damageIsAFindingOfItsOwnBackupOnly(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            BackupId damaged = later(scene);
            scene.scene().cluster().faults().damage(snapshot(scene, damaged, "1_of"), SnapshotDamage.DESCRIPTION);

            List<ConsistencyReport> all =
                    scene.scene().client().consistency().checkAll().join();

            assertThat(all).extracting(ConsistencyReport::backupId).containsExactly(damaged, scene.backupId());
            assertThat(all.get(0))
                    .isUnverifiable()
                    .hasOnlyFindings(FindingCode.SNAPSHOT_UNREADABLE, FindingCode.RECORDS_NOT_PROVABLE)
                    .satisfies(report -> assertThat(report.isRestorable()).isFalse());
            assertThat(all.get(1).verdict()).isEqualTo(Verdict.CONSISTENT);
        }
    }

    @Test
    void unreadableRecordsAreNotTakenForSomebodyElses() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.scene()
                    .cluster()
                    .faults()
                    .damage("camunda_zeebe_records_backup_" + scene.backupId(), SnapshotDamage.DESCRIPTION);

            ConsistencyReport report =
                    scene.scene().client().consistency().check(scene.backupId()).join();

            assertThat(report).hasFinding(FindingCode.SNAPSHOT_UNREADABLE, Component.ZEEBE_RECORDS);
            assertThat(report.has(FindingCode.NO_MANIFEST)).isFalse();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void unreadableSnapshotForbidsTheRestore(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            String name = snapshot(scene, scene.backupId(), "1_of");
            scene.scene().cluster().faults().damage(name, SnapshotDamage.DESCRIPTION);
            scene.stop();

            assertThat(scene.plan(scene.settings().acceptFinding(FindingCode.SNAPSHOT_UNREADABLE))
                            .obstacles())
                    .filteredOn(obstacle -> obstacle.code() == Obstacle.Code.SNAPSHOT_UNUSABLE)
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.message()).contains(name, "cannot be read"));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void unreadableShardsForbidTheRestoreOfASuccess(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            String name = snapshot(scene, scene.backupId(), "1_of");
            scene.scene().cluster().faults().damage(name, SnapshotDamage.SHARDS);
            scene.stop();
            int before = scene.requests();
            RestoreClient restore = scene.scene().client().restore();

            RestorePlan plan = restore.plan(scene.backupId()).join();

            assertThat(plan.consistency()).isRestorable();
            assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
                assertThat(obstacle.code()).isEqualTo(Obstacle.Code.SNAPSHOT_UNUSABLE);
                assertThat(obstacle.message()).contains(name, "shards", "Restore another backup");
            });
            assertThat(RestoreScene.failure(restore.execute(plan)).report().outcome())
                    .isEqualTo(Outcome.REFUSED);
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void warnsOfShardsThatTheAccountMayNotLookInto() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.stop();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.get("/_snapshot/*/*/_status"))
                    .always()
                    .answer(Fault.status(403));

            RestorePlan plan = scene.plan();

            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.warnings())
                    .anySatisfy(
                            warning -> assertThat(warning).startsWith("Not verified whether the snapshots' shards"));
        }
    }

    @Test
    void noNewBackupBuildsUponDamagedFiles() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            String name = snapshot(scene, scene.backupId(), "1_of");
            scene.scene().cluster().faults().damage(name, SnapshotDamage.DESCRIPTION);
            scene.scene().time().delay(Duration.ofMinutes(10)).join();

            assertThat(scene.scene().failToBackUp())
                    .hasMessageContaining("1 snapshots whose files cannot be read, the first of them " + name);
        }
    }

    private static BackupId later(RestoreScene scene) {
        scene.scene().time().delay(Duration.ofMinutes(10)).join();
        return scene.scene().backUp().backupId();
    }

    /** A part of the web applications, which every line has. */
    private static String snapshot(RestoreScene scene, BackupId backupId, String part) {
        return scene.scene().client().restore().plan(backupId).join().snapshots().stream()
                .map(snapshot -> snapshot.name().toString())
                .filter(name -> name.contains("_part_" + part) && !name.contains("optimize"))
                .findFirst()
                .orElseThrow();
    }
}
