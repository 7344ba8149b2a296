package io.github.camundabackup.recovery.engine;

import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.backup.engine.InterruptedRuns;
import io.github.camundabackup.backup.engine.Resumption;
import io.github.camundabackup.backup.engine.RunOutcomes;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.lock.Journals;
import io.github.camundabackup.internal.lock.RunJournal;
import io.github.camundabackup.internal.participants.ParticipantSource;
import io.github.camundabackup.internal.throttles.RaisedThrottles;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.journal.RunInProgressException;
import io.github.camundabackup.recovery.InterruptedBackup;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.RecoveryReport.Outcome;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.recovery.engine.Continuation.Verdict;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers a run whose process is dead: takes its lock, and either continues it, where that is proven to lead to a good
 * backup, or resumes exporting if the run paused it, asks each component what it did, and marks the run as abandoned.
 * To resume needs nothing but Zeebe's gateway.
 */
public final class Recovery implements InterruptedRuns {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration EXAMINATION = Duration.ofMinutes(1);

    private final ParticipantSource participants;
    private final SnapshotStore store;
    private final Journals journals;
    private final Continuing continuing;
    private final BackupSettings settings;
    private final ClientResources resources;
    private final TimeSource time;

    public Recovery(
            ParticipantSource participants,
            SnapshotStore store,
            Journals journals,
            Continuing continuing,
            BackupSettings settings,
            ClientResources resources) {
        this.participants = participants;
        this.store = store;
        this.journals = journals;
        this.continuing = continuing;
        this.settings = settings;
        this.resources = resources;
        time = resources.time();
    }

    /**
     * Continues or cleans up after a run that was interrupted, if there is one; a run that lives is left alone.
     *
     * @param unknownPause what to do about a pause of exporting of which no journal knows
     * @param interrupted what to do about a backup that was interrupted
     * @return takes as long as the lease of its lock if there is an unfinished run: so long it is watched for a sign of
     *     life; and as long as a backup if it is continued. Fails if the journal cannot be read
     */
    public CompletableFuture<RecoveryReport> recover(UnknownPause unknownPause, InterruptedBackup interrupted) {
        return Futures.async(
                resources.executor(),
                () -> recover(new Wish(unknownPause, interrupted, Caller.OPERATOR))
                        .thenCompose(this::putBackThrottles));
    }

    /** Of a restore that was killed; one that lives has the lock, or is one beside what is in use. */
    private CompletableFuture<RecoveryReport> putBackThrottles(RecoveryReport report) {
        return report.outcome() == Outcome.RUN_IN_PROGRESS
                ? CompletableFuture.completedFuture(report)
                : new RaisedThrottles(store, time)
                        .putBackWhatWasLeft()
                        .thenApply(warnings -> warnings.isEmpty() ? report : report.withWarnings(warnings));
    }

    @Override
    public CompletableFuture<RecoveryReport> beforeBackup() {
        return recover(new Wish(UnknownPause.REPORT, InterruptedBackup.ABANDON, Caller.BACKUP));
    }

    private CompletableFuture<RecoveryReport> recover(Wish wish) {
        return journals.look()
                .thenCompose(found -> found.unfinished()
                        .map(run -> unfinished(found, run, wish))
                        .orElseGet(() -> nothingUnfinished(found, wish.unknownPause())));
    }

    private CompletableFuture<RecoveryReport> unfinished(Journals.Found found, JournaledRun run, Wish wish) {
        return journals.watch(found, run).thenCompose(watched -> {
            Optional<JournaledRun> now = watched.found().unfinished();
            if (now.isEmpty()) {
                return recover(wish);
            }
            if (watched.alive()) {
                return CompletableFuture.completedFuture(inProgress(now.get(), watched.found()));
            }
            return now.get().kind() == JournaledRun.Kind.RESTORE && wish.caller() == Caller.BACKUP
                    ? CompletableFuture.failedFuture(unfinishedRestore(now.get()))
                    : takeOver(watched.found(), now.get(), wish);
        });
    }

    private CompletableFuture<RecoveryReport> takeOver(Journals.Found found, JournaledRun run, Wish wish) {
        LOG.warn("{} did not end well. Recovering it.", run);
        ExportingPause pause = pause();
        boolean mayBePaused = run.mayBePaused();
        if (mayBePaused) {
            pause.adopt(run.pausedAt());
        }
        CompletableFuture<RunJournal> lock = RunJournal.acquire(
                found.without(run),
                RunHolder.here(time.now()),
                JournaledRun.State.RECOVERING,
                run.state(),
                state -> run.toBuilder()
                        .lease(settings.lockLease())
                        .state(state)
                        .pause(mayBePaused ? pause.report().state() : run.pause(), run.pausedAt())
                        .build(),
                time,
                lost -> LOG.error("Recovery: {}", lost.getMessage()));
        CompletableFuture<RecoveryReport> recovered =
                lock.thenCompose(journal -> examine(run, wish.interrupted()).thenCompose(verdict -> {
                    Recovering recovering = new Recovering(found, run, journal, pause, verdict.doubt());
                    return verdict.resumption()
                            .map(from -> goOn(from, recovering))
                            .orElseGet(() -> abandon(recovering))
                            .thenCompose(report -> report.pause().state() == PauseReport.State.TAKEN_OVER
                                    ? recover(wish)
                                    : CompletableFuture.completedFuture(logged(report)));
                }));
        return Futures.recover(
                recovered,
                failure -> failure instanceof RunInProgressException other
                        ? CompletableFuture.completedFuture(inProgress(other.run(), found))
                        : CompletableFuture.failedFuture(pause.stillOpen(failure)));
    }

    /** A recovery that has the lock. */
    private record Recovering(
            Journals.Found found, JournaledRun run, RunJournal journal, ExportingPause pause, String doubt) {
        List<String> warnings(Stream<String> more) {
            return Stream.of(found.warnings().stream(), journal.warnings().stream(), more)
                    .flatMap(all -> all)
                    .toList();
        }
    }

    /** Asks whether the run can be continued. While that is done, its pause lasts; so not for long. Never fails. */
    private CompletableFuture<Verdict> examine(JournaledRun run, InterruptedBackup interrupted) {
        if (interrupted == InterruptedBackup.ABANDON || run.kind() == JournaledRun.Kind.RESTORE) {
            return CompletableFuture.completedFuture(Verdict.doubt(""));
        }
        Continuation continuation = new Continuation(run);
        Optional<String> doubt = continuation.doubt(settings, store.description(), time.now());
        if (doubt.isPresent()) {
            return CompletableFuture.completedFuture(Verdict.doubt(doubt.get()));
        }
        CompletableFuture<Verdict> verdict = participants
                .discover()
                .thenCompose(found -> new InterruptedStepProbe(participants)
                        .settle(run)
                        .thenCompose(settled -> found.cluster()
                                .exporting()
                                .status()
                                .thenApply(status -> continuation.judge(found, found.plan(), settled, status))));
        return Futures.within(
                        time,
                        EXAMINATION,
                        verdict,
                        () -> new CamundaBackupException("It took longer than " + EXAMINATION.toSeconds() + " s."))
                .exceptionally(error -> Verdict.doubt(
                        "It could not be examined: " + Futures.unwrap(error).getMessage()));
    }

    private CompletableFuture<RecoveryReport> goOn(Resumption from, Recovering recovering) {
        CompletableFuture<BackupReport> end;
        try {
            end = continuing.goOn(from, recovering.journal(), recovering.pause());
        } catch (IllegalStateException closed) {
            return abandon(recovering);
        }
        return end.thenApply(report -> report(Outcome.CONTINUED, recovering, report, Stream.empty()))
                .exceptionally(error -> {
                    if (!(Futures.unwrap(error) instanceof BackupFailedException failed)) {
                        throw new CompletionException(Futures.unwrap(error));
                    }
                    return report(
                            failed.pause().state() == PauseReport.State.NOT_RESUMED
                                    ? Outcome.NOT_RESUMED
                                    : Outcome.ABANDONED,
                            recovering,
                            failed.report(),
                            Stream.of("It was continued, and that failed: " + failed.getMessage()));
                });
    }

    private RecoveryReport report(
            Outcome outcome, Recovering recovering, BackupReport backup, Stream<String> warnings) {
        return new RecoveryReport(
                outcome,
                time.now(),
                Optional.of(recovering.run()),
                backup.pause(),
                List.of(),
                Optional.of(backup),
                recovering.warnings(warnings));
    }

    private CompletableFuture<RecoveryReport> abandon(Recovering recovering) {
        ExportingPause pause = recovering.pause();
        RunJournal journal = recovering.journal();
        CompletableFuture<Boolean> resumed = recovering.run().mayBePaused()
                ? pause.end(journal::mayResume)
                : CompletableFuture.completedFuture(true);
        return resumed.thenCompose(ended -> new InterruptedStepProbe(participants).settle(recovering.run()))
                .thenCompose(settled -> writeDown(recovering)
                        .thenCompose(unwritten -> journal.end(JournaledRun.State.ABANDONED)
                                .thenApply(warning -> new RecoveryReport(
                                        pause.report().state() == PauseReport.State.NOT_RESUMED
                                                ? Outcome.NOT_RESUMED
                                                : Outcome.ABANDONED,
                                        time.now(),
                                        Optional.of(recovering.run()),
                                        pause.report(),
                                        settled,
                                        Optional.empty(),
                                        recovering.warnings(Stream.concat(
                                                Stream.of(recovering.doubt())
                                                        .filter(doubt -> !doubt.isEmpty())
                                                        .map(doubt -> "It was not continued. " + doubt),
                                                Stream.concat(unwritten.stream(), warning.stream())))))));
    }

    /** So that a check knows without any report that this is no backup. */
    private CompletableFuture<Optional<String>> writeDown(Recovering recovering) {
        JournaledRun run = recovering.run();
        boolean asked = run.steps().values().stream().anyMatch(state -> state != StepReport.State.NOT_STARTED);
        return run.kind() == JournaledRun.Kind.BACKUP && asked
                ? new RunOutcomes(store, time)
                        .write(
                                RunOutcome.abandoned(
                                        run.backupId(), recovering.pause().report(), time.now()),
                                false)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * A pause of which no journal knows belongs to another tool or an operator, unless the caller says that it is not
     * needed.
     */
    private CompletableFuture<RecoveryReport> nothingUnfinished(Journals.Found found, UnknownPause unknownPause) {
        return exporting().status().thenCompose(status -> {
            if (!status.isPaused()) {
                return CompletableFuture.completedFuture(
                        report(Outcome.NOTHING_FOUND, Optional.empty(), PauseReport.none(), found));
            }
            ExportingPause pause = pause();
            pause.adopt(Optional.empty());
            CompletableFuture<Boolean> done = switch (unknownPause) {
                case REPORT -> CompletableFuture.completedFuture(false);
                case RESUME -> pause.end(() -> CompletableFuture.completedFuture(true));
            };
            return done.thenApply(
                    resumed -> logged(report(Outcome.UNKNOWN_PAUSE, Optional.empty(), pause.report(), found)));
        });
    }

    private static CamundaBackupException unfinishedRestore(JournaledRun run) {
        return new CamundaBackupException(
                run + " was interrupted or has failed, so that the cluster may be half restored, and no backup is"
                        + " taken of that. Execute a restore to its end; or, if you know that the cluster is whole, call"
                        + " recover().");
    }

    private RecoveryReport inProgress(JournaledRun run, Journals.Found found) {
        return report(Outcome.RUN_IN_PROGRESS, Optional.of(run), PauseReport.none(), found);
    }

    private RecoveryReport report(
            Outcome outcome, Optional<JournaledRun> run, PauseReport pause, Journals.Found found) {
        return new RecoveryReport(outcome, time.now(), run, pause, List.of(), Optional.empty(), found.warnings());
    }

    private static RecoveryReport logged(RecoveryReport report) {
        LOG.warn("{}", report);
        return report;
    }

    /** The request for a recovery. */
    private record Wish(UnknownPause unknownPause, InterruptedBackup interrupted, Caller caller) {}

    /** The kind of caller of a recovery. */
    private enum Caller {
        /** An operator, who knows of the cluster what no journal does. */
        OPERATOR,
        /** A backup that is about to begin. */
        BACKUP
    }

    private ExportingPause pause() {
        return ExportingPause.of(participants.endpoints(), resources, settings.resumeTimeout());
    }

    private ExportingClient exporting() {
        return participants.endpoints().exporting(resources);
    }
}
