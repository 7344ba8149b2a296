package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.Scene.Stores;

/** How tests of whole backups make this module's store. */
final class OpenSearchStores {
    static final Stores STORES = (endpoint, repository, resources) -> OpenSearchSnapshotStore.builder()
            .endpoint(endpoint)
            .repository(repository)
            .resources(resources)
            .build();

    private OpenSearchStores() {}
}
