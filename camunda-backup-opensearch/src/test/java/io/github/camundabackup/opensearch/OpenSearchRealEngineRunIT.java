package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.runs.RealEngineRunContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchRealEngineRunIT extends RealEngineRunContract {

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
