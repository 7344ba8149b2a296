package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.ShutdownHook;
import io.github.camundabackup.internal.lock.Journals;
import io.github.camundabackup.internal.lock.RunJournal;
import io.github.camundabackup.internal.participants.Outsourced;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan, from the checks to the report. Whatever happens, a pause of exporting is ended before the run is.
 */
final class BackupRun implements BackupHandle {
    private final Optional<BackupId> wanted;
    private final PhysicalTenant tenant;
    private final Supplier<CompletableFuture<Journals.Found>> entrance;
    private final Supplier<CompletableFuture<Participants>> discovery;
    private final SnapshotStore store;
    private final BackupSettings settings;
    private final ClientResources resources;
    private final Supplier<ExportingPause> pauses;
    private final TimeSource time;
    private final BackupRecord record;
    private final RunHolder holder;
    private final CancellationSignal stop = new CancellationSignal();
    private final CompletableFuture<BackupReport> completion = new CompletableFuture<>();
    private volatile BackupId backupId;
    private volatile List<Outsourced> outsourced = List.of();
    private volatile @Nullable ExportingPause pause;
    private @Nullable RunJournal journal;
    private boolean over;

    /**
     * @param wanted the id; empty to have one chosen when it is known which are used
     * @param entrance makes sure that no other run is going on or unfinished
     * @param pauses makes a pause of exporting that has not begun
     * @param startedAt empty for now
     */
    BackupRun(
            Optional<BackupId> wanted,
            PhysicalTenant tenant,
            Supplier<CompletableFuture<Journals.Found>> entrance,
            Supplier<CompletableFuture<Participants>> discovery,
            SnapshotStore store,
            BackupSettings settings,
            ClientResources resources,
            Supplier<ExportingPause> pauses,
            Optional<Instant> startedAt) {
        this.wanted = wanted;
        this.tenant = tenant;
        this.entrance = entrance;
        this.discovery = discovery;
        this.store = store;
        this.settings = settings;
        this.resources = resources;
        this.pauses = pauses;
        time = resources.time();
        backupId = wanted.orElseGet(() -> BackupId.ofEpochSecond(time.now()));
        record = new BackupRecord(
                backupId, tenant, store.description(), settings.listeners(), resources, startedAt.orElseGet(time::now));
        holder = RunHolder.here(time.now());
    }

    @Override
    public BackupId backupId() {
        return backupId;
    }

    @Override
    public Map<Component, StepProgress> progress() {
        return record.progress();
    }

    @Override
    public CompletableFuture<BackupReport> completion() {
        return completion.copy();
    }

    @Override
    public void cancel() {
        stop("It was cancelled.");
    }

    /** As {@link #cancel()}, with a reason. */
    void stop(String reason) {
        stop.cancel(reason);
    }

    void start() {
        untilItsEnd(turn().thenCompose(admitted ->
                        Futures.recover(Futures.async(resources.executor(), entrance), this::allThatIsWrong))
                .thenCompose(found -> {
                    record.warn(found.warnings());
                    stop.check();
                    return discovery.get().thenCompose(participants -> checkAndRun(participants, found));
                }));
    }

    /** Its place among the backups that go on at once is this run's until its end, whatever its work does then. */
    private CompletableFuture<Void> turn() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        Futures.async(
                        Runnable::run,
                        () -> Fleet.of(resources).runs().inside(stop, () -> {
                            turn.complete(null);
                            return completion;
                        }))
                .exceptionally(stopped -> {
                    turn.completeExceptionally(Futures.unwrap(stopped));
                    return null;
                });
        return turn;
    }

    /**
     * Goes on with a backup whose process is dead. Whatever happens, its pause is ended.
     *
     * @param acquired the lock, which is this run's from now on
     * @param adopted the run's pause; not used if the run had not paused exporting
     */
    void goOn(Resumption from, RunJournal acquired, ExportingPause adopted) {
        JournaledRun run = from.run();
        outsourced = outsourced(from.participants());
        record.planned(from.plan(), from.participants().lines());
        run.steps().forEach((component, state) -> {
            if (state != StepReport.State.NOT_STARTED) {
                record.stepInherited(component);
            }
        });
        record.warn(List.of(run + " was interrupted. This is its continuation by " + holder + "."));
        hold(acquired);
        boolean paused = run.mayBePaused();
        if (paused) {
            pause = adopted;
        }
        acquired.handOver(JournaledRun.State.RUNNING, this::journaled, stop::now);
        Supplier<CompletableFuture<Void>> steps = () -> {
            ShutdownHook.register(backupId.toString(), this::stop, completion);
            stop.check();
            return runner(
                            from.participants(),
                            from.begun(),
                            acquired,
                            inside -> paused ? inside.get() : whilePaused(acquired, inside))
                    .run(from.plan().steps());
        };
        record.runStarted(from.plan());
        CompletableFuture<Void> rest = paused
                ? watched(acquired, adopted).goOn(run, from.held(), steps)
                : Futures.async(resources.executor(), steps);
        untilItsEnd(rest.thenCompose(done -> compare(from.participants())));
    }

    private void untilItsEnd(CompletableFuture<Void> work) {
        // A pause ends by itself, and the work with it.
        stop.notOutlasting(time, work, () -> pauseReport().state() != PauseReport.State.PAUSED)
                .handle((done, error) -> error == null ? null : stop.reasonOr(Futures.unwrap(error)))
                .thenCompose(failure -> giveUp(failure).thenApply(givenUp -> failure))
                .thenCompose(failure -> writeDown(failure)
                        .thenCompose(written -> release(outcome(failure)))
                        .thenAccept(released -> end(failure)));
    }

    /** What was begun outside of the cluster is ended when exporting is resumed. */
    private CompletableFuture<Void> giveUp(@Nullable Throwable failure) {
        return failure == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.allOf(
                        outsourced.stream().map(Outsourced::giveUp).toArray(CompletableFuture<?>[]::new));
    }

    private static List<Outsourced> outsourced(Participants participants) {
        return participants.all().stream()
                .flatMap(participant -> participant instanceof Outsourced outside ? Stream.of(outside) : Stream.empty())
                .toList();
    }

    /** Whoever takes a run over writes down how it ended, too. */
    private CompletableFuture<Void> writeDown(@Nullable Throwable failure) {
        PauseReport ended = pauseReport();
        if (!record.isStarted() || !record.hasAsked() || ended.state() == PauseReport.State.TAKEN_OVER) {
            return CompletableFuture.completedFuture(null);
        }
        return isStillOurs()
                .thenCompose(ours -> ours
                        ? new RunOutcomes(store, time)
                                .write(record.ending(outcome(failure), ended, failure), stop.isGiven())
                                .thenAccept(
                                        warning -> record.warn(warning.stream().toList()))
                        : CompletableFuture.completedFuture(null));
    }

    private synchronized CompletableFuture<Boolean> isStillOurs() {
        if (journal == null) {
            return CompletableFuture.completedFuture(true);
        }
        return journal.isLost() ? CompletableFuture.completedFuture(false) : journal.mayResume();
    }

    /** If the journal cannot be reached, other endpoints may be unreachable too; all problems are reported at once. */
    private CompletableFuture<Journals.Found> allThatIsWrong(Throwable failure) {
        CompletableFuture<Journals.Found> failed = CompletableFuture.failedFuture(failure);
        return failure instanceof RemoteCallException ? discovery.get().thenCompose(participants -> failed) : failed;
    }

    private CompletableFuture<Void> checkAndRun(Participants participants, Journals.Found found) {
        BackupPlan plan = participants.plan();
        outsourced = outsourced(participants);
        record.planned(plan, participants.lines());
        return Preflight.check(participants, store, wanted, time)
                .thenCompose(passed -> {
                    backupId = passed.backupId();
                    record.named(backupId);
                    record.warn(passed.warnings());
                    stop.check();
                    return RunJournal.acquire(
                            found,
                            holder,
                            JournaledRun.State.RUNNING,
                            JournaledRun.State.CANCELLED,
                            this::journaled,
                            time,
                            stop::now);
                })
                .thenCompose(acquired -> {
                    if (!hold(acquired)) {
                        return acquired.end(JournaledRun.State.CANCELLED).thenAccept(released -> stop.check());
                    }
                    record.warn(acquired.warnings());
                    ShutdownHook.register(backupId.toString(), this::stop, completion);
                    stop.check();
                    record.runStarted(plan);
                    return runner(participants, Set.of(), acquired, steps -> whilePaused(acquired, steps))
                            .run(plan.steps());
                })
                .thenCompose(done -> compare(participants));
    }

    /** When exporting runs again. A backup that is complete stays so if the run is stopped now. */
    private CompletableFuture<Void> compare(Participants participants) {
        IndexComparison comparison = new IndexComparison(store, time, participants.lines(), record.snapshots());
        return stop.waiting(comparison::compare)
                .exceptionally(stopped -> IndexComparison.notCompared("The run was stopped meanwhile."))
                .thenAccept(record::compared);
    }

    private StepRunner runner(
            Participants participants,
            Set<Component> begun,
            RunJournal acquired,
            Function<Supplier<CompletableFuture<Void>>, CompletableFuture<Void>> pauseScope) {
        return new StepRunner(
                backupId, participants, begun, settings.stepTimeout(), record, stop, time, acquired::write, pauseScope);
    }

    private CompletableFuture<Void> whilePaused(RunJournal acquired, Supplier<CompletableFuture<Void>> steps) {
        CamundaBackupException others = new CamundaBackupException(
                "As many other backups of this process keep exporting paused as may at once, or it is short of memory"
                        + " (ClientResources.Builder.pausedAtOnce).");
        long since = time.nanoTime();
        CompletableFuture<Void> turn = new CompletableFuture<>();
        acquired.inTurn(false);
        CompletableFuture<Void> paused = Fleet.of(resources).pauses().inside(stop, () -> {
            acquired.inTurn(true);
            turn.complete(null);
            return pauseNow(acquired, steps);
        });
        if (!turn.isDone()) {
            record.begins(others);
            turn.thenRun(() -> record.ends(others, Duration.ofNanos(time.nanoTime() - since)));
        }
        return paused;
    }

    private CompletableFuture<Void> pauseNow(RunJournal acquired, Supplier<CompletableFuture<Void>> steps) {
        stop.check();
        ExportingPause scope = pauses.get();
        pause = scope;
        scope.intend();
        return stop.waiting(acquired::write)
                .thenRun(stop::check)
                .whenComplete((written, error) -> {
                    if (error != null) {
                        scope.withdraw();
                    }
                })
                .thenCompose(written -> watched(acquired, scope).begin(steps));
    }

    private WatchedPause watched(RunJournal acquired, ExportingPause scope) {
        return new WatchedPause(scope, settings.pauseLimit(), acquired::mayResume, resources.executor(), record, stop);
    }

    /** What the journal is to say now. */
    private JournaledRun journaled(JournaledRun.State state) {
        PauseReport report = pauseReport();
        return JournaledRun.builder(backupId, holder)
                .physicalTenant(tenant)
                .state(state)
                .lease(settings.lockLease())
                .startedAt(record.startedAt())
                .pause(report.state(), report.pausedAt())
                .steps(record.states())
                .task(Optional.of(new JournaledRun.Task(settings.recordsPattern(), store.description())))
                .evidence(record.evidence())
                .build();
    }

    private PauseReport pauseReport() {
        ExportingPause scope = pause;
        return scope == null ? PauseReport.none() : scope.report();
    }

    /** Whether the run is not over already, as when it was stopped, and taking the lock took too long. */
    private synchronized boolean hold(RunJournal acquired) {
        if (!over) {
            journal = acquired;
            acquired.outlastOutages(settings.stepTimeout(), record);
            acquired.requireProgress(settings.stepTimeout());
        }
        return !over;
    }

    private synchronized @Nullable RunJournal letGo() {
        over = true;
        return journal;
    }

    /** Gives the lock back. */
    private CompletableFuture<Void> release(BackupReport.Outcome outcome) {
        RunJournal acquired = letGo();
        if (acquired == null) {
            return CompletableFuture.completedFuture(null);
        }
        JournaledRun.State state = switch (outcome) {
            case COMPLETED -> JournaledRun.State.COMPLETED;
            case FAILED, REFUSED -> JournaledRun.State.FAILED;
            case CANCELLED -> JournaledRun.State.CANCELLED;
        };
        return acquired.end(state)
                .thenAccept(warning -> record.warn(warning.stream().toList()));
    }

    private void end(@Nullable Throwable failure) {
        record.end(outcome(failure), pauseReport(), failure).thenAccept(report -> {
            if (failure == null) {
                completion.complete(report);
            } else {
                completion.completeExceptionally(new BackupFailedException(report, failure));
            }
        });
    }

    private BackupReport.Outcome outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return BackupReport.Outcome.COMPLETED;
        }
        if (CancellationSignal.isCancellation(failure)) {
            return BackupReport.Outcome.CANCELLED;
        }
        return record.isStarted() ? BackupReport.Outcome.FAILED : BackupReport.Outcome.REFUSED;
    }
}
