package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.RaceContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchRaceTest extends RaceContract {
    @Override
    public SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    public Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
