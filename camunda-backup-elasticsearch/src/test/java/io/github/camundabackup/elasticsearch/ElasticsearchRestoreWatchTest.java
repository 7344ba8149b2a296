package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.RestoreWatchContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchRestoreWatchTest extends RestoreWatchContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    protected Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
