package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.RestoreWatchContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchRestoreWatchTest extends RestoreWatchContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }
}
