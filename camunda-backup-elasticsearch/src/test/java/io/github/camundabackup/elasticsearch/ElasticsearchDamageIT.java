package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.runs.RealEngineDamageContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchDamageIT extends RealEngineDamageContract {

    @Override
    protected EngineKind kind() {
        return EngineKind.ELASTICSEARCH;
    }

    @Override
    protected SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    protected Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
