package io.github.camundabackup.samples.classpath;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.opensearch.OpenSearchSnapshotStore;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import java.util.concurrent.CompletionException;

/** What a user's own tooling could look like; here to show that it compiles against the library and runs with it. */
public final class BackupTool implements AutoCloseable {
    private final Endpoint searchEngine;
    private final ClientResources resources;
    private final CamundaBackupClient client;

    /**
     * @param orchestrationCluster the management port of Camunda 8.8 or later
     * @param searchEngine where the snapshots are taken
     * @param repository the snapshot repository that Camunda is configured with
     * @param resources closed with this tool
     */
    public BackupTool(
            Endpoint orchestrationCluster, Endpoint searchEngine, String repository, ClientResources resources) {
        this.searchEngine = searchEngine;
        this.resources = resources;
        client = CamundaBackupClient.builder()
                .orchestrationCluster(orchestrationCluster)
                .snapshotStore(OpenSearchSnapshotStore.builder()
                        .endpoint(searchEngine)
                        .repository(repository)
                        .resources(resources)
                        .build())
                .resources(resources)
                .build();
    }

    /** The id for a backup that is taken now. */
    public BackupId nextId() {
        return BackupId.ofEpochSecond(resources.time().now());
    }

    /** What a backup will write, in one line for a log. */
    public String plan(BackupId id) {
        return SnapshotName.records(id) + " at " + searchEngine.uri();
    }

    /** Takes a backup; its report also if it failed. */
    public BackupReport backUp(BackupId id) {
        try {
            return client.backup(id).completion().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BackupFailedException failed) {
                return failed.report();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
        resources.close();
    }
}
