package io.github.camundabackup.samples.quickstart;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.simulation.model.SimulatedBucket;
import java.time.Duration;

/** A simulated cluster, whose backup takes a few seconds. */
final class Simulation implements AutoCloseable {
    private final SimulatedCluster cluster;
    private final Engine engine;

    Simulation(Configuration configuration) {
        engine = configuration.searchEngine();
        SimulatedCluster.Builder builder = SimulatedCluster.builder()
                .line(configuration.simulatedLine())
                .engine(engine.simulated())
                .partitions(3)
                .duration(Component.OPTIMIZE, Duration.ofSeconds(4))
                .duration(Component.OPERATE, Duration.ofSeconds(3))
                .duration(Component.TASKLIST, Duration.ofSeconds(2))
                .duration(Component.WEB_APPLICATIONS, Duration.ofSeconds(3))
                .duration(Component.ZEEBE_RECORDS, Duration.ofSeconds(1))
                .duration(Component.ZEEBE, Duration.ofSeconds(2));
        configuration.zeebeDirectory().map(SimulatedBucket::directory).ifPresent(builder::zeebeBackups);
        cluster = builder.build();
    }

    /** What is left of it are the search engine with the snapshots, and Zeebe's backups where it wrote them. */
    void lose() {
        cluster.servers().stream()
                .filter(server -> server != Server.SEARCH_ENGINE)
                .forEach(cluster.faults()::unreachable);
    }

    CamundaBackupClient.Builder client() {
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .optimize(cluster.optimizeUri())
                .snapshotStore(engine.store(Endpoint.of(cluster.searchEngineUri()), cluster.repository()));
        if (cluster.servers().contains(Server.REST_API)) {
            client.restApi(cluster.restApiUri());
        }
        return cluster.line().equals(CamundaLine.UP_TO_8_7)
                ? client.zeebe(cluster.zeebeUri()).operate(cluster.operateUri()).tasklist(cluster.tasklistUri())
                : client.orchestrationCluster(cluster.orchestrationUri());
    }

    @Override
    public void close() {
        cluster.close();
    }
}
