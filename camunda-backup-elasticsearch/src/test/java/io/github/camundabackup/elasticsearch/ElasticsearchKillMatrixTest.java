package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.KillMatrixContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchKillMatrixTest extends KillMatrixContract {
    @Override
    public SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    public Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
