package io.github.camundabackup.backup;

import io.github.camundabackup.backup.RecoveryReport.Outcome;
import io.github.camundabackup.backup.RecoveryReport.UnknownPause;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.component.ExporterPhase;
import io.github.camundabackup.component.ExportingClient;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a run began that cannot end it itself any more: takes its lock, resumes exporting if the run paused it, asks each component
 * what it did, and marks the run as abandoned. Resuming comes first, and needs nothing but Zeebe's gateway.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final ClusterEndpoints endpoints;
    private final SnapshotStore store;
    private final Journals journals;
    private final BackupSettings settings;
    private final ClientResources resources;
    private final TimeSource time;

    Recovery(
            ClusterEndpoints endpoints,
            SnapshotStore store,
            Journals journals,
            BackupSettings settings,
            ClientResources resources) {
        this.endpoints = endpoints;
        this.store = store;
        this.journals = journals;
        this.settings = settings;
        this.resources = resources;
        time = resources.time();
    }

    CompletableFuture<RecoveryReport> recover(UnknownPause unknownPause) {
        return journals.look()
                .thenCompose(found -> found.unfinished()
                        .map(run -> unfinished(found, run, unknownPause))
                        .orElseGet(() -> nothingUnfinished(found, unknownPause)));
    }

    private CompletableFuture<RecoveryReport> unfinished(
            Journals.Found found, JournaledRun run, UnknownPause unknownPause) {
        return journals.watch(found, run).thenCompose(watched -> {
            Optional<JournaledRun> now = watched.found().unfinished();
            if (now.isEmpty()) {
                return recover(unknownPause);
            }
            return watched.alive()
                    ? CompletableFuture.completedFuture(inProgress(now.get(), watched.found()))
                    : takeOver(watched.found(), now.get(), unknownPause);
        });
    }

    private CompletableFuture<RecoveryReport> takeOver(
            Journals.Found found, JournaledRun run, UnknownPause unknownPause) {
        LOG.warn("{} was interrupted. Recovering it.", run);
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
        CompletableFuture<RecoveryReport> recovered = lock.thenCompose(journal -> (mayBePaused
                        ? pause.end(journal::mayResume)
                        : CompletableFuture.completedFuture(true))
                .thenCompose(resumed -> pause.report().state() == PauseReport.State.TAKEN_OVER
                        ? recover(unknownPause)
                        : settle(found, run, pause.report(), journal)));
        return Futures.recover(
                recovered,
                failure -> failure instanceof RunInProgressException other
                        ? CompletableFuture.completedFuture(inProgress(other.run(), found))
                        : CompletableFuture.failedFuture(pause.stillOpen(failure)));
    }

    private CompletableFuture<RecoveryReport> settle(
            Journals.Found found, JournaledRun run, PauseReport pause, RunJournal journal) {
        return new Settling(endpoints, store, resources)
                .settle(run)
                .thenCompose(settled -> journal.end(JournaledRun.State.ABANDONED)
                        .thenApply(warning -> {
                            List<String> warnings = new ArrayList<>(found.warnings());
                            warnings.addAll(journal.warnings());
                            warning.ifPresent(warnings::add);
                            return told(new RecoveryReport(
                                    pause.state() == PauseReport.State.NOT_RESUMED
                                            ? Outcome.NOT_RESUMED
                                            : Outcome.ABANDONED,
                                    time.now(),
                                    Optional.of(run),
                                    pause,
                                    settled,
                                    warnings));
                        }));
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

    private RecoveryReport inProgress(JournaledRun run, Journals.Found found) {
        return report(Outcome.RUN_IN_PROGRESS, Optional.of(run), PauseReport.none(), found);
    }

    private RecoveryReport report(
            Outcome outcome, Optional<JournaledRun> run, PauseReport pause, Journals.Found found) {
        return new RecoveryReport(outcome, time.now(), run, pause, List.of(), found.warnings());
    }

    private static RecoveryReport told(RecoveryReport report) {
        LOG.warn("{}", report);
        return report;
    }

    private ExportingClient exporting() {
        return ExportingClient.create(endpoints.zeebe(), endpoints.brokers(), resources);
    }
}
