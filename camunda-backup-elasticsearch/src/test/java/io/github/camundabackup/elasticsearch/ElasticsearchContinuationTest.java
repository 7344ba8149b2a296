package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.ContinuationContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchContinuationTest extends ContinuationContract {
    @Override
    public SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    public Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
