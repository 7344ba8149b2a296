package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.opensearch.OpenSearchSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.net.URI;
import java.util.Optional;

/** The search engines that there is a drill for. */
enum Engine {
    ELASTICSEARCH,
    OPENSEARCH;

    static Optional<Engine> of(String name) {
        return switch (name) {
            case "elasticsearch" -> Optional.of(ELASTICSEARCH);
            case "opensearch" -> Optional.of(OPENSEARCH);
            default -> Optional.empty();
        };
    }

    Class<? extends BackupDrill> drill() {
        return switch (this) {
            case ELASTICSEARCH -> BackupDrill.OnElasticsearch.class;
            case OPENSEARCH -> BackupDrill.OnOpenSearch.class;
        };
    }

    SearchEngine simulated() {
        return switch (this) {
            case ELASTICSEARCH -> SearchEngine.ELASTICSEARCH;
            case OPENSEARCH -> SearchEngine.OPENSEARCH;
        };
    }

    SnapshotStore store(URI uri, String repository) {
        return switch (this) {
            case ELASTICSEARCH ->
                ElasticsearchSnapshotStore.builder()
                        .endpoint(uri)
                        .repository(repository)
                        .build();
            case OPENSEARCH ->
                OpenSearchSnapshotStore.builder()
                        .endpoint(uri)
                        .repository(repository)
                        .build();
        };
    }
}
