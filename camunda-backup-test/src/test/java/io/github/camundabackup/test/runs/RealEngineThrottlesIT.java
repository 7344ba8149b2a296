package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.runs.EngineLimits.BYTES;
import static io.github.camundabackup.test.runs.EngineLimits.SHARDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.SharedEngine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real search engine's limits of restores, raised and put back; Camunda is simulated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class RealEngineThrottlesIT extends AbstractEngineTest {
    private EngineProcess process;

    @BeforeAll
    void use(EngineProcess engine) {
        process = engine;
    }

    @AfterEach
    void asBefore() {
        EngineLimits.set(process.uri(), "persistent", BYTES, "null");
        EngineLimits.set(process.uri(), "transient", SHARDS, "null");
        try (ClientResources resources = ClientResources.create();
                SnapshotStore store = stores().create(Endpoint.of(process.uri()), "none", resources)) {
            store.deleteIndices(store.listIndices(List.of("*")).join().stream()
                            .map(IndexInfo::name)
                            .toList())
                    .join();
        }
    }

    @Test
    void limitsAreRaisedForARestoreAndWhatAKilledOneHasLeftIsPutBack() {
        process.registerRepository("throttles", ",\"max_restore_bytes_per_sec\":\"20mb\"");
        EngineLimits.set(process.uri(), "persistent", BYTES, "\"30mb\"");
        EngineLimits.set(process.uri(), "transient", SHARDS, "3");
        try (SimulatedCluster cluster = Scene.cluster(process, engine(), CamundaLine.V8_8, "throttles")
                        .build();
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            BackupId id = client.backup().completion().join().backupId();
            cluster.servers().stream()
                    .filter(server -> server != Server.SEARCH_ENGINE)
                    .forEach(cluster.faults()::unreachable);
            client.snapshotStore()
                    .restoreThrottles()
                    .orElseThrow()
                    .raise("a restore that was killed")
                    .join();
            assertThat(EngineLimits.of(process.uri()).noted()).isTrue();
            List<EngineLimits> seen = new CopyOnWriteArrayList<>();
            RestoreClient restore = client.restore(RestoreSettings.builder()
                    .accept(Code.TOO_FEW_DATA_NODES)
                    .accept(Code.TEMPLATES_MISSING)
                    .raiseThrottles()
                    .listener(new RestoreListener() {
                        @Override
                        public void progress(BackupId backupId, RestoreStatus status) {
                            if (status.step() == Step.RESTORING) {
                                seen.add(EngineLimits.of(process.uri()));
                            }
                        }
                    })
                    .build());

            RestorePlan plan = restore.plan(id).join();
            RestoreReport report = restore.execute(plan).completion().join();

            assertThat(plan.throttles()).containsExactly(BYTES + " from 30mb to no limit", SHARDS + " from 3 to 20");
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("max_restore_bytes_per_sec=20mb"));
            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .contains(
                                    "left raised by a restore that was killed", BYTES + " to 30mb", SHARDS + " to 3"));
            assertThat(seen).first().satisfies(during -> {
                assertThat(during.noted()).isTrue();
                assertThat(during.value("persistent", BYTES)).isEqualTo("0");
                assertThat(during.value("transient", SHARDS)).isEqualTo("20");
            });
            EngineLimits after = EngineLimits.of(process.uri());
            assertThat(after.noted()).isFalse();
            assertThat(after.value("persistent", BYTES)).isEqualTo("30mb");
            assertThat(after.value("transient", SHARDS)).isEqualTo("3");
        }
    }
}
