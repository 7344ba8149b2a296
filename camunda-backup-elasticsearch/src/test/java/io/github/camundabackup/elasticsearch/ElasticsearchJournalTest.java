package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.runs.StoreJournalContract;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

class ElasticsearchJournalTest extends StoreJournalContract {
    private final SimulatedCluster cluster =
            SimulatedCluster.builder().engine(SearchEngine.ELASTICSEARCH).build();

    @Override
    protected Stores stores() {
        return ElasticsearchStores.STORES;
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
