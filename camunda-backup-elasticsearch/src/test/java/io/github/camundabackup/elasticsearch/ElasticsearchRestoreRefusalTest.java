package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.RestoreRefusalContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchRestoreRefusalTest extends RestoreRefusalContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    protected Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
