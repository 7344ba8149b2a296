package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.Finding;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** For docs/guide/verify.md. */
final class VerifySnippets {
    private VerifySnippets() {}

    static boolean check(CamundaBackupClient client, BackupId backupId) {
        // snippet
        ConsistencyReport report = client.consistency().check(backupId).join();
        System.out.println(report);
        for (Finding finding : report.findings()) {
            System.out.println(finding.code() + ": " + finding.evidence() + " " + finding.advice());
        }
        // end
        return report.isConsistent();
    }

    static ConsistencyReport askTheSnapshots(CamundaBackupClient client, BackupId backupId) {
        // snippet
        ConsistencyReport report =
                client.consistency().check(backupId, Depth.POSITIONS).join();
        // end
        return report;
    }

    static ConsistencyReport checkReport(CamundaBackupClient client, Path file) throws IOException {
        // snippet
        BackupReport run = BackupReport.fromJson(Files.readString(file));
        ConsistencyReport report = client.consistency().check(run).join();
        // end
        return report;
    }

    static Optional<BackupId> newest(CamundaBackupClient client) {
        // snippet
        List<ConsistencyReport> all = client.consistency().checkAll().join();
        Optional<ConsistencyReport> newest =
                client.consistency().latestRestorable().join();
        // end
        return all.isEmpty() ? Optional.empty() : newest.map(ConsistencyReport::backupId);
    }

    static Optional<BackupId> withoutCluster() {
        // snippet
        try (ClientResources resources = ClientResources.create();
                SnapshotStore store = ElasticsearchSnapshotStore.builder()
                        .endpoint(URI.create("http://localhost:9200"))
                        .repository("camunda")
                        .resources(resources)
                        .build()) {
            ConsistencyChecker checker = ConsistencyChecker.of(store, resources);
            return checker.latestRestorable().join().map(ConsistencyReport::backupId);
        }
        // end
    }
}
