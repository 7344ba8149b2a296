package io.github.camundabackup.internal.lock;

import static io.github.camundabackup.report.PauseReport.State.NOT_PAUSED;
import static io.github.camundabackup.report.PauseReport.State.PAUSED;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.support.SteppingTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lock of a run that hangs, in a time in which all waits pass at once. */
class RunJournalTest {
    private static final Duration STEP_TIMEOUT = Duration.ofHours(2);
    private static final Duration LONGEST_STANDSTILL = Duration.ofHours(3);
    /** Others' waits, of which there are many, move this clock on, too. */
    private static final Duration NOTICED_WITHIN = Duration.ofHours(1);

    private final SteppingTime time = new SteppingTime();
    private Duration lease = JournaledRun.LEASE;
    private final InMemory place = new InMemory();
    private final CompletableFuture<Throwable> loss = new CompletableFuture<>();
    /** Time goes on beside the test. */
    private final CompletableFuture<Duration> lostAfter = loss.thenApply(lost -> time.elapsed());

    private final AtomicReference<PauseReport.State> pause = new AtomicReference<>(NOT_PAUSED);

    @Test
    void aRunThatStandsStillGivesItsLockUpAndAnotherCanTakeIt() throws Exception {
        begin();

        assertThat(resultOf(loss)).hasMessageContainingAll("no progress for 180 min", "gives up its lock");

        assertThat(resultOf(lostAfter)).isBetween(LONGEST_STANDSTILL, LONGEST_STANDSTILL.plus(NOTICED_WITHIN));
        Journals journals = journals();
        Journals.Found found = resultOf(journals.look());
        JournaledRun hung = found.unfinished().orElseThrow();
        Journals.Watched watched = resultOf(journals.watch(found, hung));
        assertThat(watched.alive()).isFalse();
        RunJournal other = acquire(watched.found(), new CompletableFuture<>());
        resultOf(other.end(JournaledRun.State.COMPLETED));
        assertThat(resultOf(journals.look()).unfinished()).isEmpty();
    }

    @Test
    void aSlowRunThatMakesProgressKeepsIt() throws Exception {
        RunJournal run = begin();
        Duration busy = Duration.ofHours(10);
        place.atEachWrite = count -> {
            // More than an hour apart.
            if (count % 200 == 0 && time.elapsed().compareTo(busy) < 0) {
                run.write();
            }
        };

        resultOf(loss);

        assertThat(resultOf(lostAfter)).isGreaterThan(busy.plus(Duration.ofHours(1)));
    }

    @Test
    void aPauseOfExportingIsNotLeftBehind() throws Exception {
        pause.set(PAUSED);
        Duration paused = Duration.ofHours(10);
        place.atEachWrite = count -> {
            if (time.elapsed().compareTo(paused) > 0) {
                pause.set(NOT_PAUSED);
            }
        };
        begin();

        resultOf(loss);

        assertThat(resultOf(lostAfter)).isGreaterThan(paused.plus(LONGEST_STANDSTILL));
    }

    /** Whoever has taken the lock in one of two journals has the duty to resume. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLockThatWasTakenInAnyOfItsJournalsIsNoLongerTheRuns(boolean inTheFirst) throws Exception {
        InMemory second = new InMemory();
        Journals both =
                new Journals(Optional.of(place), Optional.of(second), JournaledRun.Kind.BACKUP, Optional.empty(), time);
        RunJournal run = acquire(resultOf(both.look()), loss);
        assertThat(resultOf(run.mayResume())).isTrue();

        InMemory taken = inTheFirst ? place : second;
        RunHolder other = RunHolder.here(time.now());
        resultOf(taken.write(
                JournaledRun.builder(BackupId.of(18), other)
                        .state(JournaledRun.State.RUNNING)
                        .build()
                        .toJson(),
                resultOf(taken.read())));
        time.delay(Duration.ofMinutes(2));

        assertThat(resultOf(run.mayResume())).isFalse();
    }

    @Test
    void aShortLeaseIsWrittenDownAndRenewedMoreOften() throws Exception {
        lease = Duration.ofSeconds(20);

        begin();
        resultOf(loss);

        assertThat(JournaledRun.fromJson(resultOf(place.read()).orElseThrow().text(), "a journal")
                        .lease())
                .isEqualTo(lease);
        assertThat(time.delays()).contains(lease.dividedBy(4)).doesNotContain(JournaledRun.LEASE.dividedBy(4));
    }

    private RunJournal begin() throws Exception {
        RunJournal run = acquire(resultOf(journals().look()), loss);
        run.requireProgress(STEP_TIMEOUT);
        return run;
    }

    private RunJournal acquire(Journals.Found found, CompletableFuture<Throwable> lost) throws Exception {
        RunHolder holder = RunHolder.here(time.now());
        return resultOf(RunJournal.acquire(
                found,
                holder,
                JournaledRun.State.RUNNING,
                JournaledRun.State.CANCELLED,
                state -> JournaledRun.builder(BackupId.of(17), holder)
                        .state(state)
                        .lease(lease)
                        .pause(Objects.requireNonNull(pause.get()), Optional.empty())
                        .build(),
                time,
                lost::complete));
    }

    private Journals journals() {
        return new Journals(Optional.empty(), Optional.of(place), JournaledRun.Kind.BACKUP, Optional.empty(), time);
    }

    /** A journal that tells how often it was written. */
    private static final class InMemory implements BackupJournal {
        private volatile IntConsumer atEachWrite = count -> {};
        private Optional<JournalEntry> entry = Optional.empty();
        private int count;

        @Override
        public String description() {
            return "a journal";
        }

        @Override
        public synchronized CompletableFuture<Optional<JournalEntry>> read() {
            return CompletableFuture.completedFuture(entry);
        }

        @Override
        public synchronized CompletableFuture<Optional<JournalEntry>> write(
                String text, Optional<JournalEntry> replaced) {
            if (!entry.map(JournalEntry::version).equals(replaced.map(JournalEntry::version))) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            count++;
            atEachWrite.accept(count);
            entry = Optional.of(new JournalEntry(text, String.valueOf(count)));
            return CompletableFuture.completedFuture(entry);
        }
    }
}
