package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.InterruptionContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchInterruptionTest extends InterruptionContract {
    @Override
    public SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    public Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
