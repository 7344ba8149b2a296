package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Finding;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the snapshots of a backup hold, as the run, the check and the plan of a restore judge it, on each engine. */
class ContentsTest extends AbstractEngineTest {
    private static final String BATCH_OPERATIONS = "operate-batch-operation-1.0.0_2026-10-01";
    private static final String ARCHIVE = "zeebe-record-archive";
    private static final String STREAM = ".ds-zeebe-record_audit-2026.10.01-000001";

    private Scene scene(CamundaLine line) {
        return Scene.of(line, engine(), stores());
    }

    /** A cluster with indices of its own that are older than its next backup. */
    private Scene scene(CamundaLine line, String... indices) {
        Scene scene = scene(line);
        EngineWeb web = new EngineWeb(scene.cluster().searchEngineUri());
        for (String index : indices) {
            web.write(index, "1");
        }
        scene.time().delay(Duration.ofMinutes(1)).join();
        return scene;
    }

    @Test
    void indexThatNoSnapshotHoldsMakesTheBackupInconsistent() {
        try (Scene scene = scene(CamundaLine.V8_8, BATCH_OPERATIONS)) {
            BackupReport backup = scene.backUp();

            assertThat(backup.coverage()).contains(new IndexCoverage(1, List.of(BATCH_OPERATIONS)));
            assertThat(backup.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains(BATCH_OPERATIONS, "8.8.0", "camunda#47122"));
            ConsistencyReport check = check(scene, backup.backupId());
            assertThat(check).isInconsistent().hasOnlyFindings(FindingCode.INDEX_MISSING);
            assertThat(evidence(check)).contains(BATCH_OPERATIONS, "camunda#47122");
            assertThat(withoutCluster(scene).check(backup.backupId()).join())
                    .isInconsistent()
                    .hasOnlyFindings(FindingCode.INDEX_MISSING, FindingCode.NOT_ASKED);
            assertThat(scene.client().consistency().latestRestorable().join()).isEmpty();
            assertThat(BackupReport.fromJson(backup.toJson()).coverage()).isEqualTo(backup.coverage());
        }
    }

    @Test
    void backupStaysCompleteWhoeverStopsTheRunAtTheComparison() {
        AtomicBoolean resumed = new AtomicBoolean();
        CompletableFuture<BackupHandle> begun = new CompletableFuture<>();
        try (Scene scene = scene(CamundaLine.V8_8);
                CamundaBackupClient client = Scene.client(scene.cluster(), stores(), scene.resources())
                        .snapshotStore(
                                new ForwardingSnapshotStore(scene.client().snapshotStore()) {
                                    @Override
                                    public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
                                        if (!resumed.get()) {
                                            return super.listIndices(patterns);
                                        }
                                        begun.join().cancel();
                                        return new CompletableFuture<>();
                                    }
                                })
                        .build()) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/exporting/resume"))
                    .act(() -> resumed.set(true));
            begun.complete(client.backup());

            BackupReport report = begun.join().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.coverage()).isEmpty();
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("was not compared", "stopped meanwhile"));
            assertThat(Duration.between(report.startedAt(), report.endedAt())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void lastCopyOfAnIndexIsNotDeletedWithoutAWord() {
        try (Scene scene = scene(CamundaLine.V8_8, BATCH_OPERATIONS)) {
            BackupId backupId = scene.backUp().backupId();
            Scene.stop(scene.cluster());

            RestorePlan plan = plan(scene, backupId, settings());

            assertThat(plan.obstacles())
                    .filteredOn(obstacle -> obstacle.code() == Obstacle.Code.INDEX_NOT_IN_BACKUP)
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.message())
                            .contains(BATCH_OPERATIONS + " (1 document, 512 B)", "keep", "camunda#47122"));

            RestoreSettings.Builder knowing = settings().acceptFinding(FindingCode.INDEX_MISSING);
            assertThat(plan(scene, backupId, knowing).obstacles())
                    .extracting(Obstacle::code)
                    .containsExactly(Obstacle.Code.INDEX_NOT_IN_BACKUP);
            assertThat(plan(
                            scene,
                            backupId,
                            settings().acceptFinding(FindingCode.INDEX_MISSING).delete(BATCH_OPERATIONS)))
                    .satisfies(said -> assertThat(said.obstacles()).isEmpty())
                    .satisfies(said -> assertThat(said.deletions()).contains(BATCH_OPERATIONS));
            RestoreSettings.Builder keeping = knowing.keep(BATCH_OPERATIONS);
            assertThat(plan(scene, backupId, keeping).obstacles()).isEmpty();
            assertThat(restore(scene, backupId, keeping).outcome()).isEqualTo(RestoreReport.Outcome.ENGINE_RESTORED);
            assertThat(names(scene, BATCH_OPERATIONS)).containsExactly(BATCH_OPERATIONS);
        }
    }

    @Test
    void whatIsYoungerThanTheBackupIsDeletedAsEver() {
        try (Scene scene = scene(CamundaLine.V8_8, "camunda-web-session-8.8.0_")) {
            BackupReport backup = scene.backUp();
            scene.time().delay(Duration.ofMinutes(1)).join();
            new EngineWeb(scene.cluster().searchEngineUri()).write(BATCH_OPERATIONS, "1");
            Scene.stop(scene.cluster());

            RestorePlan plan = plan(scene, backup.backupId(), settings());

            assertThat(backup.coverage()).contains(new IndexCoverage(0, List.of()));
            assertThat(backup.warnings()).isEmpty();
            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.deletions()).contains(BATCH_OPERATIONS, "camunda-web-session-8.8.0_");
        }
    }

    @Test
    void indicesOfNoKnownKindAreNamedByTheRun() {
        try (Scene scene = scene(CamundaLine.V8_8, "operate-user-1.2.0_")) {
            BackupReport backup = scene.backUp();

            assertThat(backup.coverage()).contains(new IndexCoverage(0, List.of()));
            assertThat(backup.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("operate-user-1.2.0_", "earlier version"));
            assertThat(check(scene, backup.backupId())).isConsistent();
        }
    }

    @Test
    void backupIsCompleteAlsoIfNothingCanBeCompared() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.get("/_cat/indices/*tasklist-*"))
                    .always()
                    .answer(Fault.status(403));

            BackupReport backup = scene.backUp();

            assertThat(backup.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(backup.coverage()).isEmpty();
            assertThat(backup.warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("It was not compared"));
            assertThat(check(scene, backup.backupId())).isUnverifiable().hasOnlyFindings(FindingCode.INDICES_UNCERTAIN);
        }
    }

    @Test
    void partThatHoldsAllIndicesIsFoundAndCanBeLeftOut() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            BackupId backupId = scene.backUp().backupId();
            SnapshotName part = new SnapshotName(Component.OPERATE, backupId, Optional.of("8.6.0"), 5, 6);
            replace(scene, part.toString(), names(scene, "*"));

            assertThat(check(scene, backupId)).hasFinding(FindingCode.INDEX_TWICE);
            assertThat(check(scene, backupId))
                    .isInconsistent()
                    .hasFinding(FindingCode.INDEX_FOREIGN, Component.OPERATE);
            assertThat(withoutCluster(scene).latestRestorable().join()).isEmpty();

            Scene.stop(scene.cluster());
            assertThat(plan(scene, backupId, settings()).obstacles())
                    .extracting(Obstacle::code)
                    .contains(Obstacle.Code.SNAPSHOT_UNUSABLE, Obstacle.Code.OTHER_INDEX_PREFIX);
            // This one was taken much too late.
            RestoreSettings.Builder without =
                    settings().acceptFinding(FindingCode.ORDER_VIOLATED).leaveOut(part.toString(), "*");
            RestorePlan plan = plan(scene, backupId, without);
            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("Left out of the snapshot " + part, "Other snapshots hold the same"));
            assertThat(restore(scene, backupId, without).outcome()).isEqualTo(RestoreReport.Outcome.ENGINE_RESTORED);
        }
    }

    @Test
    void usersOwnIndicesAmongTheRecordsCanBeLeftOut() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7, ARCHIVE, STREAM)) {
            BackupId backupId = scene.backUp().backupId();
            String records = SnapshotName.records(backupId).toString();
            List<String> all = new ArrayList<>(names(scene, "zeebe-record*"));
            all.add(STREAM);
            replace(scene, records, all);

            ConsistencyReport check = check(scene, backupId);
            assertThat(check).isInconsistent().hasFinding(FindingCode.INDEX_FOREIGN, Component.ZEEBE_RECORDS);
            assertThat(evidence(check)).contains(ARCHIVE, STREAM, "data stream");

            Scene.stop(scene.cluster());
            assertThat(plan(scene, backupId, settings()).obstacles())
                    .filteredOn(obstacle -> obstacle.code() == Obstacle.Code.OTHER_INDEX_PREFIX)
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.message()).contains(ARCHIVE, "leaveOut"));
            RestoreSettings.Builder without = settings()
                    .leaveOut(records, ARCHIVE)
                    .leaveOut(records, ".ds-*")
                    .leaveOut(records, "misspelt");
            RestorePlan plan = plan(scene, backupId, without);
            assertThat(plan.obstacles()).noneMatch(obstacle -> obstacle.code() == Obstacle.Code.OTHER_INDEX_PREFIX);
            assertThat(plan.deletions()).doesNotContain(ARCHIVE, STREAM);
            assertThat(plan.indices()).doesNotContainKeys(ARCHIVE, STREAM);
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("No other snapshot holds", ARCHIVE))
                    .anySatisfy(warning -> assertThat(warning).contains("misspelt of " + records));
        }
    }

    /** <a href="https://github.com/camunda/camunda-platform-helm/issues/4373">camunda-platform-helm#4373</a>. */
    @Test
    void optimizeWithThePrefixOfTheRecordsIsToldApartFromThem() {
        try (Scene scene = sceneWithThePrefixOfTheRecords()) {
            BackupId backupId = scene.backUp().backupId();

            assertThat(check(scene, backupId)).isConsistent();
            assertThat(withoutCluster(scene).latestRestorable().join())
                    .hasValueSatisfying(latest -> assertThat(latest.backupId()).isEqualTo(backupId));

            Scene.stop(scene.cluster());
            assertThat(plan(scene, backupId, settings()).obstacles()).allSatisfy(obstacle -> {
                assertThat(obstacle.code()).isEqualTo(Obstacle.Code.OTHER_INDEX_PREFIX);
                assertThat(obstacle.message()).contains("Optimize", "Configure the index prefix");
            });
            RestoreSettings.Builder told = settings().indexPrefixes(Component.OPTIMIZE, "zeebe-record-");
            assertThat(plan(scene, backupId, told).obstacles()).isEmpty();
            assertThat(restore(scene, backupId, told).outcome()).isEqualTo(RestoreReport.Outcome.ENGINE_RESTORED);
        }
    }

    /** As {@code zeebe-record*} does, which was the pattern of the records once. */
    @Test
    void recordsThatHoldOptimizesIndicesAreFoundByTheCheckAndByThePlan() {
        try (Scene scene = sceneWithThePrefixOfTheRecords()) {
            BackupId backupId = scene.backUp().backupId();
            String records = SnapshotName.records(backupId).toString();
            replace(scene, records, names(scene, "zeebe-record*"));

            assertThat(check(scene, backupId))
                    .isInconsistent()
                    .hasFinding(FindingCode.INDEX_TWICE)
                    .hasFinding(FindingCode.INDEX_FOREIGN, Component.ZEEBE_RECORDS);
            assertThat(withoutCluster(scene).latestRestorable().join()).isEmpty();

            Scene.stop(scene.cluster());
            RestoreSettings.Builder told = settings()
                    .indexPrefixes(Component.OPTIMIZE, "zeebe-record-")
                    .acceptFinding(FindingCode.ORDER_VIOLATED);
            assertThat(plan(scene, backupId, told).obstacles())
                    .extracting(Obstacle::code)
                    .contains(Obstacle.Code.SNAPSHOT_UNUSABLE, Obstacle.Code.OTHER_INDEX_PREFIX);
            told.leaveOut(records, "zeebe-record-*");
            assertThat(plan(scene, backupId, told).obstacles()).isEmpty();
        }
    }

    private Scene sceneWithThePrefixOfTheRecords() {
        return Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.optimizeIndexPrefix("zeebe-record-"),
                client -> client);
    }

    @Test
    void noBackupIsBegunAtAPlaceThatIsRegisteredTwice() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            EngineWeb web = new EngineWeb(scene.cluster().searchEngineUri());
            String registered = web.send("GET", "/_snapshot/" + scene.cluster().repository(), "");
            String settings = registered.substring(registered.indexOf(":{") + 1, registered.length() - 1);
            web.send("PUT", "/_snapshot/nightly", settings);

            BackupFailedException refused = scene.failToBackUp();

            assertThat(refused).hasMessageContaining(scene.cluster().repository() + " registered as nightly");
            assertThat(refused.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            web.send("PUT", "/_snapshot/nightly", settings.replaceFirst("settings\":\\{", "$0\"readonly\":true,"));
            assertThat(scene.backUp().warnings()).isEmpty();
        }
    }

    @Test
    void planOfOtherIndicesThanTheSettingsLeaveIsOutdated() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId backupId = scene.backUp().backupId();
            Scene.stop(scene.cluster());
            RestorePlan plan = plan(scene, backupId, settings());
            String part = plan.snapshots().get(0).name().toString();

            assertThat(RestoreScene.failure(
                            client(scene, settings().leaveOut(part, "*")).execute(plan)))
                    .hasMessageContaining("PLAN_OUTDATED")
                    .hasMessageContaining("left out");
        }
    }

    private static RestoreSettings.Builder settings() {
        return RestoreSettings.builder();
    }

    private static RestoreClient client(Scene scene, RestoreSettings.Builder settings) {
        return scene.client().restore(settings.build());
    }

    private static RestorePlan plan(Scene scene, BackupId backupId, RestoreSettings.Builder settings) {
        return client(scene, settings).plan(backupId).join();
    }

    private static RestoreReport restore(Scene scene, BackupId backupId, RestoreSettings.Builder settings) {
        return client(scene, settings)
                .execute(plan(scene, backupId, settings))
                .completion()
                .join();
    }

    private static ConsistencyReport check(Scene scene, BackupId backupId) {
        return scene.client().consistency().check(backupId).join();
    }

    private static ConsistencyChecker withoutCluster(Scene scene) {
        return ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources());
    }

    private static String evidence(ConsistencyReport report) {
        return String.join(
                "\n", report.findings().stream().map(Finding::evidence).toList());
    }

    private static List<String> names(Scene scene, String pattern) {
        return scene.client().snapshotStore().listIndices(List.of(pattern)).join().stream()
                .map(IndexInfo::name)
                .filter(name -> !name.equals("hot-backup-journal"))
                .toList();
    }

    /** Takes a snapshot again, of other indices. */
    private static void replace(Scene scene, String name, List<String> indices) {
        SnapshotStore store = scene.client().snapshotStore();
        SnapshotInfo before = store.get(name).join().orElseThrow();
        store.deleteSnapshot(name).join();
        SnapshotRequest.Builder request = SnapshotRequest.builder(name);
        indices.forEach(request::index);
        before.metadata().forEach(request::metadata);
        store.createSnapshot(request.build()).join();
        scene.time().delay(Duration.ofMinutes(1)).join();
    }
}
