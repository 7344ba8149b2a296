package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.bucket.BucketContents;
import io.github.camundabackup.bucket.FilesystemObjectStore;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.ReadThrough;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;

/** For docs/guide/cluster-is-gone.md. */
final class ClusterIsGoneSnippets {
    private ClusterIsGoneSnippets() {}

    static void check() {
        // snippet
        try (ClientResources resources = ClientResources.create();
                ObjectStore zeebe = FilesystemObjectStore.of(Path.of("/mnt/zeebe-backups"));
                SnapshotStore store = ElasticsearchSnapshotStore.builder()
                        .endpoint(URI.create("http://localhost:9200"))
                        .repository("camunda")
                        .resources(resources)
                        .build()) {
            ConsistencyChecker checker = ConsistencyChecker.of(store, resources).zeebeBackups(zeebe);
            checker.latestRestorable().join().ifPresent(System.out::println);
        }
        // end
    }

    static RestorePlan plan(
            SnapshotStore store,
            RestoreSettings settings,
            ClientResources resources,
            ObjectStore zeebe,
            BackupId backupId) {
        // snippet
        RestorePlan plan = RestoreClient.create(store, settings, resources)
                .withZeebeBackups(zeebe)
                .plan(backupId)
                .join();
        // end
        return plan;
    }

    static CamundaBackupClient client(CamundaBackupClient.Builder builder) {
        // snippet
        CamundaBackupClient client = builder.zeebeBackups(FilesystemObjectStore.of(Path.of("/mnt/zeebe-backups")))
                .build();
        // end
        return client;
    }

    static void all(CamundaBackupClient client) {
        // snippet
        BucketContents contents = client.zeebeBackups().orElseThrow().all().join();
        contents.backups().forEach(backup -> System.out.println(backup.backupId() + " " + backup.state()));
        contents.leftovers().forEach(left -> System.out.println(left.folder() + ": " + left.bytes() + " bytes"));
        // end
    }

    static void readThrough(CamundaBackupClient client, BackupId backupId) {
        // snippet
        ReadThrough read = client.zeebeBackups()
                .orElseThrow()
                .readThrough(backupId, OptionalLong.of(50_000_000), progress -> System.out.println(progress))
                .join();
        read.problems().forEach(problem -> System.out.println(problem.key() + ": " + problem.what()));
        // end
    }
}
