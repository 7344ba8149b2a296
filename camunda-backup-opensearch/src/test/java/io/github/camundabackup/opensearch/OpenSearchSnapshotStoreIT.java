package io.github.camundabackup.opensearch;

import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.RealEngineContract;
import java.net.URI;

/** The contract of snapshot stores on a real OpenSearch. */
class OpenSearchSnapshotStoreIT extends RealEngineContract {
    OpenSearchSnapshotStoreIT() {
        super(EngineKind.OPENSEARCH);
    }

    @Override
    protected SnapshotStore open(URI uri, String repository) {
        return OpenSearchSnapshotStore.builder()
                .endpoint(uri)
                .repository(repository)
                .build();
    }
}
