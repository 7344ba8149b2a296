package io.github.camundabackup.internal.lock;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.CoalescingRunner;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.internal.lock.JournalLease.LostException;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.journal.RunInProgressException;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of one run, and the journal of its progress: each write replaces what the run wrote before, and fails if
 * another process wrote in between. Every write renews the lease, and between them it renews itself, unless the run
 * stands still. Writes are one at a time, and those that would wait are made one. Thread-safe.
 */
public final class RunJournal {

    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
    // Nothing of the journal may hold up a resumption, or the end of a run, for longer.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    // Less than the pause of exporting waits for it.
    private static final Duration PATIENCE_BEFORE_RESUMING = Duration.ofSeconds(8);
    // What a run does between two writes ends by its own limits, which are shorter; this is for what has none.
    private static final Duration BESIDE_THE_STEP = Duration.ofHours(1);
    // What is not answered for so long is an outage, before it ends by its own limit.
    private static final Duration SILENT = Duration.ofSeconds(10);

    private final RunHolder holder;
    private final Duration lease;
    private final Duration renewalPeriod;
    // Whoever slept for so long, and was not kept from writing, does not know who has the lock.
    private final Duration longestSilence;
    private volatile Function<JournaledRun.State, JournaledRun> content;
    private final TimeSource time;
    private volatile Consumer<Throwable> onLoss;
    private final CoalescingRunner writing = new CoalescingRunner(this::writeNow);
    private final List<JournalLease> pages = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile JournaledRun.State state;
    private volatile @Nullable Throwable loss;
    private volatile boolean takenOver;
    private volatile boolean ended;
    private volatile boolean outage;
    private volatile Optional<String> refusal = Optional.empty();
    // While nobody can be asked, nothing is begun: each effect is written ahead. What was written last still stands
    // there afterwards, or the lock is lost.
    private volatile Duration longestOutage = Outages.LONGEST;
    private volatile Outages.Watcher outages = Outages.Watcher.NONE;
    private volatile boolean inTurn = true;
    private volatile Optional<Duration> longestStandstill = Optional.empty();
    private volatile long progressAt;
    private volatile long freshAt;
    private volatile Instant freshAtWallClock;
    private volatile CompletableFuture<?> renewal = CompletableFuture.completedFuture(null);

    private RunJournal(
            RunHolder holder,
            JournaledRun.State state,
            Function<JournaledRun.State, JournaledRun> content,
            TimeSource time,
            Consumer<Throwable> onLoss) {
        this.holder = holder;
        this.state = state;
        this.content = content;
        this.time = time;
        this.onLoss = onLoss;
        lease = content.apply(state).lease();
        renewalPeriod = lease.dividedBy(4);
        longestSilence = renewalPeriod.multipliedBy(3);
        freshAt = time.nanoTime();
        progressAt = freshAt;
        freshAtWallClock = time.now();
    }

    /**
     * Takes the lock.
     *
     * @param found what the caller has seen in the journals, and what must still be there
     * @param givenBack what to write if not all of the journals can be had
     * @param content what to write; asked at each write
     * @param onLoss called once, if the lock is lost
     * @return fails with {@link RunInProgressException} if another run was faster
     */
    public static CompletableFuture<RunJournal> acquire(
            Journals.Found found,
            RunHolder holder,
            JournaledRun.State state,
            JournaledRun.State givenBack,
            Function<JournaledRun.State, JournaledRun> content,
            TimeSource time,
            Consumer<Throwable> onLoss) {
        RunJournal journal = new RunJournal(holder, state, content, time, onLoss);
        CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
        for (Journals.Page page : found.pages()) {
            chain = chain.thenCompose(before -> journal.take(page));
        }
        return chain.handle((taken, error) -> {
                    if (error == null) {
                        journal.renewLater();
                        return CompletableFuture.completedFuture(journal);
                    }
                    return journal.end(givenBack)
                            .thenCompose(released -> CompletableFuture.<RunJournal>failedFuture(Futures.unwrap(error)));
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Void> take(Journals.Page page) {
        BackupJournal journal = page.place().journal();
        CompletableFuture<Void> taken = journal.write(text(), page.entry()).thenCompose(entry -> {
            if (entry.isPresent()) {
                pages.add(new JournalLease(journal, holder, entry.get(), time));
                return CompletableFuture.<Void>completedFuture(null);
            }
            return journal.read().thenAccept(other -> {
                throw Journals.Page.of(page.place(), other)
                        .run()
                        .<CamundaBackupException>map(RunInProgressException::new)
                        .orElseGet(() -> Journals.contended(journal));
            });
        });
        return Futures.recover(taken, failure -> {
            if (!page.place().canDoWithout(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            warnings.add(Journals.refused(failure));
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * Hands the lock over to another part of this process: from now on that says what is written, and is called if the
     * lock is lost, also if it is already.
     */
    public void handOver(
            JournaledRun.State next, Function<JournaledRun.State, JournaledRun> written, Consumer<Throwable> listener) {
        Throwable lost;
        synchronized (this) {
            content = written;
            state = next;
            onLoss = listener;
            lost = loss;
        }
        if (lost != null) {
            listener.accept(lost);
        }
    }

    /** What an operator should know about the journals. */
    public List<String> warnings() {
        if (pages.isEmpty() && !warnings.isEmpty()) {
            return List.of(
                    warnings.get(0),
                    Journals.withoutJournal(content.apply(state).kind()));
        }
        return List.copyOf(warnings);
    }

    /** Completes when all that is known now is written: to be waited for before each effect. */
    public CompletableFuture<Void> write() {
        progressAt = time.nanoTime();
        return writing.run();
    }

    private CompletableFuture<Void> writeNow() {
        Throwable lost = loss;
        if (lost != null && (takenOver || !ended)) {
            return CompletableFuture.failedFuture(lost);
        }
        return Outages.outlast(
                        time,
                        longestOutage,
                        this::attempt,
                        failure -> {
                            // While an engine comes back, it says many things.
                            outage = FailureKind.of(failure) == FailureKind.TRANSIENT
                                    || (outage && FailureKind.isTolerableInAPoll(failure));
                            return outage && !ended && loss == null;
                        },
                        outages)
                .thenAccept(done -> {});
    }

    private CompletableFuture<List<Void>> attempt() {
        long sent = time.nanoTime();
        Instant sentAt = time.now();
        String text = text();
        CompletableFuture<Void> silence = time.delay(SILENT);
        silence.thenRun(() -> outage = true);
        return Futures.all(
                        pages.stream().map(page -> noticing(page.write(text))).toList())
                .whenComplete((done, error) -> {
                    silence.cancel(false);
                    refusal = Optional.ofNullable(error)
                            .map(failure ->
                                    String.valueOf(Futures.unwrap(failure).getMessage()));
                    if (error == null) {
                        outage = false;
                        freshAt = sent;
                        freshAtWallClock = sentAt;
                    }
                });
    }

    /**
     * Outages of the journals are waited for no longer than so long, and 10 minutes.
     *
     * @param watcher hears of them
     */
    public void outlastOutages(Duration longest, Outages.Watcher watcher) {
        longestOutage = Outages.within(longest);
        outages = watcher;
    }

    /**
     * Gives the lock up if the run stands still, so that it does not keep others away for ever: if it has not asked for
     * a write for longer than a step may take. A pause of exporting has its own limit, and is never left behind so.
     */
    public void requireProgress(Duration stepTimeout) {
        progressAt = time.nanoTime();
        longestStandstill = Optional.of(stepTimeout.plus(BESIDE_THE_STEP));
    }

    /** Whether the run goes on, or waits until other runs of this process let it: that is no standing still. */
    public void inTurn(boolean inTurn) {
        this.inTurn = inTurn;
    }

    private boolean standsStill() {
        long now = time.nanoTime();
        if (!inTurn || content.apply(state).pause() == PauseReport.State.PAUSED) {
            progressAt = now;
        }
        return longestStandstill
                .filter(longest -> now - progressAt >= longest.toNanos())
                .isPresent();
    }

    private CompletableFuture<Void> noticing(CompletableFuture<Void> access) {
        return access.whenComplete((done, error) -> {
            if (error != null && Futures.unwrap(error) instanceof LostException lost) {
                takenOver |= lost.isTakenOver();
                lose(lost);
            }
        });
    }

    private String text() {
        return content.apply(state).toBuilder()
                .holder(holder)
                .writtenAt(time.now())
                .lease(lease)
                .build()
                .toJson();
    }

    private void lose(CamundaBackupException how) {
        synchronized (this) {
            if (loss != null) {
                return;
            }
            loss = how;
        }
        LOG.error("{}", how.getMessage());
        onLoss.accept(how);
    }

    private void renewLater() {
        if (ended || pages.isEmpty() || loss != null) {
            return;
        }
        CompletableFuture<Void> delay = time.delay(renewalPeriod);
        renewal = delay;
        if (ended) {
            delay.cancel(false);
        }
        delay.thenRun(this::renew);
    }

    private void renew() {
        if (ended || loss != null) {
            return;
        }
        Duration longest = outage && longestOutage.compareTo(longestSilence) > 0 ? longestOutage : longestSilence;
        if (time.nanoTime() - freshAt >= longest.toNanos()) {
            lose(new CamundaBackupException("The lock could not be renewed for " + longest.toSeconds()
                    + " s, so that others may take it. The run gives up."
                    + refusal.map(why -> " At last: " + why).orElse("")));
            return;
        }
        if (standsStill()) {
            lose(
                    new CamundaBackupException(
                            "The run has made no progress for "
                                    + Duration.ofNanos(time.nanoTime() - progressAt)
                                            .toMinutes()
                                    + " min, which is longer than any step may take. It gives up its lock, so that others may take it."));
            return;
        }
        writing.run().exceptionally(error -> {
            LOG.warn(
                    "Could not renew the lock, trying again: {}",
                    Futures.unwrap(error).getMessage());
            return null;
        });
        renewLater();
    }

    /**
     * Whether this run still has the duty to resume exporting. It has not once another run has taken the lock, and with
     * it the duty: that one's own pause may be on by now. A journal that does not answer is no reason to leave a pause
     * behind.
     */
    public CompletableFuture<Boolean> mayResume() {
        if (takenOver || pages.isEmpty() || isFresh()) {
            return CompletableFuture.completedFuture(!takenOver);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        // One that says no is enough, however long others are silent.
        Futures.all(pages.stream()
                        .map(page -> noticing(page.requireOurs()).handle((ours, error) -> {
                            if (takenOver) {
                                answer.complete(false);
                            }
                            return true;
                        }))
                        .toList())
                .thenAccept(all -> answer.complete(!takenOver));
        return within(PATIENCE_BEFORE_RESUMING, answer).exceptionally(error -> !takenOver);
    }

    /** Whether the lock was lost, to whomever. */
    public boolean isLost() {
        return loss != null;
    }

    /**
     * Whether no other run can have taken the lock. A suspended machine is detected by the wall clock only, a stopped
     * process by both clocks.
     */
    private boolean isFresh() {
        Duration byWallClock = Duration.between(freshAtWallClock, time.now());
        return loss == null
                && time.nanoTime() - freshAt < longestSilence.toNanos()
                && !byWallClock.isNegative()
                && byWallClock.compareTo(longestSilence) < 0;
    }

    /**
     * Writes how it ended, and with it gives the lock back.
     *
     * @return a warning if that could not be written; never fails
     */
    public CompletableFuture<Optional<String>> end(JournaledRun.State how) {
        state = how;
        ended = true;
        renewal.cancel(false);
        if (pages.isEmpty() || takenOver) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return patiently(write())
                .handle((done, error) -> Optional.ofNullable(error)
                        .map(failure -> "The end of the run could not be written into the journal: "
                                + Futures.unwrap(failure).getMessage()
                                + " " + whoIsNext()));
    }

    private String whoIsNext() {
        return switch (content.apply(state).kind()) {
            case BACKUP -> "The next backup will find it unfinished, and recover it.";
            case RESTORE ->
                "It looks interrupted: no backup is taken until another restore has ended, or recover() was called.";
        };
    }

    private <T> CompletableFuture<T> patiently(CompletableFuture<T> access) {
        return within(PATIENCE, access);
    }

    private <T> CompletableFuture<T> within(Duration limit, CompletableFuture<T> access) {
        return Futures.within(
                time,
                limit,
                access,
                () -> new CamundaBackupException("there was no answer within " + limit.toSeconds() + " s."));
    }
}
