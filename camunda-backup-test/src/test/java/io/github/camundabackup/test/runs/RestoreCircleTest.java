package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RecordRange;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulatedControl;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A simulated cluster loses everything, is restored, and goes on: on each engine. */
class RestoreCircleTest extends AbstractEngineTest {
    private static final String RECORDS = "zeebe-record*";
    private static final int LOAD = 20;
    private static final int PARTITIONS = 3;

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void everythingThatExistedAtTheBackupIsThereAndLifeGoesOn(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            Map<String, Long> applications = documents(scene, false);
            BackupReport backup = scene.backUp();
            Map<Integer, Long> atBackup = records(scene, checkpoints(backup));
            scene.cluster().load(LOAD);
            long atLoss = all(records(scene).values());

            scene.cluster().loseData();
            control(scene).start(control(scene).components()).join();
            RestoreReport report = restore(scene, backup.backupId());

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(documents(scene, false)).isEqualTo(applications);
            assertThat(records(scene))
                    .as("no record is younger than the backup")
                    .isEqualTo(atBackup);
            assertThat(all(atBackup.values())).isLessThan(atLoss);
            assertWhole(scene);

            scene.cluster().load(LOAD);

            assertThat(all(records(scene).values())).isEqualTo(all(atBackup.values()) + PARTITIONS * LOAD);
            assertWhole(scene);
            scene.cluster().invariants().assertHold(Invariant.NOTHING_IS_DELETED);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void aRestoredClusterIsBackedUpAndLostAndRestoredAgain(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            BackupId first = scene.backUp().backupId();
            scene.cluster().loseData();
            control(scene).start(control(scene).components()).join();
            restore(scene, first);
            scene.cluster().load(LOAD);
            scene.time().delay(Duration.ofMinutes(1)).join();
            BackupReport second = scene.backUp();
            Map<Integer, Long> atBackup = records(scene, checkpoints(second));

            assertThat(scene.client().consistency().check(second).join().isConsistent())
                    .isTrue();
            scene.cluster().loseData();
            control(scene).start(control(scene).components()).join();
            assertThat(restore(scene, second.backupId()).outcome()).isEqualTo(Outcome.COMPLETED);

            assertThat(records(scene)).isEqualTo(atBackup);
            assertWhole(scene);
        }
    }

    @Test
    void recordsThatWereExportedAfterTheirSnapshotAreExportedAgain() {
        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, engine(), stores())) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/backups").on(Server.ZEEBE))
                    .act(() -> scene.cluster().load(LOAD));
            BackupReport backup = scene.backUp();
            Map<Integer, Long> atBackup = records(scene, checkpoints(backup));

            control(scene).stop(control(scene).components()).join();
            RestoreReport report = restore(scene, backup.backupId());

            long inSnapshot = report.indices().stream()
                    .filter(index -> index.name().startsWith("zeebe-record"))
                    .mapToLong(index -> index.documents().orElseThrow())
                    .sum();
            assertThat(all(atBackup.values())).isEqualTo(inSnapshot + PARTITIONS * LOAD);
            assertThat(records(scene)).isEqualTo(atBackup);
            assertWhole(scene);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void lossLeavesTheRepositoryAndTheObjectStore(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            BackupId id = scene.backUp().backupId();

            scene.cluster().loseData();

            assertThat(scene.client().snapshotStore().listIndices(List.of("*")).join())
                    .isEmpty();
            assertThat(plan(scene, id).obstacles()).singleElement().satisfies(obstacle -> {
                assertThat(obstacle.code()).isEqualTo(Obstacle.Code.TEMPLATES_MISSING);
                assertThat(obstacle.message())
                        .contains(line.equals(CamundaLine.UP_TO_8_7) ? "camunda#32806" : "camunda#47007");
            });

            control(scene).start(control(scene).components()).join();

            assertThat(codes(plan(scene, id))).isEmpty();
            assertThat(plan(scene, id).consistency().isConsistent())
                    .as("Zeebe finds its part")
                    .isTrue();
            scene.cluster().load(1);
            assertThat(records(scene)).as("Zeebe has begun anew").isEqualTo(Map.of(1, 1L, 2, 1L, 3, 1L));
            assertWhole(scene);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void componentsThatAreStoppedRefuseConnectionsUntilTheyAreStarted(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            SimulatedControl control = control(scene);

            control.stop(control.components()).join();
            control.stop(control.components()).join();

            assertThatThrownBy(() -> scene.client().preflight().join()).hasMessageContaining("refused");
            control.start(control.components()).join();
            control.start(control.components()).join();
            scene.time().delay(Duration.ofMinutes(1)).join();
            assertThat(scene.client().preflight().join()).isEmpty();
        }
    }

    @Test
    void aStopEndsTheBackupThatRunsAndPositionsStandStillMeanwhile() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            BackupId id = BackupId.of(4711);
            SortedMap<Integer, Long> before =
                    exported(scene).highestPositions(RECORDS).join();
            scene.client().cluster().join().zeebe().take(id).join();
            scene.time().delay(Duration.ofSeconds(1)).join();

            control(scene).stop(List.of(Component.ZEEBE)).join();
            scene.time().delay(Duration.ofHours(1)).join();
            control(scene).start(List.of(Component.ZEEBE)).join();
            scene.time().delay(Duration.ofSeconds(1)).join();

            assertThat(scene.client().cluster().join().zeebe().get(id).join().found())
                    .hasValueSatisfying(backup -> assertThat(backup.toString()).contains("FAILED"));
            scene.cluster().load(1);
            exported(scene)
                    .highestPositions(RECORDS)
                    .join()
                    .forEach((partition, position) -> assertThat(position)
                            .isBetween(
                                    before.getOrDefault(partition, 0L) + 1, before.getOrDefault(partition, 0L) + 3600));
        }
    }

    @Test
    void zeebeIsNotRestoredFromABackupThatItDoesNotHave() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            BackupId id = scene.backUp().backupId();
            RestorePlan plan = plan(scene, id);
            scene.client().cluster().join().zeebe().delete(id).join();

            assertThat(failure(scene, plan))
                    .hasMessageContaining("Zeebe cannot be restored from backup " + id)
                    .hasMessageContaining("is not in Zeebe's object store, which holds []");
            assertThatThrownBy(() -> scene.client().preflight().join())
                    .as("nothing is started")
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void zeebeIsNotRestoredFromABackupThatIsNotComplete() {
        try (Scene scene = underLoad(CamundaLine.V8_8)) {
            scene.cluster().faults().failPartition(2);
            BackupId id = Scene.failure(scene.client().backup()).report().backupId();
            RestoreSettings.Builder settings = settings(scene);
            plan(scene, id).obstacles().forEach(obstacle -> obstacle.finding().ifPresent(settings::acceptFinding));
            RestoreClient restore = scene.client().restore(settings.build());

            RestoreFailedException failed =
                    RestoreScene.failure(restore.execute(restore.plan(id).join()));

            assertThat(failed)
                    .hasMessageContaining("it is FAILED in Zeebe's object store")
                    .hasMessageContaining("partition 2 is FAILED");
        }
    }

    @Test
    void restoresZeebeOnlyStoppedAndWithItsObjectStore() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            RestorePlan plan = plan(scene, scene.backUp().backupId());
            control(scene)
                    .stop(List.of(Component.ZEEBE, Component.OPERATE, Component.OPTIMIZE))
                    .join();

            assertThatThrownBy(() -> control(scene).restoreZeebe(plan.zeebe()).join())
                    .hasCauseInstanceOf(CamundaBackupException.class)
                    .hasMessageContaining("as long as [TASKLIST] accept connections");

            control(scene).stop(List.of(Component.TASKLIST)).join();
            scene.cluster().faults().objectStore(ObjectStoreState.REFUSING);
            assertThatThrownBy(() -> control(scene).restoreZeebe(plan.zeebe()).join())
                    .hasCauseInstanceOf(CamundaBackupException.class)
                    .hasMessageContaining("object store cannot be read");

            scene.cluster().faults().objectStore(ObjectStoreState.UP);
            control(scene).restoreZeebe(plan.zeebe()).join();
        }
    }

    @Test
    void whatCannotBeStoppedIsToldBeforeAnythingIs() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7);
                SimulationHost host = SimulationHost.create();
                SimulatedCluster shared = SimulatedCluster.builder().host(host).build();
                SimulatedCluster without =
                        SimulatedCluster.builder().withoutOptimize().build()) {
            RestorePlan plan = plan(scene, scene.backUp().backupId());

            assertThat(control(scene).problems(plan.components(), plan.zeebe())).isEmpty();
            assertThat(shared.control().problems(plan.components(), plan.zeebe()))
                    .singleElement()
                    .asString()
                    .contains("SimulationHost");
            assertThat(without.control().problems(plan.components(), plan.zeebe()))
                    .singleElement()
                    .asString()
                    .contains("[OPERATE, TASKLIST, ZEEBE], and not [OPTIMIZE]");
        }
    }

    @Test
    void aPauseThatWasLostWithTheClusterIsOver() {
        try (Scene scene = underLoad(CamundaLine.V8_8)) {
            scene.client().cluster().join().exporting().softPause().join();
            assertThat(scene.cluster().exportingPaused()).isTrue();

            scene.cluster().loseData();

            assertThat(scene.cluster().exportingPaused()).isFalse();
            scene.cluster().invariants().assertHold();
        }
    }

    /** There is load before the backup, and while exporting is paused. */
    private Scene underLoad(CamundaLine line) {
        Scene scene = Scene.of(line, engine(), stores());
        scene.cluster().load(LOAD);
        scene.cluster()
                .faults()
                .at(Scene.READING_RECORDS)
                .act(() -> scene.cluster().load(2 * LOAD));
        return scene;
    }

    private static SimulatedControl control(Scene scene) {
        return scene.cluster().control();
    }

    private static RestoreSettings.Builder settings(Scene scene) {
        return RestoreSettings.builder().control(control(scene)).partitions(PARTITIONS);
    }

    private static RestorePlan plan(Scene scene, BackupId id) {
        return scene.client().restore(settings(scene).build()).plan(id).join();
    }

    private static RestoreReport restore(Scene scene, BackupId id) {
        RestoreClient restore = scene.client().restore(settings(scene).build());
        return restore.execute(restore.plan(id).join()).completion().join();
    }

    private static RestoreFailedException failure(Scene scene, RestorePlan plan) {
        return RestoreScene.failure(
                scene.client().restore(settings(scene).build()).execute(plan));
    }

    private static List<Obstacle.Code> codes(RestorePlan plan) {
        return plan.obstacles().stream().map(Obstacle::code).distinct().toList();
    }

    /** The documents of each index but the journal: of those that hold records, or of all others. */
    private static Map<String, Long> documents(Scene scene, boolean records) {
        return scene.client().snapshotStore().listIndices(List.of("*")).join().stream()
                .filter(index -> !index.name().equals("hot-backup-journal"))
                .filter(index -> index.name().startsWith("zeebe-record") == records)
                .collect(Collectors.toMap(IndexInfo::name, IndexInfo::documents));
    }

    private static Map<Integer, Long> checkpoints(BackupReport backup) {
        return backup.step(Component.ZEEBE).orElseThrow().partitions().stream()
                .collect(Collectors.toMap(
                        partition -> partition.partitionId(),
                        partition -> partition.checkpointPosition().orElseThrow()));
    }

    /** How many records there are of each partition. */
    private static Map<Integer, Long> records(Scene scene) {
        return records(scene, exported(scene).highestPositions(RECORDS).join());
    }

    private static Map<Integer, Long> records(Scene scene, Map<Integer, Long> upTo) {
        return upTo.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        bound -> exported(scene)
                                .count(RECORDS, bound.getKey(), 0, bound.getValue(), Optional.empty())
                                .join()));
    }

    private static void assertWhole(Scene scene) {
        ExportedRecords exported = exported(scene);
        List<RecordRange> ranges = exported.ranges(
                        RECORDS, exported.highestPositions(RECORDS).join())
                .join();
        assertThat(ranges).isNotEmpty().allSatisfy(range -> {
            assertThat(range.missing()).as(range.toString()).isZero();
        });
        assertThat(ranges.stream().mapToLong(RecordRange::count).sum())
                .as("records with a number")
                .isEqualTo(all(documents(scene, true).values()));
    }

    private static ExportedRecords exported(Scene scene) {
        return scene.client().snapshotStore().exportedRecords().orElseThrow();
    }

    private static long all(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
