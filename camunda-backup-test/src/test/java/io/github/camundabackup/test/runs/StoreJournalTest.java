package io.github.camundabackup.test.runs;

import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

class StoreJournalTest extends AbstractStoreJournalTest {
    private final SimulatedCluster cluster =
            SimulatedCluster.builder().engine(underTest().simulated()).build();

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
