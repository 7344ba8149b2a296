package io.github.camundabackup.test.runs;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.contract.BackupJournalContract;
import io.github.camundabackup.test.runs.Scene.Stores;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** The journal that a store keeps in its search engine. */
public abstract class StoreJournalContract extends BackupJournalContract {
    private final ClientResources resources = ClientResources.create();

    protected abstract Stores stores();

    /** An engine, and in each test a repository's name that was not used before. */
    protected abstract URI engineUri();

    protected abstract String repository();

    @Override
    protected BackupJournal open() {
        return stores().create(Endpoint.of(engineUri()), repository(), resources)
                .journal()
                .orElseThrow();
    }

    @AfterEach
    void closeResources() {
        resources.close();
    }
}
