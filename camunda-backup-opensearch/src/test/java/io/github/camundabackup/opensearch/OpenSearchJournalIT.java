package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.runs.StoreJournalContract;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class OpenSearchJournalIT extends StoreJournalContract {
    @SuppressWarnings("NullAway.Init")
    private static EngineProcess engine;

    private final String repository = "repository-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        engine = EngineProcess.start(EngineKind.OPENSEARCH);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Override
    protected Stores stores() {
        return OpenSearchStores.STORES;
    }

    @Override
    protected URI engineUri() {
        return engine.uri();
    }

    @Override
    protected String repository() {
        return repository;
    }
}
