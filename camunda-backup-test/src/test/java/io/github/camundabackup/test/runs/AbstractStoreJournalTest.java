package io.github.camundabackup.test.runs;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.contract.BackupJournalContract;
import io.github.camundabackup.test.engine.EngineUnderTest;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The journal that a store keeps in its search engine. */
@Tag(EngineUnderTest.TAG)
abstract class AbstractStoreJournalTest extends BackupJournalContract {
    private final EngineUnderTest underTest = EngineUnderTest.find();
    private final ClientResources resources = ClientResources.create();

    final EngineUnderTest underTest() {
        return underTest;
    }

    /** An engine, and in each test a repository's name that was not used before. */
    protected abstract URI engineUri();

    protected abstract String repository();

    @Override
    protected BackupJournal open() {
        return underTest
                .create(Endpoint.of(engineUri()), repository(), resources)
                .journal()
                .orElseThrow();
    }

    @AfterEach
    void closeResources() {
        resources.close();
    }
}
