package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;

/**
 * Operate up to 8.7: {@code /actuator/backups}. Its backup is six snapshots. It accepts ids that are lower than earlier
 * ones, and refuses a second backup while one runs. Right after an acceptance it may answer 404 (OpenSearch) or 400
 * (Elasticsearch), and with OpenSearch 400 until the backup is complete; see {@link BackupLookup}.
 */
public final class OperateClient extends SnapshotBackupClient {

    private OperateClient(Endpoint endpoint, ClientResources resources) {
        super(endpoint, CamundaLine.UP_TO_8_7.component(Component.OPERATE).orElseThrow(), resources);
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param endpoint Operate's management port (9600 from 8.6, before that usually its application port 8080), with
     *     the context path if one is set
     * @param resources must stay open as long as the client is used
     */
    public static OperateClient create(Endpoint endpoint, ClientResources resources) {
        return new OperateClient(endpoint, resources);
    }
}
