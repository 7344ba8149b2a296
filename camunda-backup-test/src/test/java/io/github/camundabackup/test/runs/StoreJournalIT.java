package io.github.camundabackup.test.runs;

import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.SharedEngine;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag(EngineUnderTest.EVERY_VERSION)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@ExtendWith(SharedEngine.class)
class StoreJournalIT extends AbstractStoreJournalTest {
    @SuppressWarnings("NullAway.Init")
    private static EngineProcess engine;

    private final String repository = "repository-" + UUID.randomUUID();

    @BeforeAll
    static void use(EngineProcess shared) {
        engine = shared;
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
