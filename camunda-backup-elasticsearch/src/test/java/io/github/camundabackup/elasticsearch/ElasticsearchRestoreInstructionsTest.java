package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.RestoreInstructionsContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.model.SearchEngine;

/** Instructions are the same for both engines. */
class ElasticsearchRestoreInstructionsTest extends RestoreInstructionsContract {

    @Override
    protected SearchEngine engine() {
        return SearchEngine.ELASTICSEARCH;
    }

    @Override
    protected Stores stores() {
        return ElasticsearchStores.STORES;
    }
}
