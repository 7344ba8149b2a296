package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.util.Optional;

/**
 * Operate, Tasklist and Identity as part of the orchestration cluster, from 8.8: {@code /actuator/backupHistory}, and
 * {@code /v2/backups/history} in the REST API from 8.10. Their backup is five to seven snapshots; the answer to {@link #take} names them.
 */
public final class WebApplicationsClient extends SnapshotBackupClient {

    private WebApplicationsClient(Endpoint endpoint, Wire wire, PhysicalTenant tenant, ClientResources resources) {
        super(
                endpoint,
                wire,
                tenant,
                CamundaLine.V8_10.component(Component.WEB_APPLICATIONS).orElseThrow(),
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
        return create(endpoint, Wire.ACTUATOR, resources);
    }

    /**
     * As {@link #create(Endpoint, ClientResources)}, on the given wire.
     *
     * @param endpoint for {@link Wire#REST}, the application's port, by default 8080, with the context path if one is
     *     set
     */
    public static WebApplicationsClient create(Endpoint endpoint, Wire wire, ClientResources resources) {
        return create(endpoint, wire, PhysicalTenant.DEFAULT, resources);
    }

    /** As {@link #create(Endpoint, Wire, ClientResources)}, for the backups of one physical tenant. */
    public static WebApplicationsClient create(
            Endpoint endpoint, Wire wire, PhysicalTenant tenant, ClientResources resources) {
        return new WebApplicationsClient(endpoint, wire, tenant, resources);
    }
}
