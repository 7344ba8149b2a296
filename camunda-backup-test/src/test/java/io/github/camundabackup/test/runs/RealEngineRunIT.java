package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.drill.RestoredBackup;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.SharedEngine;
import io.github.camundabackup.test.runs.DrillSubjects.EverythingIsThere;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A whole backup whose snapshots a real search engine makes; Camunda itself is simulated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class RealEngineRunIT extends AbstractEngineTest {
    private EngineProcess process;

    @BeforeAll
    void use(EngineProcess engine) {
        process = engine;
    }

    @AfterEach
    void deleteIndices() {
        try (ClientResources resources = ClientResources.create();
                SnapshotStore store = stores().create(Endpoint.of(process.uri()), "none", resources)) {
            List<String> names = store.listIndices(List.of("*")).join().stream()
                    .map(IndexInfo::name)
                    .toList();
            store.deleteIndices(names).join();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void consistentUntilASnapshotIsLost(CamundaLine line) {
        String repository = "check_" + line.id().replace('.', '_');
        process.registerRepository(repository, "");
        try (SimulatedCluster cluster = cluster(line, repository);
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            BackupReport report = client.backup().completion().join();

            assertThat(client.consistency().check(report.backupId()).join())
                    .isConsistent()
                    .provesEveryPartition();
            assertThat(ConsistencyChecker.of(client.snapshotStore(), resources)
                            .latestRestorable()
                            .join()
                            .orElseThrow())
                    .isRestorable()
                    .hasOnlyFindings(FindingCode.NOT_ASKED);

            StepReport last = report.steps().get(report.steps().size() - 2);
            assertThat(last.component()).isEqualTo(Component.ZEEBE_RECORDS);
            String part = report.steps().get(0).snapshots().get(0);
            client.snapshotStore().deleteSnapshot(part).join();
            assertThat(client.consistency().check(report.backupId()).join())
                    .isInconsistent()
                    .hasFinding(FindingCode.PART_MISSING, report.steps().get(0).component());

            client.snapshotStore().deleteSnapshot(last.snapshots().get(0)).join();
            assertThat(client.consistency().check(report.backupId()).join())
                    .hasFinding(FindingCode.COMPONENT_MISSING, Component.ZEEBE_RECORDS);
            assertThat(client.consistency().latestRestorable().join()).isEmpty();
        }
    }

    private SimulatedCluster cluster(CamundaLine line, String repository) {
        return Scene.cluster(process, engine(), line, repository).build();
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void everySnapshotIsThereAndComplete(CamundaLine line) {
        String repository = "run_" + line.id().replace('.', '_');
        process.registerRepository(repository, "");
        try (SimulatedCluster cluster = cluster(line, repository);
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {

            BackupReport report = client.backup().completion().join();

            List<SnapshotInfo> snapshots = Collections.synchronizedList(new ArrayList<>());
            client.snapshotStore().list(List.of("camunda_*"), snapshots::add).join();
            String outcome = SnapshotName.outcome(report.backupId());
            List<String> reported = Stream.concat(
                            report.steps().stream().flatMap(step -> step.snapshots().stream()), Stream.of(outcome))
                    .toList();
            assertThat(snapshots)
                    .filteredOn(snapshot -> snapshot.name().equals(outcome))
                    .singleElement()
                    .satisfies(snapshot -> {
                        RunOutcome written = RunOutcome.fromMetadata(snapshot.metadata());
                        assertThat(written.whole()).isTrue();
                        assertThat(written.pauseHeld()).isTrue();
                        assertThat(written.resumedAt()).isEqualTo(report.pause().resumedAt());
                    });
            assertThat(snapshots)
                    .allSatisfy(snapshot -> {
                        assertThat(snapshot.state()).isEqualTo(SnapshotState.SUCCESS);
                        assertThat(snapshot.shardsFailed()).isZero();
                    })
                    .extracting(SnapshotInfo::name)
                    .containsExactlyInAnyOrderElementsOf(reported);
            assertThat(report.step(Component.ZEEBE_RECORDS)
                            .map(StepReport::snapshots)
                            .orElseThrow())
                    .singleElement()
                    .satisfies(name -> assertThat(client.snapshotStore()
                                    .get(name)
                                    .join()
                                    .orElseThrow()
                                    .indices())
                            .isNotEmpty()
                            .allSatisfy(index -> assertThat(index).startsWith("zeebe-record")));
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            cluster.invariants().assertHold();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void restoreBringsBackWhatTheBackupHolds(CamundaLine line) {
        String repository = "restore_" + line.id().replace('.', '_');
        process.registerRepository(repository, "");
        try (SimulatedCluster cluster = cluster(line, repository);
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            restoreBringsBack(client.backup().completion().join().backupId(), cluster, client);
        }
    }

    @Tag(EngineUnderTest.EVERY_VERSION)
    @Test
    void restoreBringsBackWhatIsProven() {
        process.registerRepository("circle", "");
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7, "circle");
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            cluster.load(40);
            BackupId id = client.backup().completion().join().backupId();

            assertThat(client.consistency().check(id, Depth.POSITIONS).join())
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
            restoreBringsBack(id, cluster, client);
        }
    }

    private void restoreBringsBack(BackupId backupId, SimulatedCluster cluster, CamundaBackupClient client) {
        SnapshotStore store = client.snapshotStore();
        Map<String, Long> backedUp = documents(store);
        String first = backedUp.keySet().iterator().next();
        EngineWeb web = new EngineWeb(process.uri());
        web.write(first, "later");
        web.write(RestoreScene.NEXT_DAY, "later");
        Scene.stop(cluster);

        assertThat(client.restore().plan(backupId).join().obstacles())
                .as("one node, and no application has made templates")
                .extracting(Obstacle::code)
                .containsOnly(Obstacle.Code.TOO_FEW_DATA_NODES, Obstacle.Code.TEMPLATES_MISSING);
        RestoreClient restore = client.restore(accepting().build());
        RestoreReport report =
                restore.execute(restore.plan(backupId).join()).completion().join();

        assertThat(documents(store)).isEqualTo(backedUp);
        assertThat(report.indices())
                .hasSameSizeAs(backedUp.keySet())
                .allSatisfy(index -> assertThat(index.documents()).hasValue(backedUp.getOrDefault(index.name(), -1L)));
        assertThat(restore.plan(backupId).join().deletions()).isEmpty();

        web.write(first, "later");
        RestorePlan again = restore.plan(backupId).join();
        assertThat(again.deletions()).containsExactly(first);
        restore.execute(again).completion().join();
        assertThat(documents(store)).isEqualTo(backedUp);
    }

    @Test
    void lastCopyOfAnIndexThatNoSnapshotHoldsIsKept() {
        process.registerRepository("coverage", "");
        String left = "operate-batch-operation-1.0.0_2026-10-01";
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_8, "coverage");
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            new EngineWeb(process.uri()).write(left, "1");
            BackupReport backup = client.backup().completion().join();

            assertThat(backup.coverage()).contains(new IndexCoverage(1, List.of(left)));
            assertThat(client.consistency().check(backup.backupId()).join())
                    .isInconsistent()
                    .hasOnlyFindings(FindingCode.INDEX_MISSING);

            Scene.stop(cluster);
            RestoreSettings.Builder settings = accepting().acceptFinding(FindingCode.INDEX_MISSING);
            assertThat(client.restore(settings.build())
                            .plan(backup.backupId())
                            .join()
                            .obstacles())
                    .singleElement()
                    .satisfies(obstacle -> {
                        assertThat(obstacle.code()).isEqualTo(Obstacle.Code.INDEX_NOT_IN_BACKUP);
                        assertThat(obstacle.message()).contains(left + " (1 document, ");
                    });
            RestoreClient restore = client.restore(settings.keep(left).build());
            restore.execute(restore.plan(backup.backupId()).join()).completion().join();
            assertThat(documents(client.snapshotStore())).containsEntry(left, 1L);
        }
    }

    /** One node, and no application has made templates. */
    private static RestoreSettings.Builder accepting() {
        return RestoreSettings.builder()
                .accept(Obstacle.Code.TOO_FEW_DATA_NODES)
                .accept(Obstacle.Code.TEMPLATES_MISSING);
    }

    @Test
    void drillRestoresBesideTheIndicesInUse(@TempDir Path reports) {
        process.registerRepository("drill", "");
        try (SimulatedCluster cluster = Scene.cluster(process, engine(), CamundaLine.V8_8, "drill")
                        .build();
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build();
                SnapshotStore sameEngine = stores().create(
                                Endpoint.of(URI.create(process.uri().toString().replace("127.0.0.1", "localhost"))),
                                "drill",
                                resources)) {
            client.backup().completion().join();
            SnapshotStore store = client.snapshotStore();
            Map<String, Long> inUse = documents(store);
            RestoreDrill.Builder drill = RestoreDrill.builder().store(store).reportDirectory(reports);

            DrillScene.run(EverythingIsThere.class, drill)
                    .testEvents()
                    .assertStatistics(events -> events.succeeded(3).failed(0));

            RestoredBackup seen = Objects.requireNonNull(DrillSubjects.seen);
            assertThat(seen.indices()).containsExactlyElementsOf(inUse.keySet());
            assertThat(seen.age()).hasValueSatisfying(age -> assertThat(age).isPositive());
            assertThat(documents(store)).isEqualTo(inUse);
            assertThat(DrillScene.failures(DrillScene.run(EverythingIsThere.class, drill.scratchEngine(sameEngine))))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).contains("is the engine in use"));
            assertThat(documents(store)).isEqualTo(inUse);
        }
    }

    @Test
    void whileTheJournalIsBlockedNoBackupIsBegun() {
        process.registerRepository("blocked", "");
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_8, "blocked");
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            BackupId first = client.backup().completion().join().backupId();
            process.call("PUT", "/hot-backup-journal/_settings", "{\"index.blocks.write\":true}");

            BackupFailedException failure = Scene.failure(client.backup(BackupId.of(first.value() + 1000)));

            assertThat(failure).hasMessageContaining("index.blocks");
            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            process.call("PUT", "/hot-backup-journal/_settings", "{\"index.blocks.write\":false}");
            assertThat(client.backup(BackupId.of(first.value() + 2000))
                            .completion()
                            .join()
                            .outcome())
                    .isEqualTo(BackupReport.Outcome.COMPLETED);
        }
    }

    /** What an engine does whose disk is full; here somebody frees it as soon as the run says so. */
    @Test
    void aFullDiskInTheMiddleIsSaidAndWaitedFor() {
        process.registerRepository("flooded", "");
        List<String> waited = new CopyOnWriteArrayList<>();
        BackupListener freeing = new BackupListener() {
            @Override
            public void waiting(BackupId backupId, String why, Instant at) {
                waited.add(why);
                flood("null");
            }
        };
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_8, "flooded");
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client = Scene.client(cluster, stores(), resources)
                        .listener(freeing)
                        .build()) {
            client.backup().completion().join();
            cluster.faults()
                    .at(RequestMatcher.post("/actuator/exporting/pause"))
                    .act(() -> flood("true"));

            BackupReport report = client.backup(BackupId.of(Instant.now().getEpochSecond() + 1000))
                    .completion()
                    .join();

            assertThat(waited)
                    .isNotEmpty()
                    .allSatisfy(why -> assertThat(why).contains("flood-stage watermark", "Free disk space"));
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("flood-stage watermark"));
        } finally {
            flood("null");
        }
    }

    private void flood(String value) {
        process.call("PUT", "/_all/_settings", "{\"index.blocks.read_only_allow_delete\":" + value + "}");
    }

    @Tag(EngineUnderTest.EVERY_VERSION)
    @Test
    void readsPositionsAndLeavesNoScratchIndices() {
        process.registerRepository("positions", "");
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7, "positions");
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            cluster.load(40);
            cluster.faults().at(Scene.READING_RECORDS).act(() -> cluster.load(20));
            BackupId id = client.backup().completion().join().backupId();
            SnapshotStore store = client.snapshotStore();
            BackupManifest manifest = BackupManifest.fromMetadata(store.get("camunda_zeebe_records_backup_" + id)
                            .join()
                            .orElseThrow()
                            .metadata())
                    .orElseThrow();
            Map<String, Long> inUse = documents(store);

            assertThat(manifest.recordPositions())
                    .isEqualTo(store.exportedRecords()
                            .orElseThrow()
                            .highestPositions("zeebe-record_*")
                            .join())
                    .allSatisfy((partition, highest) -> assertThat(highest)
                            .isGreaterThan(manifest.exportedPositions().get(partition)));
            assertThat(client.consistency().check(id, Depth.POSITIONS).join())
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
            assertThat(documents(store)).isEqualTo(inUse);

            cluster.faults()
                    .at(RequestMatcher.post("/consistency-check-**"))
                    .always()
                    .answer(Fault.status(500));
            assertThat(client.consistency().check(id, Depth.POSITIONS).join())
                    .isUnverifiable()
                    .hasFinding(FindingCode.POSITIONS_NOT_READ, Component.ZEEBE_RECORDS);
            cluster.faults().clear();
            assertThat(documents(store)).isEqualTo(inUse);
        }
    }

    @Tag(EngineUnderTest.EVERY_VERSION)
    @Test
    void aRecordThatIsMissingInTheMiddleIsConvicted() {
        process.registerRepository("missing", "");
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7, "missing");
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            cluster.load(40);
            EngineWeb web = new EngineWeb(process.uri());
            web.delete(web.find("zeebe-record_*", "1-").get(10));
            BackupId id = client.backup().completion().join().backupId();
            Map<String, Long> inUse = documents(client.snapshotStore());

            assertThat(client.consistency().check(id, Depth.POSITIONS).join())
                    .isInconsistent()
                    .hasOnlyFindings(FindingCode.RECORDS_MISSING);
            assertThat(documents(client.snapshotStore())).isEqualTo(inUse);
        }
    }

    /** But for the journal, which no backup holds and no restore touches. */
    private static Map<String, Long> documents(SnapshotStore store) {
        List<String> names = store.listIndices(List.of("*")).join().stream()
                .map(IndexInfo::name)
                .filter(index -> !index.equals("hot-backup-journal"))
                .toList();
        return new TreeMap<>(store.documentCounts(names).join());
    }
}
