package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    /** Or the run would not know that it has the lock, and would not give it back. */
    @Test
    void whatIsWrittenAndCannotBeReadBackIsWrittenAllTheSame() {
        BackupJournal journal = open();
        cluster.faults()
                .at(RequestMatcher.of("GET", "/hot-backup-journal/_doc/*"))
                .times(4)
                .answer(Fault.status(503));

        assertThat(journal.write("text", Optional.empty()).join()).isPresent();

        assertThat(cluster.faults().outstanding()).isZero();
        assertThat(journal.read().join().map(JournalEntry::text)).contains("text");
    }

    @AfterEach
    void close() {
        cluster.close();
    }
}
