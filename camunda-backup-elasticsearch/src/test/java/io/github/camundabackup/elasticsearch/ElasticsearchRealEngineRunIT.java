package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.runs.RealEngineRunContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class ElasticsearchRealEngineRunIT extends RealEngineRunContract {

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
