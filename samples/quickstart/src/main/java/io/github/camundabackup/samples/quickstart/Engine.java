package io.github.camundabackup.samples.quickstart;

import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.opensearch.OpenSearchSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;

/** The search engines that there is a store for. */
enum Engine {
    ELASTICSEARCH,
    OPENSEARCH;

    SnapshotStore store(Endpoint endpoint, String repository) {
        return switch (this) {
            case ELASTICSEARCH ->
                ElasticsearchSnapshotStore.builder()
                        .endpoint(endpoint)
                        .repository(repository)
                        .build();
            case OPENSEARCH ->
                OpenSearchSnapshotStore.builder()
                        .endpoint(endpoint)
                        .repository(repository)
                        .build();
        };
    }
}
