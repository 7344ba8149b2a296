package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import java.util.Optional;

/**
 * Operate, Tasklist and Identity as part of the orchestration cluster, from 8.8: {@code /actuator/backupHistory}. Their
 * backup is five to seven snapshots; the answer to {@link #take} names them.
 */
public final class WebApplicationsClient extends SnapshotBackupClient {

    private WebApplicationsClient(Endpoint endpoint, ClientResources resources) {
        super(
                endpoint,
                CamundaLine.V8_8.component(Component.WEB_APPLICATIONS).orElseThrow(),
                resources,
                Optional.empty());
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param endpoint the orchestration cluster's management port, by default 9600, with the context path if one is set
     * @param resources must stay open as long as the client is used
     */
    public static WebApplicationsClient create(Endpoint endpoint, ClientResources resources) {
        return new WebApplicationsClient(endpoint, resources);
    }
}
