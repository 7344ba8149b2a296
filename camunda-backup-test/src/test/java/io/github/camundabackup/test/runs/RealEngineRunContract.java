package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupReport;
import io.github.camundabackup.backup.PauseReport;
import io.github.camundabackup.backup.StepReport;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole backup whose snapshots a real search engine makes; Camunda itself is simulated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RealEngineRunContract {
    private EngineProcess process;

    protected abstract EngineKind kind();

    protected abstract SearchEngine engine();

    protected abstract Stores stores();

    @BeforeAll
    void startEngine() {
        process = EngineProcess.start(kind());
    }

    @AfterAll
    void stopEngine() {
        if (process != null) {
            process.close();
        }
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
    @EnumSource
    void every_snapshot_of_a_backup_is_there_and_complete(Protocol protocol) {
        String repository = "run_" + protocol.name().toLowerCase(Locale.ROOT);
        process.call(
                "PUT",
                "/_snapshot/" + repository,
                "{\"type\":\"fs\",\"settings\":{\"location\":\""
                        + process.repositories().resolve(repository) + "\"}}");
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .protocol(protocol)
                        .engine(engine())
                        .repository(repository)
                        .externalEngine(process.uri())
                        .build();
                ClientResources resources = ClientResources.create();
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {

            BackupReport report = client.backup().completion().join();

            List<SnapshotInfo> snapshots = Collections.synchronizedList(new ArrayList<>());
            client.snapshotStore().list("camunda_", snapshots::add).join();
            List<String> reported = report.steps().stream()
                    .flatMap(step -> step.snapshots().stream())
                    .toList();
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
}
