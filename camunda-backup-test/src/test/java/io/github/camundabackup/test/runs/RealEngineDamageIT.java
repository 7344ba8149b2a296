package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.SnapshotRestore;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.SharedEngine;
import io.github.camundabackup.test.process.FileTrees;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files are lost from the repository of a real search engine, and of the cluster nothing else is left; Camunda itself
 * was simulated.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class RealEngineDamageIT extends AbstractEngineTest {
    private static final String ALIAS = "/operate-list-view-8.3.0_/_alias/operate-list-view-8.3.0_alias";

    private final AtomicInteger repositories = new AtomicInteger();
    private EngineProcess process;
    private Path files;
    private ClientResources resources;
    private SnapshotStore store;
    private BackupId first;
    private BackupId second;
    private Map<String, Long> backedUp;

    @BeforeAll
    void use(EngineProcess engine) {
        process = engine;
    }

    @BeforeEach
    void takeTwoBackups() {
        String repository = "damaged_" + repositories.incrementAndGet();
        files = process.repositories().resolve(repository);
        process.registerRepository(repository, ",\"compress\":false");
        resources = ClientResources.create();
        store = stores().create(Endpoint.of(process.uri()), repository, resources);
        try (SimulatedCluster cluster = Scene.cluster(process, engine(), CamundaLine.V8_8, repository)
                        .build();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            process.call("PUT", ALIAS, "");
            first = client.backup().completion().join().backupId();
            second = BackupId.of(first.value() + 1000);
            backedUp = documents();
            client.backup(second).completion().join();
        }
    }

    @AfterEach
    void deleteIndices() {
        store.deleteIndices(documents().keySet()).join();
        store.close();
        resources.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restoresTheGoodBackupBesideADamagedOne(boolean gone) throws IOException {
        SnapshotRestore damaged = plan(second).snapshots().get(0);
        Path description = files.resolve("snap-" + damaged.uuid() + ".dat");
        if (gone) {
            Files.delete(description);
        } else {
            Files.writeString(description, "what it never was");
        }
        store.deleteIndices(documents().keySet()).join();

        BackupId latest = ConsistencyChecker.of(store, resources)
                .latestRestorable()
                .join()
                .map(ConsistencyReport::backupId)
                .orElseThrow();
        RestorePlan plan = plan(latest);

        assertThat(latest).isEqualTo(first);
        assertThat(plan.obstacles()).isEmpty();
        assertThat(restore().execute(plan).completion().join().outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
        assertThat(documents()).isEqualTo(backedUp);
        assertThat(process.send("GET", ALIAS, "").statusCode())
                .as("the alias through which applications read and write")
                .isEqualTo(200);
        assertThat(plan(second).obstacles()).extracting(Obstacle::code).containsOnly(Obstacle.Code.SNAPSHOT_UNUSABLE);
    }

    @Test
    void deletesNothingForABackupWithoutItsIndices() throws IOException {
        RestorePlan before = plan(second);
        Map<String, Long> inUse = documents();
        try (Stream<Path> all = Files.walk(files)) {
            List<Path> everywhere =
                    all.filter(directory -> directory.endsWith("indices")).toList();
            everywhere.forEach(FileTrees::clear);
        }

        RestorePlan plan = plan(second);
        RestoreFailedException refused = RestoreScene.failure(restore().execute(plan));

        assertThat(before.obstacles()).isEmpty();
        assertThat(plan.obstacles()).isNotEmpty().allSatisfy(obstacle -> {
            assertThat(obstacle.code()).isEqualTo(Obstacle.Code.SNAPSHOT_UNUSABLE);
            assertThat(obstacle.message()).contains("camunda_");
        });
        assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(documents()).isEqualTo(inUse);
    }

    @Tag(EngineUnderTest.EVERY_VERSION)
    @Test
    void lostShardForbidsTheRestore() throws IOException {
        SnapshotRestore damaged = plan(second).snapshots().stream()
                .filter(snapshot -> !snapshot.indices().isEmpty())
                .findFirst()
                .orElseThrow();
        String name = "snap-" + damaged.uuid() + ".dat";
        // Shards are below indices, or in OpenSearch 3 below directories whose names are made of hashes.
        try (Stream<Path> all = Files.walk(files)) {
            Files.delete(all.filter(file -> file.endsWith(name) && !file.equals(files.resolve(name)))
                    .findFirst()
                    .orElseThrow());
        }

        assertThat(plan(second).obstacles()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.code()).isEqualTo(Obstacle.Code.SNAPSHOT_UNUSABLE);
            assertThat(obstacle.message()).contains(damaged.name().toString());
        });
        assertThat(ConsistencyChecker.of(store, resources)
                        .check(second, Depth.POSITIONS)
                        .join()
                        .findings())
                .filteredOn(finding -> finding.code() == FindingCode.SHARDS_UNREADABLE)
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.evidence()).contains(damaged.name().toString()));
    }

    @Tag(EngineUnderTest.EVERY_VERSION)
    @Test
    void deletesNothingForASnapshotOfALaterEngine() throws IOException {
        SnapshotRestore later = plan(second).snapshots().get(0);
        LaterVersion.write(files.resolve("snap-" + later.uuid() + ".dat"));
        Map<String, Long> inUse = documents();

        RestorePlan plan = plan(second);
        RestoreFailedException refused = RestoreScene.failure(restore().execute(plan));

        assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.code()).isEqualTo(Obstacle.Code.ENGINE_TOO_OLD);
            assertThat(obstacle.message())
                    .contains(later.name().toString(), store.engine().join().toString());
        });
        assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(documents()).isEqualTo(inUse);
        assertThat(process.send("POST", "/_snapshot/" + files.getFileName() + "/" + later.name() + "/_restore", "")
                        .body())
                .as("what the engine itself says")
                .contains("which is higher than the version of this node");
    }

    private RestoreClient restore() {
        return RestoreClient.create(
                store,
                RestoreSettings.builder()
                        .accept(Obstacle.Code.TOO_FEW_DATA_NODES)
                        .accept(Obstacle.Code.TEMPLATES_MISSING)
                        .build(),
                resources);
    }

    private RestorePlan plan(BackupId backupId) {
        return restore().plan(backupId).join();
    }

    private Map<String, Long> documents() {
        List<String> names = store.listIndices(List.of("*")).join().stream()
                .map(IndexInfo::name)
                .filter(index -> !index.equals("hot-backup-journal"))
                .toList();
        return new TreeMap<>(store.documentCounts(names).join());
    }
}
