package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.RestoreSignalContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchRestoreSignalTest extends RestoreSignalContract {
    @Override
    protected SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }
}
