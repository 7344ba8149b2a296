package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import org.jspecify.annotations.Nullable;

/**
 * Operate, Tasklist and Identity as part of the orchestration cluster, from 8.8: {@code /actuator/backupHistory}. Their backup is five to
 * seven snapshots; the answer to {@link #take} tells how many.
 */
public final class WebApplicationsClient extends SnapshotBackupClient {

    private final Endpoint endpoint;
    private final ClientResources resources;

    private WebApplicationsClient(Endpoint endpoint, ClientResources resources, @Nullable SnapshotStore repository) {
        super(endpoint, ComponentRules.webApplications(), resources, repository);
        this.endpoint = endpoint;
        this.resources = resources;
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param endpoint the orchestration cluster's management port, by default 9600, with the context path if one is set
     * @param resources must stay open as long as the client is used
     */
    public static WebApplicationsClient create(Endpoint endpoint, ClientResources resources) {
        return new WebApplicationsClient(endpoint, resources, null);
    }

    @Override
    public WebApplicationsClient witnessedBy(SnapshotStore repository) {
        return new WebApplicationsClient(endpoint, resources, repository);
    }
}
