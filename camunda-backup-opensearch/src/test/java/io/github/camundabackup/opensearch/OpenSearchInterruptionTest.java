package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.InterruptionContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchInterruptionTest extends InterruptionContract {
    @Override
    public SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    public Stores stores() {
        return OpenSearchStores.STORES;
    }
}
