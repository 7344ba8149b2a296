package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.ConsistencyContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchConsistencyTest extends ConsistencyContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }
}
