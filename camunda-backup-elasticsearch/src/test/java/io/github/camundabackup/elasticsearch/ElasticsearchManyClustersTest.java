package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.ManyClustersContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchManyClustersTest extends ManyClustersContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    protected Stores stores() {
        return (endpoint, repository, resources) -> ElasticsearchSnapshotStore.builder()
                .endpoint(endpoint)
                .repository(repository)
                .resources(resources)
                .build();
    }
}
