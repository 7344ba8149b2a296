package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.runs.WholeRunContract;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchWholeRunTest extends WholeRunContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }
}
