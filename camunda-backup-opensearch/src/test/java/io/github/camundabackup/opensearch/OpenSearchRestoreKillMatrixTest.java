package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.RestoreKillMatrixContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchRestoreKillMatrixTest extends RestoreKillMatrixContract {
    @Override
    public SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    public Stores stores() {
        return OpenSearchStores.STORES;
    }
}
