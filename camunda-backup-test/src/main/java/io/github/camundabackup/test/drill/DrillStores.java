package io.github.camundabackup.test.drill;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;

/**
 * Makes the snapshot stores of a drill that is configured from outside: for Elasticsearch, for OpenSearch, or another
 * one.
 */
@FunctionalInterface
public interface DrillStores {

    /**
     * A store; the drill closes it.
     *
     * @param endpoint of the search engine, with authentication and TLS
     * @param repository the snapshot repository's name
     * @param resources what the store must run on
     */
    SnapshotStore open(Endpoint endpoint, String repository, ClientResources resources);
}
