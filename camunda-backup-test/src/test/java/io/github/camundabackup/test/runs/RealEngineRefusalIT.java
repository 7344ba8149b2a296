package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.SharedEngine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real search engine refuses in a restore, before and after its indices are deleted; Camunda is simulated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class RealEngineRefusalIT extends AbstractEngineTest {
    private static final String INDEX = "operate-event-8.3.0_";
    private static final List<String> SETTINGS = List.of(
            "cluster.blocks.read_only_allow_delete",
            "cluster.routing.allocation.enable",
            "cluster.max_shards_per_node");

    private EngineProcess process;
    private ClientResources resources;
    private SimulatedCluster cluster;
    private CamundaBackupClient client;

    @BeforeAll
    void use(EngineProcess engine) {
        process = engine;
    }

    @BeforeEach
    void start(TestInfo test) {
        String repository = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        process.registerRepository(repository, "");
        resources = ClientResources.create();
        cluster = Scene.cluster(process, engine(), CamundaLine.V8_8, repository).build();
        client = Scene.client(cluster, stores(), resources).build();
    }

    @AfterEach
    void end() {
        client.close();
        cluster.close();
        SETTINGS.forEach(setting -> setEngine(setting, "null"));
        disks("null", "null", "null");
        try (SnapshotStore store = stores().create(Endpoint.of(process.uri()), "none", resources)) {
            store.deleteIndices(store.listIndices(List.of("*")).join().stream()
                            .map(IndexInfo::name)
                            .toList())
                    .join();
        }
        resources.close();
    }

    private void setEngine(String setting, String value) {
        process.call("PUT", "/_cluster/settings", "{\"persistent\":{\"" + setting + "\":" + value + "}}");
    }

    /** What is valid together only. */
    private void disks(String looked, String free, String flood) {
        String mark = "\"cluster.routing.allocation.disk.watermark.";
        process.call(
                "PUT",
                "/_cluster/settings",
                "{\"persistent\":{\"cluster.routing.allocation.disk.threshold_enabled\":" + looked + "," + mark
                        + "low\":" + free + "," + mark + "high\":" + free + "," + mark + "flood_stage\":" + flood
                        + "}}");
    }

    private void setIndex(String setting, String value) {
        process.call("PUT", "/" + INDEX + "/_settings", "{\"" + setting + "\":" + value + "}");
    }

    private void alias(String index, String write) {
        process.call(
                "POST",
                "/_aliases",
                "{\"actions\":[{\"add\":{\"index\":\"" + index + "\",\"alias\":\"writing\",\"is_write_index\":" + write
                        + "}}]}");
    }

    private BackupId backUpAndStop() {
        BackupId id = client.backup().completion().join().backupId();
        camunda(cluster.faults()::unreachable);
        return id;
    }

    private void camunda(Consumer<Server> action) {
        cluster.servers().stream()
                .filter(server -> server != Server.SEARCH_ENGINE)
                .forEach(action);
    }

    /** One node, and no application has made templates. */
    private static RestoreSettings.Builder settings() {
        return RestoreSettings.builder().accept(Code.TOO_FEW_DATA_NODES).accept(Code.TEMPLATES_MISSING);
    }

    private List<Code> obstacles(BackupId id) {
        return client.restore(settings().build()).plan(id).join().obstacles().stream()
                .map(Obstacle::code)
                .toList();
    }

    @Test
    void thePlanFindsWhatTheEngineWouldRefuse() {
        BackupId id = backUpAndStop();
        assertThat(obstacles(id)).isEmpty();

        setEngine("cluster.blocks.read_only_allow_delete", "true");
        assertThat(obstacles(id)).containsExactly(Code.ENGINE_BLOCKED);
        setEngine("cluster.blocks.read_only_allow_delete", "null");
        setEngine("cluster.routing.allocation.enable", "\"none\"");
        assertThat(obstacles(id)).containsExactly(Code.NOT_ALLOCATED);
        setEngine("cluster.routing.allocation.enable", "null");
        setEngine("cluster.max_shards_per_node", "5");
        assertThat(obstacles(id)).containsExactly(Code.TOO_MANY_SHARDS);
        setEngine("cluster.max_shards_per_node", "null");

        disks("true", "\"900tb\"", "\"1b\"");
        // OpenSearch does not look at the disk of its only node.
        assertThat(obstacles(id))
                .isEqualTo(engine() == SearchEngine.ELASTICSEARCH ? List.of(Code.DISK_TOO_SMALL) : List.of());
        disks("null", "null", "null");

        setIndex("index.blocks.read_only", "true");
        assertThat(obstacles(id)).containsExactly(Code.ENGINE_BLOCKED);
        setIndex("index.blocks.read_only", "null");
        setIndex("index.routing.allocation.require.box_type", "\"hot\"");
        assertThat(obstacles(id)).containsExactly(Code.NOT_ALLOCATED);
        setIndex("index.routing.allocation.require.box_type", "null");
        new EngineWeb(process.uri()).write("rolled-over", "1");
        alias(INDEX, "false");
        alias("rolled-over", "true");
        assertThat(obstacles(id)).containsExactly(Code.ALIAS_CONFLICT);
    }

    @Test
    void aRefusedDeletionLeavesAllAsItIsAndBackupsGoOn() {
        BackupId id = backUpAndStop();
        RestoreClient restore = client.restore(settings().build());
        RestorePlan plan = restore.plan(id).join();
        setIndex("index.blocks.read_only", "true");

        RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

        assertThat(refused).hasMessageContaining("FORBIDDEN/5/index read-only (api)");
        assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.report().remaining()).singleElement().asString().contains("nothing else was changed");
        setIndex("index.blocks.read_only", "null");
        camunda(cluster.faults()::reachable);
        assertThat(client.backup(BackupId.of(id.value() + 1000))
                        .completion()
                        .join()
                        .outcome())
                .isEqualTo(BackupReport.Outcome.COMPLETED);
    }

    @Test
    void aSnapshotOfOthersIsWaitedFor() {
        BackupId id = backUpAndStop();
        RestoreClient restore = client.restore(settings().build());
        RestorePlan plan = restore.plan(id).join();
        process.registerRepository("nightly", ",\"max_snapshot_bytes_per_sec\":\"10kb\"");
        process.call("PUT", "/_snapshot/nightly/one", "{\"indices\":\"operate-*\",\"include_global_state\":false}");

        RestoreReport report = restore.execute(plan).completion().join();

        assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The deletion of the indices was refused")
                        .contains("snapshot"));
    }

    /** The engine reads a pipe to which nobody writes, so that the deletion takes as long as the test wants. */
    @Test
    void aSnapshotThatIsBeingDeletedForbidsTheRestore() throws Exception {
        BackupId id = backUpAndStop();
        RestorePlan before = plan(id);
        String deleted = before.snapshots().stream()
                .filter(snapshot -> snapshot.indices().contains(INDEX))
                .findFirst()
                .orElseThrow()
                .name()
                .toString();
        String repository = cluster.repository();
        process.call(
                "PUT",
                "/_snapshot/" + repository + "/nightly?wait_for_completion=true",
                "{\"indices\":\"operate-*\",\"include_global_state\":false}");
        Map<Path, Path> pipes = Pipes.inPlaceOfShards(process.repositories().resolve(repository));
        CompletableFuture<String> deletion = CompletableFuture.supplyAsync(
                () -> process.call("DELETE", "/_snapshot/" + repository + "/" + deleted, ""));
        RestorePlan plan;
        try {
            String state = "";
            while (!state.contains(deleted) && !deletion.isDone()) {
                state = process.call("GET", "/_cluster/state/customs?filter_path=snapshot_deletions", "");
            }
            assertThat(process.call("GET", "/_snapshot/_status", "")).doesNotContain(deleted);
            plan = plan(id);
            assertThat(process.send("POST", "/_snapshot/" + repository + "/" + deleted + "/_restore", "")
                            .body())
                    .contains("cannot restore a snapshot while a snapshot deletion is in-progress");
        } finally {
            Pipes.remove(pipes);
        }
        deletion.join();

        assertThat(before.obstacles()).isEmpty();
        assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.code()).isEqualTo(Code.SNAPSHOT_UNUSABLE);
            assertThat(obstacle.message()).contains(deleted, "is being deleted");
        });
        assertThat(plan.warnings())
                .anySatisfy(warning ->
                        assertThat(warning).startsWith("Snapshots are being deleted: " + repository + ":" + deleted));
    }

    private RestorePlan plan(BackupId id) {
        return client.restore(settings().build()).plan(id).join();
    }

    @Test
    void noBackupIsBegunAtAPlaceThatIsRegisteredTwice() {
        registerAgain();

        BackupFailedException refused = Scene.failure(client.backup());

        assertThat(refused)
                .hasMessageContaining(cluster.repository() + " registered as again")
                .hasMessageContaining("Exporting was not touched");
        assertThat(refused.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
        process.call("DELETE", "/_snapshot/again", "");
        assertThat(client.backup().completion().join().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
    }

    @Test
    void whatOthersWriteToThePlaceMeanwhileIsSaidInTheEnginesWords() {
        BackupId first = client.backup().completion().join().backupId();
        cluster.faults().at(RequestMatcher.post("/actuator/exporting/pause")).act(() -> {
            registerAgain();
            process.send("PUT", "/_snapshot/again/nightly?wait_for_completion=true", "{\"indices\":\"operate-*\"}");
        });

        BackupFailedException failed = Scene.failure(client.backup(BackupId.of(first.value() + 1000)));

        assertThat(failed)
                .hasMessageContaining("The repository cannot be used")
                .hasMessageContaining("match its expected state")
                .hasMessageContaining("Something else writes to the same place");
        assertThat(failed.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        process.call("DELETE", "/_snapshot/again", "");
    }

    @ParameterizedTest
    @EnumSource
    void aRepositoryThatIsLostInTheMiddleIsNamedAndExportingIsResumed(RepositoryLoss loss) {
        assertNamed(loss, cluster, client);
    }

    /** Up to 8.7, all that is written in the pause is the snapshot of the records. */
    @ParameterizedTest
    @EnumSource
    void aRepositoryThatIsLostBeforeTheRecordsIsNamedAndExportingIsResumed(RepositoryLoss loss) {
        try (SimulatedCluster older = Scene.cluster(process, engine(), CamundaLine.UP_TO_8_7, cluster.repository())
                        .build();
                CamundaBackupClient backups =
                        Scene.client(older, stores(), resources).build()) {
            assertNamed(loss, older, backups);
        }
    }

    private void assertNamed(RepositoryLoss loss, SimulatedCluster losing, CamundaBackupClient backups) {
        losing.faults()
                .at(RequestMatcher.post("/actuator/exporting/pause"))
                .act(() -> loss.to(new EngineWeb(process.uri()), losing.repository()));

        BackupFailedException failed = Scene.failure(backups.backup());

        assertThat(failed)
                .hasMessageContaining(losing.repository())
                .hasMessageMatching(
                        switch (loss) {
                            case GONE -> "(?s).*(Register the repository with the engine|No repository with name).*";
                            case READ_ONLY -> "(?s).*without \"readonly\".*";
                        });
        assertThat(failed.report().outcome()).isEqualTo(BackupReport.Outcome.FAILED);
        assertThat(failed.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        assertThat(losing.exportingPaused()).isFalse();
    }

    private void registerAgain() {
        process.registerRepository("again", process.repositories().resolve(cluster.repository()), "");
    }

    /** The engine is asked why when nothing has gone on for a minute. */
    @Test
    void theReportNamesWhatKeepsAShardFromEveryNode() {
        BackupId id = backUpAndStop();
        RestoreClient restore = client.restore(settings().build());
        RestorePlan plan = restore.plan(id).join();
        setEngine("cluster.routing.allocation.enable", "\"none\"");

        RestoreFailedException failed = RestoreScene.failure(restore.execute(plan));

        assertThat(failed)
                .hasMessageContaining("no node takes it. enable: no allocations are allowed due to cluster setting"
                        + " [cluster.routing.allocation.enable=none]")
                .hasMessageNotContaining("Restore another backup");
        setEngine("cluster.routing.allocation.enable", "null");
        assertThat(restore.execute(restore.plan(id).join()).completion().join().outcome())
                .isEqualTo(Outcome.ENGINE_RESTORED);
    }

    @Test
    void theReportNamesTheFilterThatNoNodeMeets() {
        setIndex("index.routing.allocation.require.box_type", "\"hot\"");
        BackupId id = backUpAndStop();
        RestoreClient restore =
                client.restore(settings().accept(Code.NOT_ALLOCATED).build());

        assertThat(RestoreScene.failure(restore.execute(restore.plan(id).join())))
                .hasMessageContaining("no node takes it. filter: node does not match index setting"
                        + " [index.routing.allocation.require] filters [box_type:\"hot\"]");
    }

    @Test
    void settingsOfTheBackupCanBeLeftOutAndBlocksAreWarnedOf() {
        setIndex("index.routing.allocation.require.box_type", "\"hot\"");
        setIndex("index.blocks.write", "true");
        BackupId id = backUpAndStop();

        RestoreReport blocked = restore(id, settings().ignoreIndexSettings("index.routing.allocation.require.*"));
        assertThat(blocked.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("Restored with a block")
                        .contains(INDEX + " (index.blocks.write)"));

        new EngineWeb(process.uri()).delete("/" + INDEX);
        RestoreReport open = restore(
                id,
                settings()
                        .ignoreIndexSettings("index.routing.*", "index.blocks.*")
                        .indexSetting("index.number_of_replicas", "0"));
        assertThat(open.warnings()).noneMatch(warning -> warning.startsWith("Restored with a block"));
        assertThat(process.call("GET", "/" + INDEX + "/_settings", ""))
                .contains("\"number_of_replicas\":\"0\"")
                .doesNotContain("blocks", "box_type");
    }

    private RestoreReport restore(BackupId id, RestoreSettings.Builder changed) {
        RestoreClient restore = client.restore(changed.build());
        return restore.execute(restore.plan(id).join()).completion().join();
    }
}
