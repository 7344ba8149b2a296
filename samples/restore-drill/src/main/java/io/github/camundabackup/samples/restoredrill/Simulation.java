package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupReport;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A cluster of nobody with a search engine, and a scratch engine beside it that reaches the same repository. */
final class Simulation implements AutoCloseable {
    private final Engine engine;
    private final SimulatedCluster cluster;
    private final SimulatedCluster scratch;

    /** What the cluster speaks. */
    record Line(Protocol protocol) {
        static Optional<Line> of(String version) {
            return switch (version) {
                case "8.5", "8.6", "8.7" -> Optional.of(new Line(Protocol.UP_TO_8_7));
                case "8.8", "8.9" -> Optional.of(new Line(Protocol.FROM_8_8));
                default -> Optional.empty();
            };
        }
    }

    Simulation(Engine engine, Line line) {
        this.engine = engine;
        cluster = SimulatedCluster.builder()
                .protocol(line.protocol())
                .engine(engine.simulated())
                .partitions(3)
                .build();
        scratch = SimulatedCluster.builder()
                .scratchEngineOf(cluster)
                .restoreDuration(Duration.ofMillis(300))
                .build();
    }

    BackupReport backUp() {
        CamundaBackupClient.Builder builder = CamundaBackupClient.builder()
                .optimize(cluster.optimizeUri())
                .snapshotStore(engine.store(cluster.searchEngineUri(), cluster.repository()));
        switch (cluster.protocol()) {
            case UP_TO_8_7 ->
                builder.zeebe(cluster.zeebeUri()).operate(cluster.operateUri()).tasklist(cluster.tasklistUri());
            case FROM_8_8 -> builder.orchestrationCluster(cluster.orchestrationUri());
        }
        try (CamundaBackupClient client = builder.build()) {
            return client.backup().completion().join();
        }
    }

    /** What the environment would say of this cluster. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        switch (cluster.protocol()) {
            case UP_TO_8_7 -> {
                variables.put("ZEEBE_URL", cluster.zeebeUri().toString());
                variables.put("OPERATE_URL", cluster.operateUri().toString());
                variables.put("TASKLIST_URL", cluster.tasklistUri().toString());
            }
            case FROM_8_8 ->
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
