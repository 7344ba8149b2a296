package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.RealEngineContract;
import java.net.URI;

/** The contract of snapshot stores on a real Elasticsearch. */
class ElasticsearchSnapshotStoreIT extends RealEngineContract {
    ElasticsearchSnapshotStoreIT() {
        super(EngineKind.ELASTICSEARCH);
    }

    @Override
    protected SnapshotStore open(URI uri, String repository) {
        return ElasticsearchSnapshotStore.builder()
                .endpoint(uri)
                .repository(repository)
                .build();
    }
}
