package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.TwoNodes;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** A search engine of two real nodes, which are lost, elected and filled in the middle; Camunda is simulated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealEngineTwoNodesIT extends AbstractEngineTest {
    /** Exported records that take some seconds to be written and to be restored. */
    private static final String LARGE = "zeebe-record_job_8.8.0_2026-01-01";

    private static final String SLOW =
            ",\"max_snapshot_bytes_per_sec\":\"400kb\",\"max_restore_bytes_per_sec\":\"300kb\"";

    private TwoNodes nodes;
    private ClientResources resources;
    private SimulatedCluster cluster;
    private final AtomicBoolean done = new AtomicBoolean();

    @BeforeAll
    void start() {
        nodes = TwoNodes.start(kind());
    }

    @AfterAll
    void stop() {
        nodes.close();
    }

    @BeforeEach
    void begin(TestInfo test) {
        nodes.bringBackSecond();
        String repository = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        nodes.registerRepository(repository, SLOW);
        resources = ClientResources.create();
        cluster = Scene.cluster(nodes.first(), engine(), CamundaLine.V8_8, repository)
                .withoutOptimize()
                .build();
        done.set(false);
    }

    @AfterEach
    void end() {
        cluster.close();
        resources.close();
        // A part that was asked for may be under way still, and then its repository is in use.
        awaitSaid("/_snapshot/_status", "\"snapshots\":[]");
        nodes.first().empty();
    }

    private CamundaBackupClient client(BackupListener listener) {
        return Scene.client(cluster, stores(), resources).listener(listener).build();
    }

    private CamundaBackupClient client() {
        return client(new BackupListener() {});
    }

    /** Fills an index, which is made if there is none, and whose first copy the second node gets. */
    private void fill(String index, int replicas) {
        nodes.first().send("PUT", "/" + index, "");
        put(
                "/" + index + "/_settings",
                "{\"number_of_replicas\":0,\"index.routing.allocation.require._name\":\"" + TwoNodes.SECOND + "\"}");
        nodes.bringBackSecond();
        Random random = new Random(1);
        byte[] noise = new byte[6000];
        String documents = IntStream.range(0, 100)
                .mapToObj(i -> {
                    random.nextBytes(noise);
                    return "{\"index\":{}}\n{\"position\":" + i + ",\"noise\":\""
                            + Base64.getEncoder().encodeToString(noise) + "\"}\n";
                })
                .collect(Collectors.joining());
        nodes.first().call("POST", "/" + index + "/_bulk?refresh=true", documents);
        put(
                "/" + index + "/_settings",
                "{\"index.routing.allocation.require._name\":null,\"number_of_replicas\":" + replicas + "}");
        nodes.bringBackSecond();
    }

    private void put(String path, String json) {
        nodes.first().call("PUT", path, json);
    }

    /** Does something when the engine has begun to write the records' snapshot. */
    private BackupListener whileRecordsAreWritten(Runnable action) {
        return new BackupListener() {
            @Override
            public void stepProgress(BackupId id, Component component, StepProgress progress, Instant at) {
                if (component.equals(Component.ZEEBE_RECORDS) && progress.bytesDone() > 0 && !done.getAndSet(true)) {
                    action.run();
                }
            }
        };
    }

    private Map<String, Long> documents(CamundaBackupClient client) {
        SnapshotStore store = client.snapshotStore();
        List<String> names = store.listIndices(List.of("*")).join().stream()
                .map(IndexInfo::name)
                .filter(index -> !index.equals("hot-backup-journal"))
                .toList();
        return new TreeMap<>(store.documentCounts(names).join());
    }

    private static RestoreSettings settings() {
        return RestoreSettings.builder()
                .accept(Code.TEMPLATES_MISSING)
                .accept(Code.TOO_FEW_DATA_NODES)
                .build();
    }

    /** Restores, and does something when the second node restores a shard. */
    private RestoreReport restore(CamundaBackupClient client, BackupId id, Runnable action) {
        Scene.stop(cluster);
        RestoreClient restore = client.restore(settings());
        RestoreHandle handle = restore.execute(restore.plan(id).join());
        while (!nodes.first()
                        .call("GET", "/_cat/recovery?active_only=true&h=type,target_node", "")
                        .contains("snapshot " + TwoNodes.SECOND)
                && !handle.completion().isDone()) {
            Thread.onSpinWait();
        }
        assertThat(handle.completion())
                .as("the restore, before anything happened")
                .isNotDone();
        action.run();
        return handle.completion().join();
    }

    @Test
    void theNodeThatDoesNotReachTheRepositoryIsNamedBeforeAnythingBegins() {
        nodes.registerLonelyRepository("lonely");
        try (SimulatedCluster lonely = Scene.cluster(nodes.first(), engine(), CamundaLine.V8_8, "lonely")
                        .build();
                CamundaBackupClient client =
                        Scene.client(lonely, stores(), resources).build()) {
            BackupFailedException refused = Scene.failure(client.backup());
            assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            assertThat(refused)
                    .hasMessageContaining("[" + TwoNodes.SECOND + "]")
                    // Why it does not have the repository, OpenSearch writes to that node's log only.
                    .hasMessageContaining(
                            kind() == EngineKind.ELASTICSEARCH ? "specified by path.repo" : "[lonely] missing");
        }
    }

    /** First the backup loses it, and then the restore. */
    @Test
    void aNodeThatIsLostIsOutlived() {
        fill(LARGE, 1);
        try (CamundaBackupClient client = client(whileRecordsAreWritten(nodes::killSecond))) {
            BackupReport report = client.backup().completion().join();

            assertThat(done).isTrue();
            assertThat(report.step(Component.ZEEBE_RECORDS).orElseThrow().takenAgain())
                    .isPositive();
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains(LARGE, "taken again"));
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(client.consistency().check(report.backupId()).join()).isConsistent();

            nodes.bringBackSecond();
            Map<String, Long> backedUp = documents(client);
            new EngineWeb(nodes.first().uri()).write(backedUp.keySet(), "later");
            RestoreReport restored = restore(client, report.backupId(), nodes::killSecond);

            assertThat(restored.outcome()).isEqualTo(RestoreReport.Outcome.ENGINE_RESTORED);
            assertThat(documents(client)).isEqualTo(backedUp);
        }
    }

    @Test
    void aPartOfWhichANodeIsLostEndsTheBackup() {
        String index = "operate-list-view-8.3.0_";
        fill(index, 1);
        try (CamundaBackupClient client = client(new BackupListener() {
            @Override
            public void stepProgress(BackupId id, Component component, StepProgress progress, Instant at) {
                if (component.equals(Component.WEB_APPLICATIONS) && !done.getAndSet(true)) {
                    awaitSaid("/_snapshot/_status", "\"" + index + "\"");
                    nodes.killSecond();
                }
            }
        })) {
            BackupFailedException failed = Scene.failure(client.backup());

            assertThat(failed.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            BackupId id = failed.report().backupId();
            assertThat(failed).hasMessageContaining("camunda_webapps_" + id + "_8.8.0_part_2_of_6");
            assertThat(client.consistency().check(id).join())
                    .isInconsistent()
                    .hasFinding(FindingCode.SNAPSHOT_FAILED, Component.WEB_APPLICATIONS);
            assertThat(client.consistency().latestRestorable().join()).isEmpty();
            cluster.invariants().assertHold();
        }
    }

    private void awaitSaid(String path, String text) {
        while (!nodes.first().call("GET", path, "").contains(text)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anElectionInTheMiddleIsOutlived() {
        fill(LARGE, 1);
        try (CamundaBackupClient client = client(whileRecordsAreWritten(() -> nodes.elect(TwoNodes.SECOND)))) {
            BackupReport report = client.backup().completion().join();

            assertThat(nodes.elected()).isEqualTo(TwoNodes.SECOND);
            assertThat(client.consistency().check(report.backupId()).join()).isConsistent();
            cluster.invariants().assertHold();
            Map<String, Long> backedUp = documents(client);
            new EngineWeb(nodes.first().uri()).write(backedUp.keySet(), "later");
            RestoreReport restored = restore(client, report.backupId(), () -> nodes.elect(TwoNodes.FIRST));
            assertThat(restored.outcome()).isEqualTo(RestoreReport.Outcome.ENGINE_RESTORED);
            assertThat(documents(client)).isEqualTo(backedUp);
        } finally {
            nodes.elect(TwoNodes.FIRST);
        }
    }

    @Test
    void shardsThatMoveInTheMiddleAreWaitedFor() {
        fill(LARGE, 0);
        put("/_cluster/settings", "{\"persistent\":{\"indices.recovery.max_bytes_per_sec\":\"300kb\"}}");
        try (CamundaBackupClient client = client()) {
            cluster.faults()
                    .at(RequestMatcher.post("/actuator/exporting/pause"))
                    .act(() -> {
                        move(TwoNodes.SECOND, TwoNodes.FIRST);
                        done.set(true);
                    });

            BackupReport report = client.backup().completion().join();
            assertThat(done).isTrue();
            assertThat(client.consistency().check(report.backupId()).join()).isConsistent();
            cluster.invariants().assertHold();
        } finally {
            put("/_cluster/settings", "{\"persistent\":{\"indices.recovery.max_bytes_per_sec\":null}}");
        }
    }

    private void move(String from, String to) {
        nodes.first()
                .call(
                        "POST",
                        "/_cluster/reroute",
                        "{\"commands\":[{\"move\":{\"index\":\"" + LARGE + "\",\"shard\":0,\"from_node\":\"" + from
                                + "\",\"to_node\":\"" + to + "\"}}]}");
    }
}
