package io.github.camundabackup.backup;

import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Stop;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a plan, from the checks to the report. Whatever happens, a pause of exporting is ended before the run is. */
final class BackupRun implements BackupHandle {
    private final BackupId backupId;
    private final Supplier<CompletableFuture<Journals.Found>> entrance;
    private final Supplier<CompletableFuture<CamundaCluster>> discovery;
    private final SnapshotStore store;
    private final BackupSettings settings;
    private final ClientResources resources;
    private final TimeSource time;
    private final RunRecord record;
    private final RunHolder holder;
    private final Stop stop = new Stop();
    private final CompletableFuture<BackupReport> completion = new CompletableFuture<>();
    private volatile @Nullable ExportingPause pause;
    private volatile @Nullable RunJournal journal;
    private volatile @Nullable ShutdownHook hook;

    /**
     * @param entrance makes sure that no other run is going on or unfinished
     */
    BackupRun(
            BackupId backupId,
            Supplier<CompletableFuture<Journals.Found>> entrance,
            Supplier<CompletableFuture<CamundaCluster>> discovery,
            SnapshotStore store,
            BackupSettings settings,
            ClientResources resources) {
        this.backupId = backupId;
        this.entrance = entrance;
        this.discovery = discovery;
        this.store = store;
        this.settings = settings;
        this.resources = resources;
        time = resources.time();
        record = new RunRecord(backupId, store.description(), settings.listeners(), time);
        holder = RunHolder.here(record.startedAt());
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
        Futures.recover(Futures.async(resources.executor(), entrance), this::allThatIsWrong)
                .thenCompose(found -> {
                    record.warn(found.warnings());
                    stop.check();
                    return discovery.get().thenCompose(cluster -> checkAndRun(cluster, found));
                })
                .handle((done, error) -> error == null ? null : stop.reasonOr(Futures.unwrap(error)))
                .thenCompose(failure -> release(outcome(failure)).thenAccept(released -> end(failure)));
    }

    /** Who cannot reach the journal may not reach others either, and wants to know all at once. */
    private CompletableFuture<Journals.Found> allThatIsWrong(Throwable failure) {
        CompletableFuture<Journals.Found> failed = CompletableFuture.failedFuture(failure);
        return failure instanceof RemoteCallException ? discovery.get().thenCompose(cluster -> failed) : failed;
    }

    private CompletableFuture<Void> checkAndRun(CamundaCluster cluster, Journals.Found found) {
        BackupPlan plan = Preflight.plan(cluster, settings);
        record.planned(plan);
        return new Preflight(cluster, store, settings, backupId)
                .check()
                .thenCompose(warnings -> {
                    record.warn(warnings);
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
                    journal = acquired;
                    record.warn(acquired.warnings());
                    hook = ShutdownHook.register(this);
                    stop.check();
                    record.runStarted(plan);
                    return new StepRunner(
                                    backupId,
                                    cluster,
                                    store,
                                    settings,
                                    time,
                                    record,
                                    stop,
                                    acquired::write,
                                    (scope, steps) -> whilePaused(acquired, scope, steps))
                            .run(plan.steps());
                });
    }

    private CompletableFuture<Void> whilePaused(
            RunJournal acquired, ExportingPause scope, Supplier<CompletableFuture<Void>> steps) {
        pause = scope;
        scope.intend();
        return stop.waiting(acquired::write)
                .thenRun(stop::check)
                .whenComplete((written, error) -> {
                    if (error != null) {
                        scope.withdraw();
                    }
                })
                .thenCompose(written -> pauseAround(acquired, scope, steps));
    }

    private CompletableFuture<Void> pauseAround(
            RunJournal acquired, ExportingPause scope, Supplier<CompletableFuture<Void>> steps) {
        CompletableFuture<Void> limit = time.delay(settings.pauseLimit());
        limit.thenRun(() -> stop.now(new WaitTimedOutException(
                "The pause of exporting",
                settings.pauseLimit(),
                "The run gives up, so that the brokers' disks do not fill up.")));
        return scope.begin()
                .thenCompose(begun -> stop.waiting(scope::confirm))
                .thenCompose(confirmed -> {
                    record.exportingPaused(confirmed);
                    return steps.get();
                })
                .thenCompose(done -> stop.waiting(scope::requireHeld))
                .handle((done, error) -> scope.end(acquired::mayResume).thenAccept(resumed -> {
                    limit.cancel(false);
                    record.exportingResumed(scope.report());
                    if (error != null) {
                        throw new CompletionException(Futures.unwrap(error));
                    }
                    if (!resumed) {
                        throw new CamundaBackupException(
                                "All parts of the backup are complete, but exporting could not be resumed.");
                    }
                }))
                .thenCompose(ended -> ended);
    }

    /** What the journal is to say now. */
    private JournaledRun journaled(JournaledRun.State state) {
        PauseReport report = pauseReport();
        return JournaledRun.builder(backupId, holder)
                .state(state)
                .startedAt(record.startedAt())
                .pause(report.state(), report.pausedAt())
                .steps(record.states())
                .build();
    }

    private PauseReport pauseReport() {
        ExportingPause scope = pause;
        return scope == null ? PauseReport.none() : scope.report();
    }

    /** Gives the lock back. */
    private CompletableFuture<Void> release(BackupReport.Outcome outcome) {
        RunJournal acquired = journal;
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
        ShutdownHook registered = hook;
        if (registered != null) {
            registered.remove();
        }
        BackupReport report = record.end(outcome(failure), pauseReport(), failure);
        if (failure == null) {
            completion.complete(report);
        } else {
            completion.completeExceptionally(new BackupFailedException(report, failure));
        }
    }

    private BackupReport.Outcome outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return BackupReport.Outcome.COMPLETED;
        }
        if (Stop.isCancellation(failure)) {
            return BackupReport.Outcome.CANCELLED;
        }
        return record.isStarted() ? BackupReport.Outcome.FAILED : BackupReport.Outcome.REFUSED;
    }
}
