package io.github.camundabackup.internal.lock;

import static io.github.camundabackup.journal.JournaledRun.Kind.BACKUP;
import static io.github.camundabackup.journal.JournaledRun.Kind.RESTORE;
import static io.github.camundabackup.report.PauseReport.State.NOT_PAUSED;
import static io.github.camundabackup.report.PauseReport.State.PAUSED;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.exporting.PauseEvidence;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.ProcessIdentity;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.support.SteppingTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalsTest {
    private final SteppingTime time = new SteppingTime();
    private JournaledRun run = JournaledRun.builder(
                    BackupId.of(17), new RunHolder("other", "there", 1, Optional.empty(), time.now()))
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

    @Test
    void whatAnotherPhysicalTenantLeftUnfinishedIsNotTakenOver() throws Exception {
        run = run.toBuilder().physicalTenant(PhysicalTenant.of("eu")).build();

        assertThat(look(Optional.of(PhysicalTenant.of("eu"))).unfinished()).isPresent();
        assertThat(look(Optional.empty()).unfinished()).isPresent();
        for (String other : List.of("default", "euwest")) {
            assertThatThrownBy(() -> look(Optional.of(PhysicalTenant.of(other))))
                    .cause()
                    .hasMessageContaining("Backup 17 of the physical tenant eu (RUNNING")
                    .hasMessageContaining("recover it with a client of that tenant");
        }
    }

    @Test
    void whatAnotherPhysicalTenantHasEndedIsReplaced() throws Exception {
        run = run.toBuilder()
                .physicalTenant(PhysicalTenant.of("eu"))
                .state(JournaledRun.State.COMPLETED)
                .build();

        assertThat(look(Optional.of(PhysicalTenant.DEFAULT)).unfinished()).isEmpty();
    }

    private Journals.Found look(Optional<PhysicalTenant> tenant) throws Exception {
        return resultOf(new Journals(
                        Optional.of(journal(() -> CompletableFuture.completedFuture(entry("1")))),
                        Optional.empty(),
                        BACKUP,
                        tenant,
                        time)
                .look());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatIsKnownToHaveEndedIsNotWatched() throws Exception {
        assertThat(looksAt(ended(BACKUP).pause(NOT_PAUSED, Optional.empty()))).isOne();
        assertThat(looksAt(ended(BACKUP).pause(PAUSED, Optional.of(time.now())).evidence(EVIDENCE)))
                .isOne();
    }

    @Test
    void oneWhoseLastRequestMayBeUnderWayIsWatched() throws Exception {
        assertThat(looksAt(ended(BACKUP).pause(PAUSED, Optional.of(time.now()))))
                .isGreaterThan(10);
        assertThat(looksAt(ended(RESTORE))).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 3600})
    void aRunIsWatchedForTheLeaseThatItHasSet(int seconds) throws Exception {
        run = run.toBuilder().lease(Duration.ofSeconds(seconds)).build();

        assertThat(isAlive(() -> CompletableFuture.completedFuture(entry("1")))).isFalse();

        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 10));
    }

    private static final Optional<PauseEvidence> EVIDENCE =
            Optional.of(new PauseEvidence(Instant.EPOCH, Map.of(1, 17L)));

    /** This process, but begun at another time: so one that had its number before. */
    private JournaledRun.Builder ended(JournaledRun.Kind kind) {
        Optional<ProcessIdentity> before = ProcessIdentity.here()
                .map(now -> new ProcessIdentity(now.boot(), now.namespace(), now.startTicks() - 1));
        return JournaledRun.builder(
                        BackupId.of(17),
                        new RunHolder(
                                "other",
                                RunHolder.here(time.now()).host(),
                                ProcessHandle.current().pid(),
                                before,
                                time.now()))
                .kind(kind)
                .state(JournaledRun.State.RUNNING)
                .lease(JournaledRun.LEASE);
    }

    private int looksAt(JournaledRun.Builder builder) throws Exception {
        run = builder.build();
        looks = 0;
        assertThat(isAlive(() -> CompletableFuture.completedFuture(entry("1")))).isFalse();
        return looks;
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
                Optional.empty(),
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
