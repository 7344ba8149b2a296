package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.consistency.PartitionProof;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The proof that no record is missing, on whole backups under load: of good ones, and of those that are made wrong on
 * purpose.
 */
class PositionsTest extends AbstractEngineTest {
    private static final int PARTITIONS = 3;
    /** As recorded: the only partition whose backup holds a snapshot. The others export all of their logs again. */
    private static final int WITH_SNAPSHOT = 1;

    private static final String SCRATCH = "consistency-check-";

    // Good backups

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void runWritesDownHowFarTheRecordsGo(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            BackupManifest manifest = manifest(scene, scene.backUp().backupId());

            assertThat(manifest.recordPositions()).hasSize(PARTITIONS);
            manifest.exportedPositions()
                    .forEach((partition, confirmed) -> assertThat(
                                    manifest.recordPositions().get(partition))
                            .isGreaterThan(confirmed));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void aBackupUnderLoadIsProvenAtAnyDepthAndNothingIsLeftBehind(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            BackupReport backup = scene.backUp();
            List<String> before = indices(scene);
            scene.cluster().load(20);

            for (Depth depth : Depth.values()) {
                assertThat(check(scene, backup.backupId(), depth))
                        .isConsistent()
                        .hasOnlyFindings()
                        .provesEveryPartition();
            }
            assertThat(scene.client()
                            .consistency()
                            .check(backup, Depth.POSITIONS)
                            .join())
                    .isConsistent();

            assertThat(indices(scene)).isEqualTo(before);
        }
    }

    @Test
    void theRecordsAloneProveABackupWhoseLeadersCouldNotBeAsked() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            BackupId id = scene.backUp().backupId();
            replaceRecords(scene, id, "exportedPositions", "recordPositions");

            ConsistencyReport report = check(scene, id, Depth.POSITIONS);

            assertThat(report).isConsistent().hasOnlyFindings().provesEveryPartition();
            assertThat(reason(report)).contains("the records go up to");
        }
    }

    @Test
    void recordsThatExportersLeaveOutDoNoHarm() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.cluster().load(20);
            scene.time().delay(Duration.ofMinutes(1)).join();
            BackupId id = scene.backUp().backupId();
            replaceRecords(scene, id, "exportedPositions", "recordPositions");

            ConsistencyReport report = check(scene, id, Depth.POSITIONS);

            assertThat(report).isConsistent().provesEveryPartition();
            assertThat(reason(report)).contains("the search engine holds none");
            String record = indices(scene).stream()
                    .filter(index -> index.startsWith("zeebe-record_"))
                    .findFirst()
                    .orElseThrow();
            scene.client().snapshotStore().deleteIndices(List.of(record)).join();
            assertThat(check(scene, id, Depth.POSITIONS))
                    .as("retention has deleted an index, so that the engine is no witness any more")
                    .hasFinding(FindingCode.RECORDS_NOT_PROVABLE);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void withoutACamundaTheSnapshotItselfIsAskedButNothingIsProven(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            BackupId id = scene.backUp().backupId();
            ConsistencyChecker checker = ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources());

            ConsistencyReport report = checker.check(id, Depth.POSITIONS).join();

            assertThat(report)
                    .hasOnlyFindings(FindingCode.NOT_ASKED, FindingCode.RECORDS_NOT_PROVABLE)
                    .isRestorable();
            assertThat(report.partitions())
                    .hasSize(PARTITIONS)
                    .allSatisfy(proof -> assertThat(proof.reason()).contains("has no gap"));
        }
    }

    // Backups made wrong on purpose

    @Test
    void recordsTakenBeforeThePauseAreConvicted() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            BackupId id = BackupId.of(1_000);
            CamundaCluster camunda = scene.client().cluster().join();
            camunda.snapshotClients().forEach(client -> {
                client.take(id).join();
                client.awaitCompletion(id, Duration.ofHours(1), progress -> {}).join();
            });
            scene.cluster().load(20);
            snapshot(scene, id, Map.of());
            scene.cluster().load(20);
            camunda.exporting().softPause().join();
            camunda.zeebe().take(id).join();
            camunda.zeebe()
                    .awaitCompletion(id, Duration.ofHours(1), progress -> {})
                    .join();
            camunda.exporting().resume().join();

            ConsistencyReport report = check(scene, id, Depth.POSITIONS);

            assertThat(report).isInconsistent().hasFinding(FindingCode.RECORDS_MISSING, Component.ZEEBE_RECORDS);
            assertViolated(report, WITH_SNAPSHOT);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void recordsTakenAfterZeebesBackupAreConvicted(CamundaLine line) {
        try (Scene scene = underLoad(line)) {
            BackupId id = scene.backUp().backupId();
            scene.cluster().load(20);
            replaceRecords(scene, id);

            ConsistencyReport report = check(scene, id, Depth.POSITIONS);

            assertThat(report).isInconsistent().hasFinding(FindingCode.RECORDS_FROM_THE_FUTURE, Component.ZEEBE);
            assertViolated(report, 1, 2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anOlderBackupOfOnePartitionIsConvictedByTheManifestAlone(int partition) {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            BackupId older = scene.backUp().backupId();
            scene.cluster().load(20);
            scene.time().delay(Duration.ofMinutes(1)).join();
            BackupId id = scene.backUp().backupId();
            scene.cluster().faults().olderPartition(id, partition, older);

            ConsistencyReport report = check(scene, id, Depth.METADATA);

            assertThat(report).isInconsistent().hasFinding(FindingCode.RECORDS_FROM_THE_FUTURE, Component.ZEEBE);
            assertViolated(report, partition);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void convictsARecordThatIsMissingInTheMiddle(CamundaLine line) {
        try (Scene scene = scene(line)) {
            scene.cluster().load(40);
            EngineWeb web = new EngineWeb(scene.cluster().searchEngineUri());
            String lost = web.find("zeebe-record_*", WITH_SNAPSHOT + "-").get(10);
            web.delete(lost);
            BackupId id = scene.backUp().backupId();

            assertThat(check(scene, id, Depth.METADATA)).isConsistent();
            ConsistencyReport report = check(scene, id, Depth.POSITIONS);
            ConsistencyReport alone = ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources())
                    .check(id, Depth.POSITIONS)
                    .join();

            assertThat(report).isInconsistent().hasFinding(FindingCode.RECORDS_MISSING, Component.ZEEBE_RECORDS);
            assertViolated(report, WITH_SNAPSHOT);
            assertThat(alone).isInconsistent().hasFinding(FindingCode.RECORDS_MISSING);
            assertViolated(alone, WITH_SNAPSHOT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"operate", "tasklist"})
    void anApplicationThatIsAheadOfTheRecordsIsNotTrusted(String application) {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            Component component = application.equals("operate") ? Component.OPERATE : Component.TASKLIST;
            String index = indices(scene).stream()
                    .filter(name -> name.startsWith(application + "-import-position"))
                    .findFirst()
                    .orElseThrow();
            BackupId before = scene.backUp().backupId();
            long checkpoint = checkpoint(scene, before);
            EngineWeb web = new EngineWeb(scene.cluster().searchEngineUri());
            web.send(
                    "PUT",
                    "/" + index + "/_doc/x",
                    "{\"partitionId\":1,\"position\":" + (checkpoint + 1_000_000) + "}");
            scene.time().delay(Duration.ofMinutes(1)).join();

            BackupId id = scene.backUp().backupId();

            assertThat(check(scene, before, Depth.POSITIONS)).isConsistent();
            assertThat(check(scene, id, Depth.METADATA)).isConsistent();
            assertThat(check(scene, id, Depth.POSITIONS))
                    .isInconsistent()
                    .hasOnlyFindings(FindingCode.IMPORTED_FROM_THE_FUTURE)
                    .hasFinding(FindingCode.IMPORTED_FROM_THE_FUTURE, component);
        }
    }

    // When asking fails

    @Test
    void aSnapshotThatCannotBeAskedMakesTheBackupUnverifiable() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            BackupId id = scene.backUp().backupId();
            List<String> before = indices(scene);
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/" + SCRATCH + "**"))
                    .always()
                    .answer(Fault.status(500));

            ConsistencyReport report = check(scene, id, Depth.POSITIONS);

            assertThat(report)
                    .isUnverifiable()
                    .hasFinding(FindingCode.POSITIONS_NOT_READ, Component.ZEEBE_RECORDS)
                    .hasFinding(FindingCode.POSITIONS_NOT_READ, Component.OPERATE)
                    .hasFinding(FindingCode.POSITIONS_NOT_READ, Component.TASKLIST);
            assertThat(indices(scene)).isEqualTo(before);
        }
    }

    @Test
    void aStoreThatReadsNoRecordsMakesTheDeeperCheckUnverifiable() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            BackupId id = scene.backUp().backupId();
            SnapshotStore blind = new ForwardingSnapshotStore(scene.client().snapshotStore()) {
                @Override
                public Optional<ExportedRecords> exportedRecords() {
                    return Optional.empty();
                }
            };

            ConsistencyReport report = ConsistencyChecker.of(blind, scene.resources())
                    .check(id, Depth.POSITIONS)
                    .join();

            assertThat(report).isUnverifiable().hasOnlyFindings(FindingCode.NOT_ASKED, FindingCode.POSITIONS_NOT_READ);
            assertThat(report.isRestorable()).isFalse();
        }
    }

    @Test
    void whatAKilledCheckHasLeftIsSweptHoursLaterAndNothingElse() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            BackupId id = scene.backUp().backupId();
            List<String> before = indices(scene);
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.delete("/" + SCRATCH + "**"))
                    .always()
                    .answer(Fault.status(403));
            ConsistencyReport first = check(scene, id, Depth.POSITIONS);
            scene.cluster().faults().clear();
            assertThat(first).isConsistent().hasOnlyFindings(FindingCode.SCRATCH_LEFT_BEHIND);
            List<String> left = indices(scene);
            assertThat(left).hasSizeGreaterThan(before.size());

            check(scene, id, Depth.POSITIONS);
            assertThat(indices(scene))
                    .as("the check that made them may still run")
                    .isEqualTo(left);
            new EngineWeb(scene.cluster().searchEngineUri()).write(SCRATCH + "of-somebody-else", "1");
            scene.time().delay(Duration.ofHours(5)).join();
            check(scene, id, Depth.POSITIONS);

            assertThat(indices(scene))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(before.stream(), Stream.of(SCRATCH + "of-somebody-else"))
                                    .toList());
        }
    }

    @Test
    void runWithoutRecordsIsProvenByWhatWasConfirmed() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/zeebe-record_*/_search"))
                    .always()
                    .answer(Fault.status(500));

            BackupReport report = scene.backUp();
            BackupId id = report.backupId();

            assertThat(report.warnings())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("How far the exported records go could not be read", "status 500");
            assertThat(manifest(scene, id).recordPositions()).isEmpty();
            assertThat(check(scene, id, Depth.METADATA)).isConsistent().provesEveryPartition();
        }
    }

    @Test
    void theRunAsksForTheRecordsOnceAndBeforeTheirSnapshot() {
        try (Scene scene = underLoad(CamundaLine.UP_TO_8_7)) {
            scene.backUp();

            assertThat(scene.cluster().requests())
                    .extracting(request -> request.path().replace("%2A", "*"))
                    .filteredOn(path -> path.endsWith("_refresh")
                            || path.endsWith("_search")
                            || path.contains("camunda_zeebe_records_backup_"))
                    .startsWith("/zeebe-record_*/_refresh", "/zeebe-record_*/_search")
                    .filteredOn(path -> path.startsWith("/zeebe-record"))
                    .hasSize(2);
        }
    }

    private static String reason(ConsistencyReport report) {
        return report.partitions().stream()
                .filter(proof -> proof.partitionId() == WITH_SNAPSHOT)
                .map(PartitionProof::reason)
                .findFirst()
                .orElseThrow();
    }

    private static void assertViolated(ConsistencyReport report, Integer... partitions) {
        assertThat(report.partitions())
                .filteredOn(proof -> proof.result() == PartitionProof.Result.VIOLATED)
                .extracting(PartitionProof::partitionId)
                .containsExactly(partitions);
    }

    private static ConsistencyReport check(Scene scene, BackupId id, Depth depth) {
        return scene.client().consistency().check(id, depth).join();
    }

    private static BackupManifest manifest(Scene scene, BackupId id) {
        return BackupManifest.fromMetadata(records(scene, id).metadata()).orElseThrow();
    }

    private static SnapshotInfo records(Scene scene, BackupId id) {
        return scene.client()
                .snapshotStore()
                .get("camunda_zeebe_records_backup_" + id)
                .join()
                .orElseThrow();
    }

    private static long checkpoint(Scene scene, BackupId id) {
        return scene.client().cluster().join().zeebe().get(id).join().found().orElseThrow().partitions().stream()
                .mapToLong(partition -> partition.checkpointPosition().orElseThrow())
                .max()
                .orElseThrow();
    }

    /** Takes the records anew under the same name, with the same manifest but for some of it. */
    private static void replaceRecords(Scene scene, BackupId id, String... forgotten) {
        Map<String, String> metadata = new LinkedHashMap<>(records(scene, id).metadata());
        List.of(forgotten).forEach(metadata::remove);
        scene.client()
                .snapshotStore()
                .deleteSnapshot("camunda_zeebe_records_backup_" + id)
                .join();
        snapshot(scene, id, metadata);
    }

    private static void snapshot(Scene scene, BackupId id, Map<String, String> metadata) {
        SnapshotStore store = scene.client().snapshotStore();
        SnapshotRequest.Builder request =
                SnapshotRequest.builder("camunda_zeebe_records_backup_" + id).index("zeebe-record*");
        metadata.forEach(request::metadata);
        store.createSnapshot(request.build()).join();
        scene.time().delay(Duration.ofSeconds(2)).join();
    }

    private static List<String> indices(Scene scene) {
        return scene.client().snapshotStore().listIndices(List.of("*")).join().stream()
                .map(IndexInfo::name)
                .toList();
    }

    /** There is load before the backup, and while exporting is paused. */
    private Scene underLoad(CamundaLine line) {
        Scene scene = scene(line);
        scene.cluster().load(20);
        scene.cluster()
                .faults()
                .at(Scene.READING_RECORDS)
                .act(() -> scene.cluster().load(20));
        return scene;
    }

    private Scene scene(CamundaLine line) {
        return Scene.of(line, engine(), stores(), cluster -> cluster.partitions(PARTITIONS), client -> client);
    }
}
