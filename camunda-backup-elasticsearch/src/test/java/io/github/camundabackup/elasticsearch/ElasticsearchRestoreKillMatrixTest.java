package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.RestoreKillMatrixContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchRestoreKillMatrixTest extends RestoreKillMatrixContract {
    @Override
    public SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    public Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
