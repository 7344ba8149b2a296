package io.github.camundabackup.backup;

import io.github.camundabackup.backup.Continuation.Verdict;
import io.github.camundabackup.backup.RecoveryReport.Interrupted;
import io.github.camundabackup.backup.RecoveryReport.Outcome;
import io.github.camundabackup.backup.RecoveryReport.UnknownPause;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.component.ExporterPhase;
import io.github.camundabackup.component.ExportingClient;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
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
 * Ends what a run began that cannot end it itself any more: takes its lock, and either goes on with it, where that is proven to lead to a
 * good backup, or resumes exporting if the run paused it, asks each component what it did, and marks the run as abandoned. To resume needs
 * nothing but Zeebe's gateway.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration EXAMINATION = Duration.ofMinutes(1);

    private final ClusterEndpoints endpoints;
    private final SnapshotStore store;
    private final Journals journals;
    private final Continuing continuing;
    private final BackupSettings settings;
    private final ClientResources resources;
    private final TimeSource time;

    Recovery(
            ClusterEndpoints endpoints,
            SnapshotStore store,
            Journals journals,
            Continuing continuing,
            BackupSettings settings,
            ClientResources resources) {
        this.endpoints = endpoints;
        this.store = store;
        this.journals = journals;
        this.continuing = continuing;
        this.settings = settings;
        this.resources = resources;
        time = resources.time();
    }

    /** Goes on with an interrupted backup. */
    interface Continuing {
        /**
         * @return how it ended; fails with {@link BackupFailedException}
         * @throws IllegalStateException if no run may be begun any more; then nothing was touched
         */
        CompletableFuture<BackupReport> goOn(Resumption from, RunJournal acquired, ExportingPause adopted);
    }

    CompletableFuture<RecoveryReport> recover(UnknownPause unknownPause, Interrupted interrupted) {
        return recover(new Wish(unknownPause, interrupted, Caller.OPERATOR));
    }

    /**
     * What a backup begins with. Who wants a new backup needs the old one no more, and has no use for a longer pause. Fails if a restore has
     * not ended well: only an operator can know what is there now.
     */
    CompletableFuture<RecoveryReport> beforeBackup() {
        return recover(new Wish(UnknownPause.REPORT, Interrupted.ABANDON, Caller.BACKUP));
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
        ExportingPause pause = new ExportingPause(exporting(), time, settings.resumeTimeout());
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
                                    : CompletableFuture.completedFuture(told(report)));
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
    private CompletableFuture<Verdict> examine(JournaledRun run, Interrupted interrupted) {
        if (interrupted == Interrupted.ABANDON || run.kind() == JournaledRun.Kind.RESTORE) {
            return CompletableFuture.completedFuture(Verdict.doubt(""));
        }
        Continuation continuation = new Continuation(run);
        Optional<String> doubt = continuation.doubt(settings, store.description(), time.now());
        if (doubt.isPresent()) {
            return CompletableFuture.completedFuture(Verdict.doubt(doubt.get()));
        }
        CompletableFuture<Verdict> verdict = CamundaCluster.discover(endpoints, resources)
                .thenCompose(cluster -> new Settling(endpoints, store, resources)
                        .settle(run)
                        .thenCompose(settled -> cluster.exporting()
                                .status()
                                .thenApply(status -> continuation.judge(
                                        cluster, Preflight.plan(cluster, settings), settled, status))));
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
        return resumed.thenCompose(ended -> new Settling(endpoints, store, resources).settle(recovering.run()))
                .thenCompose(settled -> journal.end(JournaledRun.State.ABANDONED)
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
                                        warning.stream())))));
    }

    /** A pause of which no journal knows is somebody else's, until somebody says that it is nobody's. */
    private CompletableFuture<RecoveryReport> nothingUnfinished(Journals.Found found, UnknownPause unknownPause) {
        return exporting().status().thenCompose(status -> {
            if (!status.hasLeaderIn(ExporterPhase.SOFT_PAUSED, ExporterPhase.PAUSED)) {
                return CompletableFuture.completedFuture(
                        report(Outcome.NOTHING_FOUND, Optional.empty(), PauseReport.none(), found));
            }
            ExportingPause pause = new ExportingPause(exporting(), time, settings.resumeTimeout());
            pause.adopt(Optional.empty());
            CompletableFuture<Boolean> done = switch (unknownPause) {
                case REPORT -> CompletableFuture.completedFuture(false);
                case RESUME -> pause.end(() -> CompletableFuture.completedFuture(true));
            };
            return done.thenApply(
                    resumed -> told(report(Outcome.UNKNOWN_PAUSE, Optional.empty(), pause.report(), found)));
        });
    }

    private static CamundaBackupException unfinishedRestore(JournaledRun run) {
        return new CamundaBackupException(
                run + " was interrupted or has failed, so that the cluster may be half restored, and no backup is"
                        + " taken of that. Execute a restore to its end; or, if you know that the cluster is whole, call recover().");
    }

    private RecoveryReport inProgress(JournaledRun run, Journals.Found found) {
        return report(Outcome.RUN_IN_PROGRESS, Optional.of(run), PauseReport.none(), found);
    }

    private RecoveryReport report(
            Outcome outcome, Optional<JournaledRun> run, PauseReport pause, Journals.Found found) {
        return new RecoveryReport(outcome, time.now(), run, pause, List.of(), Optional.empty(), found.warnings());
    }

    private static RecoveryReport told(RecoveryReport report) {
        LOG.warn("{}", report);
        return report;
    }

    /** What is wanted of a recovery. */
    private record Wish(UnknownPause unknownPause, Interrupted interrupted, Caller caller) {}

    /** Who wants a recovery. */
    private enum Caller {
        /** Somebody who asked for it, and knows of the cluster what no journal does. */
        OPERATOR,
        /** A backup that is about to begin. */
        BACKUP
    }

    private ExportingClient exporting() {
        return ExportingClient.create(endpoints.zeebe(), endpoints.brokers(), resources);
    }
}
