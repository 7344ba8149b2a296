package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;

/**
 * Makes the snapshot stores of the kit: one for the user's cluster, and one for the simulated one that it is compared
 * with.
 */
@FunctionalInterface
public interface AcceptanceStores {

    /**
     * A store; the kit closes it.
     *
     * @param endpoint of the search engine, with authentication and TLS
     * @param repository the snapshot repository's name
     * @param resources what the store must run on
     */
    SnapshotStore open(Endpoint endpoint, String repository, ClientResources resources);
}
