package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;

/**
 * Optimize, all versions: {@code /actuator/backups} on port 8092. Its two parts may be shown as INCOMPLETE between the
 * end of the first and the beginning of the second.
 */
public final class OptimizeClient extends SnapshotBackupClient {

    private OptimizeClient(Endpoint endpoint, ClientResources resources) {
        super(endpoint, CamundaLine.V8_8.component(Component.OPTIMIZE).orElseThrow(), resources);
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param endpoint Optimize's management port, by default 8092. The context path of its Helm chart does not apply
     *     there
     * @param resources must stay open as long as the client is used
     */
    public static OptimizeClient create(Endpoint endpoint, ClientResources resources) {
        return new OptimizeClient(endpoint, resources);
    }
}
