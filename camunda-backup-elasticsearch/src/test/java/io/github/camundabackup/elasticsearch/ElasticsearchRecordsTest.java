package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.searchengine.ExportedRecordsTest;

class ElasticsearchRecordsTest extends ExportedRecordsTest {

    @Override
    protected SnapshotStore open(Endpoint endpoint, ClientResources resources) {
        return ElasticsearchSnapshotStore.builder()
                .endpoint(endpoint)
                .repository("camunda")
                .resources(resources)
                .build();
    }
}
