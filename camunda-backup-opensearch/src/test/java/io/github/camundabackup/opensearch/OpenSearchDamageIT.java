package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.runs.RealEngineDamageContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchDamageIT extends RealEngineDamageContract {

    @Override
    protected EngineKind kind() {
        return EngineKind.OPENSEARCH;
    }

    @Override
    protected SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }
}
