package io.github.camundabackup.samples.quickstart;

import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.opensearch.OpenSearchSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.simulation.model.SearchEngine;

/** The search engines that there is a store for. */
public enum Engine {
    ELASTICSEARCH,
    OPENSEARCH;

    public SnapshotStore store(Endpoint endpoint, String repository) {
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

    /** What a simulated cluster has. */
    public SearchEngine simulated() {
        return switch (this) {
            case ELASTICSEARCH -> SearchEngine.ELASTICSEARCH;
            case OPENSEARCH -> SearchEngine.OPENSEARCH;
        };
    }
}
