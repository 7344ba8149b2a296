package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.RestoreControlContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchRestoreControlTest extends RestoreControlContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }
}
