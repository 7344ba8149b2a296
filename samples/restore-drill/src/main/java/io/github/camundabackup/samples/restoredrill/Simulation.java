package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.samples.quickstart.Engine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A simulated cluster with a search engine, and a scratch engine beside it that reaches the same repository. */
final class Simulation implements AutoCloseable {
    private final Engine engine;
    private final SimulatedCluster cluster;
    private final SimulatedCluster scratch;

    Simulation(Engine engine, CamundaLine line) {
        this.engine = engine;
        cluster = cluster(engine, line);
        scratch = SimulatedCluster.builder()
                .scratchEngineOf(cluster)
                .restoreDuration(Duration.ofMillis(300))
                .build();
    }

    static SimulatedCluster cluster(Engine engine, CamundaLine line) {
        return SimulatedCluster.builder()
                .line(line)
                .engine(engine.simulated())
                .partitions(3)
                .build();
    }

    static CamundaBackupClient.Builder client(Engine engine, SimulatedCluster cluster) {
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .optimize(cluster.optimizeUri())
                .snapshotStore(engine.store(Endpoint.of(cluster.searchEngineUri()), cluster.repository()));
        return cluster.line().equals(CamundaLine.UP_TO_8_7)
                ? client.zeebe(cluster.zeebeUri()).operate(cluster.operateUri()).tasklist(cluster.tasklistUri())
                : client.orchestrationCluster(cluster.orchestrationUri());
    }

    BackupReport backUp() {
        try (CamundaBackupClient client = client(engine, cluster).build()) {
            return client.backup().completion().join();
        }
    }

    /** What the environment would say of this cluster. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (cluster.line().equals(CamundaLine.UP_TO_8_7)) {
            variables.put("ZEEBE_URL", cluster.zeebeUri().toString());
            variables.put("OPERATE_URL", cluster.operateUri().toString());
            variables.put("TASKLIST_URL", cluster.tasklistUri().toString());
        } else {
            variables.put("ORCHESTRATION_URL", cluster.orchestrationUri().toString());
        }
        variables.put("OPTIMIZE_URL", cluster.optimizeUri().toString());
        variables.put("SEARCH_ENGINE_URL", cluster.searchEngineUri().toString());
        variables.put("REPOSITORY", cluster.repository());
        variables.put("DRILL_SEARCH_ENGINE_URL", scratch.searchEngineUri().toString());
        return variables;
    }

    @Override
    public void close() {
        scratch.close();
        cluster.close();
    }
}
