package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.DamagedRepositoryContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchDamagedRepositoryTest extends DamagedRepositoryContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    protected Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
