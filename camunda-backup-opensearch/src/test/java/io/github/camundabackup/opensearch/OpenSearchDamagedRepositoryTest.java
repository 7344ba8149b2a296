package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.DamagedRepositoryContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

class OpenSearchDamagedRepositoryTest extends DamagedRepositoryContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.OPENSEARCH;
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }
}
