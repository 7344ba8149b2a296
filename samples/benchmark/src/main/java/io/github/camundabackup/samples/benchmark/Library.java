package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.time.Duration;

/**
 * Backups that this library takes, as in a process that backs up many clusters: on the same threads and HTTP client.
 */
final class Library implements AutoCloseable {
    private final ClientResources resources = ClientResources.create();

    BackupPlan plan(SimulatedCluster cluster) {
        try (CamundaBackupClient client = client(cluster)) {
            return client.plan().join();
        }
    }

    Measurement measure(SimulatedCluster cluster) {
        try (CamundaBackupClient client = client(cluster)) {
            int before = cluster.requests().size();
            long start = System.nanoTime();
            client.backup().completion().join();
            Duration total = Duration.ofNanos(System.nanoTime() - start);
            return Measurement.of(total, cluster, before);
        }
    }

    CamundaBackupClient client(SimulatedCluster cluster) {
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .resources(resources)
                .optimize(cluster.optimizeUri())
                .snapshotStore(ElasticsearchSnapshotStore.builder()
                        .endpoint(cluster.searchEngineUri())
                        .repository(cluster.repository())
                        .resources(resources)
                        .build());
        return cluster.line().equals(CamundaLine.UP_TO_8_7)
                ? client.zeebe(cluster.zeebeUri())
                        .operate(cluster.operateUri())
                        .tasklist(cluster.tasklistUri())
                        .build()
                : client.orchestrationCluster(cluster.orchestrationUri()).build();
    }

    @Override
    public void close() {
        resources.close();
    }
}
