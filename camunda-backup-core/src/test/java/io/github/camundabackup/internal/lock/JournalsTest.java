package io.github.camundabackup.internal.lock;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.support.SteppingTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JournalsTest {
    private final SteppingTime time = new SteppingTime();
    private final JournaledRun run = JournaledRun.builder(
                    BackupId.of(17), new RunHolder("other", "there", 1, time.now()))
            .state(JournaledRun.State.RUNNING)
            .lease(JournaledRun.LEASE)
            .build();
    private int looks;

    @Test
    void aJournalThatIsWrittenShowsLife() throws Exception {
        assertThat(isAlive(() -> CompletableFuture.completedFuture(entry(looks < 3 ? "1" : "2"))))
                .isTrue();
    }

    @Test
    void aJournalThatStaysTheSameShowsNone() throws Exception {
        assertThat(isAlive(() -> CompletableFuture.completedFuture(entry("1")))).isFalse();
    }

    @Test
    void aJournalThatIsGoneShowsNone() throws Exception {
        assertThat(isAlive(() ->
                        CompletableFuture.completedFuture(looks < 3 ? entry("1") : Optional.<JournalEntry>empty())))
                .isFalse();
    }

    @Test
    void aJournalThatIsRefusedFromNowOnShowsNone() throws Exception {
        assertThat(isAlive(() -> looks < 3
                        ? CompletableFuture.completedFuture(entry("1"))
                        : CompletableFuture.failedFuture(new SnapshotStoreException(
                                SnapshotStoreException.Reason.FORBIDDEN, "not any more", null))))
                .isFalse();
    }

    /** With a second journal that stays the same. */
    private boolean isAlive(Supplier<CompletableFuture<Optional<JournalEntry>>> ofStore) throws Exception {
        Journals journals = new Journals(
                Optional.of(journal(() -> {
                    looks++;
                    return ofStore.get();
                })),
                Optional.of(journal(() -> CompletableFuture.completedFuture(entry("1")))),
                JournaledRun.Kind.BACKUP,
                time);
        return resultOf(resultOf(journals.look().thenApply(found -> journals.watch(found, run))))
                .alive();
    }

    private Optional<JournalEntry> entry(String version) {
        return Optional.of(new JournalEntry(run.toJson(), version));
    }

    private static BackupJournal journal(Supplier<CompletableFuture<Optional<JournalEntry>>> read) {
        return new BackupJournal() {
            @Override
            public String description() {
                return "a journal";
            }

            @Override
            public CompletableFuture<Optional<JournalEntry>> read() {
                return read.get();
            }

            @Override
            public CompletableFuture<Optional<JournalEntry>> write(String text, Optional<JournalEntry> replaced) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        };
    }
}
