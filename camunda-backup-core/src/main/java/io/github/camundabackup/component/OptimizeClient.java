package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import org.jspecify.annotations.Nullable;

/**
 * Optimize, all versions: {@code /actuator/backups} on port 8092. Its two parts may be shown as INCOMPLETE between the end of the first
 * and the beginning of the second.
 */
public final class OptimizeClient extends SnapshotBackupClient {

    private final Endpoint endpoint;
    private final ClientResources resources;

    private OptimizeClient(Endpoint endpoint, ClientResources resources, @Nullable SnapshotStore repository) {
        super(endpoint, ComponentRules.optimize(), resources, repository);
        this.endpoint = endpoint;
        this.resources = resources;
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param endpoint Optimize's management port, by default 8092. The context path of its Helm chart does not apply there
     * @param resources must stay open as long as the client is used
     */
    public static OptimizeClient create(Endpoint endpoint, ClientResources resources) {
        return new OptimizeClient(endpoint, resources, null);
    }

    @Override
    public OptimizeClient witnessedBy(SnapshotStore repository) {
        return new OptimizeClient(endpoint, resources, repository);
    }
}
