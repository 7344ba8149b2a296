package io.github.camundabackup.test.runs;

import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.EngineUnderTest;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class StoreJournalIT extends AbstractStoreJournalTest {
    @SuppressWarnings("NullAway.Init")
    private static EngineProcess engine;

    private final String repository = "repository-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        engine = EngineProcess.start(EngineUnderTest.find().kind());
    }

    @AfterAll
    static void stop() {
        engine.close();
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
