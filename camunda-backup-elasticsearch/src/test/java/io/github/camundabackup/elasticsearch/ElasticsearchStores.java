package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.Scene.Stores;

/** How tests of whole backups make this module's store. */
final class ElasticsearchStores {
    static final Stores STORES = (endpoint, repository, resources) -> ElasticsearchSnapshotStore.builder()
            .endpoint(endpoint)
            .repository(repository)
            .resources(resources)
            .build();

    private ElasticsearchStores() {}
}
