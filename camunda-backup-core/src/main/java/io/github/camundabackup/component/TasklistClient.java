package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;

/**
 * Tasklist up to 8.7: {@code /actuator/backups}. Its backup is six snapshots. It accepts ids that are lower than
 * earlier ones, and refuses a second backup while one runs. With Elasticsearch it answers 500 for ids that it does not
 * know (yet); see {@link BackupLookup}.
 */
public final class TasklistClient extends SnapshotBackupClient {

    private TasklistClient(Endpoint endpoint, ClientResources resources) {
        super(endpoint, CamundaLine.UP_TO_8_7.component(Component.TASKLIST).orElseThrow(), resources);
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param endpoint Tasklist's management port (9600 from 8.6, before that usually its application port 8080), with
     *     the context path if one is set
     * @param resources must stay open as long as the client is used
     */
    public static TasklistClient create(Endpoint endpoint, ClientResources resources) {
        return new TasklistClient(endpoint, resources);
    }
}
