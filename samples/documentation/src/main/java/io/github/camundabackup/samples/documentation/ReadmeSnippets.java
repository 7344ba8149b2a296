package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.OptimizeClient;
import io.github.camundabackup.component.ZeebeBackup;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.List;

/** For README.md. */
final class ReadmeSnippets {
    private ReadmeSnippets() {}

    static void firstBackup() {
        // snippet
        try (CamundaBackupClient client = CamundaBackupClient.builder()
                .orchestrationCluster(URI.create("http://localhost:9600"))
                .optimize(URI.create("http://localhost:8092"))
                .snapshotStore(ElasticsearchSnapshotStore.builder()
                        .endpoint(URI.create("http://localhost:9200"))
                        .repository("camunda")
                        .build())
                .build()) {
            BackupReport report = client.backup().completion().join();
            System.out.println(report);
        }
        // end
    }

    static List<ZeebeBackup> typedClients(CamundaBackupClient client) {
        // snippet
        CamundaCluster cluster = client.cluster().join();
        List<ZeebeBackup> zeebeBackups = cluster.zeebe().list().join();
        cluster.exporting().resume().join();
        // end
        return zeebeBackups;
    }

    static void oneClientAlone() {
        // snippet
        try (ClientResources resources = ClientResources.create()) {
            OptimizeClient optimize =
                    OptimizeClient.create(Endpoint.of(URI.create("http://localhost:8092")), resources);
            optimize.list().join().forEach(System.out::println);
        }
        // end
    }
}
