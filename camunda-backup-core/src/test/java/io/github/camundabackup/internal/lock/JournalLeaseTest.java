package io.github.camundabackup.internal.lock;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.support.SteppingTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JournalLeaseTest {
    private final SteppingTime time = new SteppingTime();
    private final RunHolder holder = RunHolder.here(time.now());

    @Test
    void aJournalThatIsBusyThreeTimesIsNotTakenForALostLock() {
        JournalLease page = page(Optional.of(entry(holder)));

        assertThat(failureOf(page.write("next"), CamundaBackupException.class))
                .isNotInstanceOf(JournalLease.LostException.class)
                .hasMessageContaining("writing to the busy journal at the same moment");
        assertThat(time.delays()).hasSize(2);
    }

    @Test
    void aJournalThatHoldsAnothersTextIsLostToIt() {
        JournalLease page = page(Optional.of(entry(new RunHolder("other", "there", 1, Optional.empty(), time.now()))));

        JournalLease.LostException lost = failureOf(page.write("next"), JournalLease.LostException.class);

        assertThat(lost.isTakenOver()).isTrue();
        assertThat(lost).hasMessageContaining("process 1 on there");
    }

    @Test
    void aJournalThatWasDeletedIsLostToNobody() {
        JournalLease page = page(Optional.empty());

        JournalLease.LostException lost = failureOf(page.write("next"), JournalLease.LostException.class);

        assertThat(lost.isTakenOver()).isFalse();
        assertThat(lost).hasMessageContaining("the busy journal was deleted");
    }

    private JournalEntry entry(RunHolder holder) {
        return new JournalEntry(
                JournaledRun.builder(BackupId.of(17), holder).build().toJson(), "1");
    }

    /** A journal that takes no text, and holds the given one. */
    private JournalLease page(Optional<JournalEntry> there) {
        BackupJournal busy = new BackupJournal() {
            @Override
            public String description() {
                return "the busy journal";
            }

            @Override
            public CompletableFuture<Optional<JournalEntry>> read() {
                return CompletableFuture.completedFuture(there);
            }

            @Override
            public CompletableFuture<Optional<JournalEntry>> write(String text, Optional<JournalEntry> replaced) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        };
        return new JournalLease(busy, holder, entry(holder), time);
    }
}
