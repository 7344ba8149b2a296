package io.github.camundabackup.restore;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.internal.concurrent.ActiveRuns;
import io.github.camundabackup.internal.guard.GuardedJournal;
import io.github.camundabackup.internal.guard.GuardedSnapshotStore;
import io.github.camundabackup.internal.lock.RestoreLock;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreRefusedException;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.rules.RestorePlanner;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Restores backups: first a plan, which touches nothing, and then its execution, which does nothing that is not in the
 * plan. Thread-safe.
 *
 * @see <a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/restore/">Camunda:
 *     restore</a>
 */
public final class RestoreClient {
    private final @Nullable ClusterEndpoints endpoints;
    private final SnapshotStore store;
    private final RestoreSettings settings;
    private final ClientResources resources;
    private final Optional<RestoreLock> lock;
    private final Optional<ObjectStore> bucket;
    private final ActiveRuns runs;
    private final RestorePlanner planner;

    private RestoreClient(
            @Nullable ClusterEndpoints endpoints,
            SnapshotStore store,
            RestoreSettings settings,
            ClientResources resources,
            Optional<RestoreLock> lock,
            Optional<ObjectStore> bucket,
            ActiveRuns runs) {
        this.endpoints = endpoints;
        this.store = Objects.requireNonNull(store, "store");
        this.settings = settings.forLine(endpoints == null ? Optional.empty() : endpoints.line());
        this.resources = Objects.requireNonNull(resources, "resources");
        this.lock = lock;
        this.bucket = bucket;
        this.runs = runs;
        planner = new RestorePlanner(endpoints, store, this.settings, bucket, resources);
    }

    /**
     * For a cluster whose endpoints are known: whether its components are stopped is checked, and as long as Zeebe
     * runs, it is asked for its part of the backup. Nothing is sent yet.
     *
     * @param store the repository with the backup, on the engine that it is restored into; stays the caller's
     * @param resources must stay open as long as the engine is used
     */
    public static RestoreClient create(
            ClusterEndpoints endpoints, SnapshotStore store, RestoreSettings settings, ClientResources resources) {
        return create(Optional.of(endpoints), store, settings, resources);
    }

    /** For when there is nothing left but the repository: as the other one, without a cluster that could be asked. */
    public static RestoreClient create(SnapshotStore store, RestoreSettings settings, ClientResources resources) {
        return create(Optional.empty(), store, settings, resources);
    }

    private static RestoreClient create(
            Optional<ClusterEndpoints> endpoints,
            SnapshotStore store,
            RestoreSettings settings,
            ClientResources resources) {
        SnapshotStore guarded = GuardedSnapshotStore.of(store, resources);
        return new RestoreClient(
                endpoints.orElse(null),
                guarded,
                settings,
                resources,
                lock(endpoints, guarded, Optional.empty(), resources),
                Optional.empty(),
                new ActiveRuns());
    }

    private static Optional<RestoreLock> lock(
            Optional<ClusterEndpoints> endpoints,
            SnapshotStore store,
            Optional<BackupJournal> journal,
            ClientResources resources) {
        return Optional.of(
                RestoreLock.of(store, journal, endpoints.map(ClusterEndpoints::physicalTenant), resources.time()));
    }

    /**
     * As this one, but the lock is taken in that journal too: the one that backups of the cluster are configured with.
     *
     * @param journal must work, other than the snapshot store's
     */
    public RestoreClient withJournal(BackupJournal journal) {
        Optional<BackupJournal> guarded = Optional.of(GuardedJournal.of(journal, resources));
        return new RestoreClient(
                endpoints,
                store,
                settings,
                resources,
                lock(Optional.ofNullable(endpoints), store, guarded, resources),
                bucket,
                runs);
    }

    /**
     * As this one, but no lock is taken: only for a search engine that no cluster uses, and into which no other process
     * restores.
     */
    public RestoreClient withoutLock() {
        return new RestoreClient(endpoints, store, settings, resources, Optional.empty(), bucket, runs);
    }

    /**
     * As this one, but Zeebe's part of the backup is read from the object store that Zeebe writes to: plans say what
     * will be restored of each partition, and have an obstacle where a file is missing, before anything is deleted.
     *
     * @param zeebe stays the caller's; must be open as long as plans are made
     */
    public RestoreClient withZeebeBackups(ObjectStore zeebe) {
        return new RestoreClient(endpoints, store, settings, resources, lock, Optional.of(zeebe), runs);
    }

    /** As this one, with other settings. */
    public RestoreClient withSettings(RestoreSettings changed) {
        return new RestoreClient(endpoints, store, changed, resources, lock, bucket, runs);
    }

    /**
     * Finds out what a restore would do. Changes nothing.
     *
     * @return completes with a plan, also with one that must not be executed (see {@link RestorePlan#obstacles()}).
     *     Fails with {@link RestoreRefusedException} if the repository knows nothing of that id, and with the failure
     *     of the store if it cannot be read
     */
    public CompletableFuture<RestorePlan> plan(BackupId backupId) {
        return planner.plan(backupId);
    }

    /**
     * Executes a plan after checking that it is still true, and while it holds the lock that backups take too. May be
     * called again, with the same plan or a new one, after whatever has interrupted it: indices that are wholly
     * restored and were not written to since are kept, all others are restored again.
     *
     * @param plan of this store
     * @return at once; everything that goes wrong comes through {@link RestoreHandle#completion()}
     * @throws IllegalStateException if this engine is closed
     */
    public RestoreHandle execute(RestorePlan plan) {
        RestoreRun run = new RestoreRun(plan, Optional.ofNullable(endpoints), store, settings, lock, bucket, resources);
        runs.add(run::stop, run.completion());
        run.start();
        return run;
    }

    /**
     * Cancels all restores of this engine, and of those that were made from it, waits until they have ended, and
     * refuses new ones. What the search engine is restoring at the moment goes on there. What a {@link ClusterControl}
     * was asked to do is cancelled, and its end waited for up to 25 s. Shutting down twice does nothing. For one that
     * comes from a {@code CamundaBackupClient}, closing that does this.
     */
    public void shutDown() {
        runs.close();
    }
}
