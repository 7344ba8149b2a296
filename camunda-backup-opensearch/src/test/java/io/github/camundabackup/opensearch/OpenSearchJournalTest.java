package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.runs.StoreJournalContract;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

class OpenSearchJournalTest extends StoreJournalContract {
    private final SimulatedCluster cluster =
            SimulatedCluster.builder().engine(SearchEngine.OPENSEARCH).build();

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }

    @Override
    protected URI engineUri() {
        return cluster.searchEngineUri();
    }

    @Override
    protected String repository() {
        return cluster.repository();
    }

    @AfterEach
    void close() {
        cluster.close();
    }
}
