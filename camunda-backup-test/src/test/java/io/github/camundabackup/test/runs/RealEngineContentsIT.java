package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.SharedEngine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the snapshots of a real search engine hold that they should not, as check and plan judge it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class RealEngineContentsIT extends AbstractEngineTest {
    private static final String ARCHIVE = "zeebe-record-archive";
    private static final String STREAM = ".ds-zeebe-record_audit-2026.10.01-000001";
    private static final String SESSIONS = "camunda-web-session-8.8.0_";

    private EngineProcess process;
    private ClientResources resources;
    private String repository;

    @BeforeAll
    void use(EngineProcess engine) {
        process = engine;
    }

    @BeforeEach
    void register(TestInfo test) {
        repository = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        process.registerRepository(repository, "");
        resources = ClientResources.create();
    }

    @AfterEach
    void deleteIndices() {
        try (SnapshotStore store = stores().create(Endpoint.of(process.uri()), "none", resources)) {
            store.deleteIndices(names(store, "*", ".ds-*")).join();
        }
        resources.close();
    }

    /** <a href="https://github.com/camunda/camunda-platform-helm/issues/4373">camunda-platform-helm#4373</a>. */
    @Test
    void optimizeWithThePrefixOfTheRecordsIsToldApartFromThem() {
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_8, "zeebe-record-");
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            BackupId id = client.backup().completion().join().backupId();
            SnapshotStore store = client.snapshotStore();

            assertThat(check(client, id)).isConsistent();
            assertThat(latest(store).map(ConsistencyReport::backupId)).contains(id);
            Scene.stop(cluster);
            RestoreSettings.Builder told = settings().indexPrefixes(Component.OPTIMIZE, "zeebe-record-");
            assertThat(codes(client, id, settings())).containsOnly(Code.OTHER_INDEX_PREFIX);
            assertThat(codes(client, id, told)).isEmpty();
            assertRestores(client, id, told);

            String records = SnapshotName.records(id).toString();
            replace(store, records, names(store, "zeebe-record*"));
            assertThat(latest(store)).isEmpty();
            assertThat(codes(client, id, told.acceptFinding(FindingCode.ORDER_VIOLATED)))
                    .contains(Code.SNAPSHOT_UNUSABLE, Code.OTHER_INDEX_PREFIX);
            // This one was taken when the run had ended.
            told.leaveOut(records, "zeebe-record-*")
                    .acceptFinding(FindingCode.RUN_OUTCOME_UNKNOWN)
                    .acceptFinding(FindingCode.INDICES_UNCERTAIN);
            assertThat(codes(client, id, told)).isEmpty();
            assertRestores(client, id, told);
        }
    }

    @Test
    void partThatHoldsAllIndicesIsFoundAndCanBeLeftOut() {
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7, "optimize-");
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            BackupId id = client.backup().completion().join().backupId();
            SnapshotStore store = client.snapshotStore();
            String part = new SnapshotName(Component.OPERATE, id, Optional.of("8.6.0"), 5, 6).toString();
            replace(store, part, names(store, "*"));

            assertThat(check(client, id))
                    .isInconsistent()
                    .hasFinding(FindingCode.INDEX_TWICE)
                    .hasFinding(FindingCode.INDEX_FOREIGN, Component.OPERATE);
            assertThat(latest(store)).isEmpty();
            Scene.stop(cluster);
            assertThat(codes(client, id, settings())).contains(Code.SNAPSHOT_UNUSABLE, Code.OTHER_INDEX_PREFIX);
            RestoreSettings.Builder without =
                    settings().acceptFinding(FindingCode.ORDER_VIOLATED).leaveOut(part, "*");
            assertThat(codes(client, id, without)).isEmpty();
            assertRestores(client, id, without);
        }
    }

    @Test
    void usersOwnIndicesAmongTheRecordsCanBeLeftOut() {
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7, "optimize-");
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            EngineWeb web = new EngineWeb(process.uri());
            web.write(ARCHIVE, "1");
            web.write(STREAM, "1");
            BackupId id = client.backup().completion().join().backupId();
            SnapshotStore store = client.snapshotStore();
            String records = SnapshotName.records(id).toString();
            assertThat(check(client, id)).isConsistent();
            List<String> all = new ArrayList<>(names(store, "zeebe-record*"));
            all.add(STREAM);
            replace(store, records, all);

            assertThat(check(client, id))
                    .isInconsistent()
                    .hasFinding(FindingCode.INDEX_FOREIGN, Component.ZEEBE_RECORDS);
            Scene.stop(cluster);
            RestoreSettings.Builder settings = settings().acceptFinding(FindingCode.ORDER_VIOLATED);
            assertThat(codes(client, id, settings)).containsOnly(Code.OTHER_INDEX_PREFIX);
            settings.leaveOut(records, ARCHIVE).leaveOut(records, ".ds-*");
            RestorePlan plan = client.restore(settings.build()).plan(id).join();
            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.deletions()).doesNotContain(ARCHIVE, STREAM);
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("No other snapshot holds", ARCHIVE));
            assertRestores(client, id, settings);
            assertThat(names(store, ARCHIVE, STREAM)).containsExactlyInAnyOrder(ARCHIVE, STREAM);
        }
    }

    @Test
    void sessionsAreInNoSnapshotAndNotMissed() {
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_8, "optimize-");
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            new EngineWeb(process.uri()).write(SESSIONS, "1");
            BackupId id = client.backup().completion().join().backupId();

            assertThat(check(client, id)).isConsistent();
            Scene.stop(cluster);
            RestorePlan plan = client.restore(settings().build()).plan(id).join();
            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.deletions()).contains(SESSIONS);
        }
    }

    private SimulatedCluster cluster(CamundaLine line, String optimizeIndexPrefix) {
        return Scene.cluster(process, engine(), line, repository)
                .optimizeIndexPrefix(optimizeIndexPrefix)
                .build();
    }

    /** One node, and no application has made templates. */
    private static RestoreSettings.Builder settings() {
        return RestoreSettings.builder().accept(Code.TOO_FEW_DATA_NODES).accept(Code.TEMPLATES_MISSING);
    }

    private static List<Code> codes(CamundaBackupClient client, BackupId id, RestoreSettings.Builder settings) {
        return client.restore(settings.build()).plan(id).join().obstacles().stream()
                .map(Obstacle::code)
                .toList();
    }

    private static void assertRestores(CamundaBackupClient client, BackupId id, RestoreSettings.Builder settings) {
        RestoreClient restore = client.restore(settings.build());
        assertThat(restore.execute(restore.plan(id).join()).completion().join().outcome())
                .isEqualTo(Outcome.ENGINE_RESTORED);
    }

    private static ConsistencyReport check(CamundaBackupClient client, BackupId id) {
        return client.consistency().check(id).join();
    }

    private Optional<ConsistencyReport> latest(SnapshotStore store) {
        return ConsistencyChecker.of(store, resources).latestRestorable().join();
    }

    private static List<String> names(SnapshotStore store, String... patterns) {
        return store.listIndices(List.of(patterns)).join().stream()
                .map(IndexInfo::name)
                .filter(name -> !name.equals("hot-backup-journal"))
                .toList();
    }

    /** Takes a snapshot again, of other indices. */
    private static void replace(SnapshotStore store, String name, List<String> indices) {
        SnapshotInfo before = store.get(name).join().orElseThrow();
        store.deleteSnapshot(name).join();
        SnapshotRequest.Builder request = SnapshotRequest.builder(name);
        indices.forEach(request::index);
        before.metadata().forEach(request::metadata);
        store.createSnapshot(request.build()).join();
        Optional<SnapshotState> state;
        do {
            state = store.progress(name).join().map(SnapshotProgress::state);
        } while (!state.map(SnapshotState::isTerminal).orElse(true));
        assertThat(state).contains(SnapshotState.SUCCESS);
    }
}
