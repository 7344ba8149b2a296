package io.github.camundabackup.opensearch;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.searchengine.ExportedRecordsTest;

class OpenSearchRecordsTest extends ExportedRecordsTest {

    @Override
    protected SnapshotStore open(Endpoint endpoint, ClientResources resources) {
        return OpenSearchSnapshotStore.builder()
                .endpoint(endpoint)
                .repository("camunda")
                .resources(resources)
                .build();
    }
}
