package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.concurrent.ActiveRuns;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.lock.Journals;
import io.github.camundabackup.internal.lock.RunJournal;
import io.github.camundabackup.internal.participants.ParticipantSource;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunInProgressException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Takes backups of one cluster. Thread-safe. */
public final class BackupEngine implements AutoCloseable {
    private final ParticipantSource participants;
    private final SnapshotStore store;
    private final BackupSettings settings;
    private final ClientResources resources;
    private final Journals journals;
    private final InterruptedRuns interrupted;
    private final ActiveRuns runs = new ActiveRuns();

    /**
     * Makes an engine. Nothing is sent yet.
     *
     * @param participants the cluster, and what takes part in its backups
     * @param store the repository that the cluster's components are configured with; stays the caller's
     * @param settings how backups are taken
     * @param resources must stay open as long as the engine is used
     * @param journals where runs are written down
     * @param interrupted recovers runs that were interrupted
     */
    public BackupEngine(
            ParticipantSource participants,
            SnapshotStore store,
            BackupSettings settings,
            ClientResources resources,
            Journals journals,
            InterruptedRuns interrupted) {
        this.participants = participants;
        this.store = store;
        this.settings = settings;
        this.resources = resources;
        this.journals = journals;
        this.interrupted = interrupted;
    }

    /** What a backup would do. Only asks the endpoints what they serve. */
    public CompletableFuture<BackupPlan> plan() {
        return participants.discover().thenApply(Participants::plan);
    }

    /**
     * Makes all the checks that a backup begins with, and changes nothing. The journal is read, and not watched for
     * signs of life.
     *
     * @param wanted the id that a backup would have; empty for one that is chosen
     * @return completes with warnings, that a run has not ended among them; fails with {@link PreflightFailedException}
     *     or {@link io.github.camundabackup.error.ConfigurationMismatchException}, and if the journal cannot be read
     */
    public CompletableFuture<List<String>> check(Optional<BackupId> wanted) {
        return discoverWithStore()
                .thenCompose(participating -> journals.look().thenCompose(found -> {
                    List<String> known = new ArrayList<>(found.warnings());
                    found.unfinished().map(this::unfinished).ifPresent(known::add);
                    return Futures.recover(
                            Preflight.check(participating, store, wanted, resources.time())
                                    .thenApply(passed -> Stream.concat(known.stream(), passed.warnings().stream())
                                            .toList()),
                            error -> CompletableFuture.failedFuture(
                                    error instanceof PreflightFailedException problems ? problems.with(known) : error));
                }));
    }

    /**
     * Starts a backup.
     *
     * @param wanted higher than every id that was used before; empty to have such a one chosen
     * @return at once; everything that goes wrong comes through {@link BackupHandle#completion()}
     * @throws IllegalStateException if this engine is closed
     * @throws IllegalArgumentException if the id is so high that there could be no later one
     */
    public BackupHandle start(Optional<BackupId> wanted) {
        if (wanted.filter(UsedIds::isTooHigh).isPresent()) {
            throw new IllegalArgumentException(
                    "The backup id " + wanted.get() + " leaves no room for higher ones, which all"
                            + " later backups need. Ids have up to 18 digits; the Unix time in seconds has 10.");
        }
        BackupRun run = register(wanted, Optional.empty());
        run.start();
        return run;
    }

    /**
     * Goes on with an interrupted backup; see {@link InterruptedRuns.Continuing}.
     *
     * @throws IllegalStateException if this engine is closed
     */
    public CompletableFuture<BackupReport> goOn(Resumption from, RunJournal acquired, ExportingPause adopted) {
        BackupRun run = register(
                Optional.of(from.run().backupId()), Optional.of(from.run().startedAt()));
        run.goOn(from, acquired, adopted);
        return run.completion();
    }

    private BackupRun register(Optional<BackupId> wanted, Optional<Instant> startedAt) {
        BackupRun run = new BackupRun(
                wanted,
                participants.endpoints().physicalTenant(),
                this::enter,
                this::discoverWithStore,
                store,
                settings,
                resources,
                this::pause,
                startedAt);
        runs.add(run::stop, run.completion());
        return run;
    }

    private ExportingPause pause() {
        return ExportingPause.of(participants.endpoints(), resources, settings.resumeTimeout());
    }

    /** Completes with the journals when no run is going on or unfinished any more. */
    private CompletableFuture<Journals.Found> enter() {
        return journals.look()
                .thenCompose(found -> found.unfinished()
                        .map(this::recoverFirst)
                        .orElseGet(() -> CompletableFuture.completedFuture(found)));
    }

    private CompletableFuture<Journals.Found> recoverFirst(JournaledRun unfinished) {
        if (!settings.recoversFirst()) {
            return CompletableFuture.failedFuture(new CamundaBackupException(unfinished(unfinished)));
        }
        return interrupted.beforeBackup().thenCompose(report -> switch (report.outcome()) {
            case NOTHING_FOUND, UNKNOWN_PAUSE -> enter();
            case ABANDONED, CONTINUED -> enter().thenApply(found -> found.warning(report.toString()));
            case NOT_RESUMED -> CompletableFuture.failedFuture(new CamundaBackupException(report.toString()));
            case RUN_IN_PROGRESS ->
                CompletableFuture.failedFuture(
                        new RunInProgressException(report.run().orElse(unfinished)));
        });
    }

    private String unfinished(JournaledRun run) {
        return run + " is going on, or was interrupted. "
                + (settings.recoversFirst() && run.kind() == JournaledRun.Kind.BACKUP
                        ? "The next backup finds out which, and cleans up first if it was interrupted. So does"
                                + " recover()."
                        : "Call recover() to find out and to clean up.");
    }

    /**
     * Cancels all runs, and waits until they have ended, which includes that exporting is resumed. Closing twice does
     * nothing.
     */
    @Override
    public void close() {
        runs.close();
    }

    /**
     * Where the cluster does not fit, the preflight cannot begin; that the repository does not work either is said all
     * the same.
     */
    private CompletableFuture<Participants> discoverWithStore() {
        return Futures.recover(
                participants.discover(),
                error -> error instanceof ConfigurationMismatchException mismatch
                        ? withStore(mismatch).thenCompose(CompletableFuture::failedFuture)
                        : CompletableFuture.failedFuture(error));
    }

    private CompletableFuture<ConfigurationMismatchException> withStore(ConfigurationMismatchException mismatch) {
        return store.verifyRepository()
                .handle((verified, error) ->
                        error != null && Futures.unwrap(error) instanceof CamundaBackupException problem
                                ? mismatch.with(String.valueOf(problem.getMessage()))
                                : mismatch);
    }
}
