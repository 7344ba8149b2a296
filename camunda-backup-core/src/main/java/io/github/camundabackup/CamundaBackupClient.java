package io.github.camundabackup;

import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.backup.engine.BackupEngine;
import io.github.camundabackup.backup.engine.Resumption;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.component.ExternalBackup;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.concurrent.ActiveRuns;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.guard.GuardedJournal;
import io.github.camundabackup.internal.guard.GuardedSnapshotStore;
import io.github.camundabackup.internal.lock.Journals;
import io.github.camundabackup.internal.lock.RunJournal;
import io.github.camundabackup.internal.participants.ParticipantSource;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.recovery.InterruptedBackup;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.recovery.engine.Recovery;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: takes, recovers, checks and restores the backups of one Camunda 8 cluster.
 *
 * <pre>{@code
 * try (CamundaBackupClient client = CamundaBackupClient.builder()
 *         .orchestrationCluster(URI.create("http://localhost:9600"))
 *         .optimize(URI.create("http://localhost:8092"))
 *         .snapshotStore(ElasticsearchSnapshotStore.builder()
 *                 .endpoint(URI.create("http://localhost:9200"))
 *                 .repository("camunda")
 *                 .build())
 *         .build()) {
 *     BackupReport report = client.backup().completion().join();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Nothing is sent before the first call, and no method blocks but {@link #close()}. Everything that
 * goes wrong comes through the futures, as a subclass of {@link io.github.camundabackup.error.CamundaBackupException}.
 */
public final class CamundaBackupClient implements AutoCloseable {
    private final ClusterEndpoints endpoints;
    private final SnapshotStore store;
    private final Optional<ObjectStore> bucket;
    private final ClientResources resources;
    private final boolean ownsResources;
    private final BackupEngine engine;
    private final Recovery recovery;
    private final RestoreClient restores;
    private final ActiveRuns recoveries = new ActiveRuns();

    private CamundaBackupClient(Builder builder, SnapshotStore store) {
        endpoints = builder.endpoints.build();
        this.store = store;
        bucket = Optional.ofNullable(builder.bucket);
        ownsResources = builder.resources == null;
        resources = builder.resources == null ? ClientResources.create() : builder.resources;
        BackupSettings settings = builder.settings.build();
        SnapshotStore guarded = GuardedSnapshotStore.of(store, resources);
        Optional<BackupJournal> configured = settings.journal().map(journal -> GuardedJournal.of(journal, resources));
        Journals journals = new Journals(
                guarded.journal(),
                configured,
                JournaledRun.Kind.BACKUP,
                Optional.of(endpoints.physicalTenant()),
                resources.time());
        ParticipantSource participants =
                new ParticipantSource(endpoints, guarded, settings.recordsPattern(), resources);
        recovery = new Recovery(participants, guarded, journals, this::goOn, settings, resources);
        engine = new BackupEngine(participants, guarded, settings, resources, journals, recovery);
        RestoreClient withoutJournal = RestoreClient.create(endpoints, guarded, restoreDefaults(settings), resources);
        RestoreClient withoutBucket =
                configured.map(withoutJournal::withJournal).orElse(withoutJournal);
        restores = bucket.map(withoutBucket::withZeebeBackups).orElse(withoutBucket);
    }

    /** Collects a client. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a backup, and chooses an id that is higher than all that a component or the repository has: the Unix time
     * in seconds. Where that is not higher, because ids in milliseconds were used, as Camunda 8.9 and later can generate
     * them, it is the time in milliseconds, from then on, which a warning says once. If a higher one than that is used,
     * it is the next one.
     *
     * @return at once; what goes wrong comes through {@link BackupHandle#completion()}
     * @throws IllegalStateException if this client is closed
     */
    public BackupHandle backup() {
        return engine.start(Optional.empty());
    }

    /**
     * Starts a backup.
     *
     * @param backupId higher than every id that was used before in this cluster; this is checked before anything is
     *     changed
     * @return at once; what goes wrong comes through {@link BackupHandle#completion()}
     * @throws IllegalStateException if this client is closed
     * @throws IllegalArgumentException if the id has more than 18 digits, so that there could be no later one
     */
    public BackupHandle backup(BackupId backupId) {
        return engine.start(Optional.of(backupId));
    }

    /**
     * Recovers a backup that was interrupted, by SIGKILL or the loss of a machine. Where it is proven that this leads
     * to a good backup, it is continued under its id; otherwise exporting is resumed if the backup had paused it, the
     * components are asked what they did, and the backup is marked as abandoned. {@link #backup()} begins with this by
     * itself, and continues nothing. A backup that is going on is left alone, and so is a pause of exporting of which
     * no journal knows.
     *
     * @return takes as long as the lease of its lock (a minute by default) if there is an unfinished backup, which is
     *     watched so long for a sign of life, and as long as the rest of the backup if it is continued. Fails if the
     *     journal cannot be read
     */
    public CompletableFuture<RecoveryReport> recover() {
        return recover(UnknownPause.REPORT);
    }

    /**
     * As {@link #recover()}.
     *
     * @param unknownPause what to do about a pause of exporting of which no journal knows
     */
    public CompletableFuture<RecoveryReport> recover(UnknownPause unknownPause) {
        return recover(unknownPause, InterruptedBackup.CONTINUE);
    }

    /**
     * As {@link #recover()}.
     *
     * @param unknownPause what to do about a pause of exporting of which no journal knows
     * @param interrupted what to do about a backup that was interrupted
     */
    public CompletableFuture<RecoveryReport> recover(UnknownPause unknownPause, InterruptedBackup interrupted) {
        CompletableFuture<RecoveryReport> end = new CompletableFuture<>();
        // After the caller's: whoever has closed the client sees how the recovery ended.
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        // It is not stopped: what it does is to end a pause.
        recoveries.add(reason -> {}, ended);
        recovery.recover(unknownPause, interrupted).whenComplete((report, error) -> {
            if (error == null) {
                end.complete(report);
            } else {
                end.completeExceptionally(Futures.unwrap(error));
            }
            ended.complete(true);
        });
        return end.copy();
    }

    /** What {@link #backup()} would do. Asks the endpoints what they serve, and changes nothing. */
    public CompletableFuture<BackupPlan> plan() {
        return engine.plan();
    }

    /**
     * Makes all the checks with which {@link #backup()} begins, and changes nothing. The journal is read too.
     *
     * @return completes with warnings, that a run has not ended among them; fails with
     *     {@link io.github.camundabackup.backup.PreflightFailedException} or
     *     {@link io.github.camundabackup.error.ConfigurationMismatchException}, which list every problem
     */
    public CompletableFuture<List<String>> preflight() {
        return engine.check(Optional.empty());
    }

    /**
     * As {@link #preflight()}, for a backup with a certain id.
     *
     * @param backupId the id that the backup would have
     */
    public CompletableFuture<List<String>> preflight(BackupId backupId) {
        return engine.check(Optional.of(backupId));
    }

    /**
     * Restores backups into the snapshot store's engine, with the default settings and this client's prefix of exported
     * records.
     */
    public RestoreClient restore() {
        return restores;
    }

    /**
     * As {@link #restore()}, with settings of its own: all index prefixes, the control that stops the components, and
     * more.
     */
    public RestoreClient restore(RestoreSettings settings) {
        return restores.withSettings(settings);
    }

    /**
     * The typed clients of the cluster's components. Asks the endpoints what they serve, each time, and changes
     * nothing.
     *
     * @return fails with {@link io.github.camundabackup.error.ConfigurationMismatchException} if the endpoints do not
     *     serve what they are configured as
     */
    public CompletableFuture<CamundaCluster> cluster() {
        return CamundaCluster.discover(endpoints, resources);
    }

    /** Says whether backups can be trusted; only reads. Usable as long as this client is open. */
    public ConsistencyChecker consistency() {
        ConsistencyChecker checker = ConsistencyChecker.of(endpoints, store, resources);
        return bucket.map(checker::zeebeBackups).orElse(checker);
    }

    /** Zeebe's backups in its object store; empty if none was configured. Usable as long as this client is open. */
    public Optional<ZeebeBackups> zeebeBackups() {
        return bucket.map(store -> ZeebeBackups.of(store, resources));
    }

    /** The physical tenant whose backups these are; the default one, unless another is configured. */
    public PhysicalTenant physicalTenant() {
        return endpoints.physicalTenant();
    }

    /** The snapshot store that was configured. */
    public SnapshotStore snapshotStore() {
        return store;
    }

    /**
     * Cancels backups and restores that are running, and waits until they and recoveries have ended, which includes
     * that exporting is resumed; then closes the snapshot store and the object store. Closing twice does nothing.
     */
    @Override
    public void close() {
        engine.close();
        recoveries.close();
        restores.shutDown();
        store.close();
        bucket.ifPresent(ObjectStore::close);
        if (ownsResources) {
            resources.close();
        }
    }

    /** Endpoints and store, without secrets. */
    @Override
    public String toString() {
        return "CamundaBackupClient of " + endpoints + " with " + store.description();
    }

    private CompletableFuture<BackupReport> goOn(Resumption from, RunJournal acquired, ExportingPause adopted) {
        return engine.goOn(from, acquired, adopted);
    }

    private static RestoreSettings restoreDefaults(BackupSettings settings) {
        RestoreSettings.Builder restore = RestoreSettings.builder();
        settings.recordIndexPrefix().ifPresent(prefix -> restore.indexPrefixes(Component.ZEEBE_RECORDS, prefix));
        return restore.build();
    }

    /** Collects a {@link CamundaBackupClient}. Not thread-safe. */
    public static final class Builder {
        private final ClusterEndpoints.Builder endpoints = ClusterEndpoints.builder();
        private final BackupSettings.Builder settings = BackupSettings.builder();
        private @Nullable SnapshotStore store;
        private @Nullable ObjectStore bucket;
        private @Nullable ClientResources resources;

        private Builder() {}

        /**
         * The orchestration cluster of Camunda 8.8 and later: its management port, by default 9600, with the context
         * path if one is set. Either this or {@link #zeebe(URI)} is required.
         */
        public Builder orchestrationCluster(URI uri) {
            return orchestrationCluster(Endpoint.of(uri));
        }

        /** As {@link #orchestrationCluster(URI)}, with authentication, TLS and more. */
        public Builder orchestrationCluster(Endpoint endpoint) {
            endpoints.orchestrationCluster(endpoint);
            return this;
        }

        /**
         * The REST API of the orchestration cluster, from 8.10 on, beside its management port. See
         * {@link ClusterEndpoints.Builder#restApi(URI)}. Default: none.
         */
        public Builder restApi(URI uri) {
            return restApi(Endpoint.of(uri));
        }

        /** As {@link #restApi(URI)}, with authentication, TLS and more. */
        public Builder restApi(Endpoint endpoint) {
            endpoints.restApi(endpoint);
            return this;
        }

        /**
         * The physical tenant whose backups these are, from 8.10 on; its snapshot store is that of the tenant's own
         * repository. See {@link ClusterEndpoints.Builder#physicalTenant}. Default: the default tenant.
         */
        public Builder physicalTenant(String id) {
            endpoints.physicalTenant(id);
            return this;
        }

        /** Zeebe's gateway up to 8.7: its management port, by default 9600, with the context path if one is set. */
        public Builder zeebe(URI uri) {
            return zeebe(Endpoint.of(uri));
        }

        /** As {@link #zeebe(URI)}, with authentication, TLS and more. */
        public Builder zeebe(Endpoint endpoint) {
            endpoints.zeebe(endpoint);
            return this;
        }

        /** Operate up to 8.7: its management port, with the context path if one is set. Default: none. */
        public Builder operate(URI uri) {
            return operate(Endpoint.of(uri));
        }

        /** As {@link #operate(URI)}, with authentication, TLS and more. */
        public Builder operate(Endpoint endpoint) {
            endpoints.operate(endpoint);
            return this;
        }

        /** Tasklist up to 8.7: its management port, with the context path if one is set. Default: none. */
        public Builder tasklist(URI uri) {
            return tasklist(Endpoint.of(uri));
        }

        /** As {@link #tasklist(URI)}, with authentication, TLS and more. */
        public Builder tasklist(Endpoint endpoint) {
            endpoints.tasklist(endpoint);
            return this;
        }

        /** The web applications of 8.8 and later, where they run apart from Zeebe. Default: none. */
        public Builder webApplications(URI uri) {
            return webApplications(Endpoint.of(uri));
        }

        /** As {@link #webApplications(URI)}, with authentication, TLS and more. */
        public Builder webApplications(Endpoint endpoint) {
            endpoints.webApplications(endpoint);
            return this;
        }

        /** See {@link ClusterEndpoints.Builder#webApplicationsBackup}. Default: the web applications are asked. */
        public Builder webApplicationsBackup(ExternalBackup backup) {
            endpoints.webApplicationsBackup(backup);
            return this;
        }

        /** Optimize: its management port, by default 8092, to which its context path does not apply. Default: none. */
        public Builder optimize(URI uri) {
            return optimize(Endpoint.of(uri));
        }

        /** As {@link #optimize(URI)}, with authentication, TLS and more. */
        public Builder optimize(Endpoint endpoint) {
            endpoints.optimize(endpoint);
            return this;
        }

        /**
         * Adds the management port of a broker. Where all are given, pauses and resumptions of exporting are confirmed
         * by the partitions themselves. Default: the endpoint of Zeebe or of the orchestration cluster, which is enough
         * for a single broker.
         */
        public Builder broker(URI uri) {
            return broker(Endpoint.of(uri));
        }

        /** As {@link #broker(URI)}, with authentication, TLS and more. */
        public Builder broker(Endpoint endpoint) {
            endpoints.broker(endpoint);
            return this;
        }

        /**
         * States the line, so that a cluster of another one is refused; and lines whose endpoints look the same are
         * distinguished. Also for a user's own line. Default: the oldest line that serves what the endpoints serve.
         */
        public Builder line(CamundaLine line) {
            endpoints.line(line);
            return this;
        }

        /** A component that only a line of one's own has: its management port. Default: none. */
        public Builder component(Component component, URI uri) {
            return component(component, Endpoint.of(uri));
        }

        /** As {@link #component(Component, URI)}, with authentication, TLS and more. */
        public Builder component(Component component, Endpoint endpoint) {
            endpoints.component(component, endpoint);
            return this;
        }

        /** See {@link ClusterEndpoints.Builder#participant}. Default: none. */
        public Builder participant(Participant participant) {
            endpoints.participant(participant);
            return this;
        }

        /**
         * The repository that the components are configured with. Required. It is closed with the client.
         */
        public Builder snapshotStore(SnapshotStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * The object store that Zeebe writes its backups to, to read from: checks and restore plans then see Zeebe's
         * part itself, also when there is no cluster any more. It is closed with the client. Default: none; Zeebe is
         * asked.
         */
        public Builder zeebeBackups(ObjectStore store) {
            bucket = Objects.requireNonNull(store, "store");
            return this;
        }

        /** See {@link BackupSettings.Builder#recordIndexPrefix}. Default: {@code zeebe-record}. */
        public Builder recordIndexPrefix(String prefix) {
            settings.recordIndexPrefix(prefix);
            return this;
        }

        /** See {@link BackupSettings.Builder#withoutRecords}. Default: the exported records are backed up. */
        public Builder withoutRecords() {
            settings.withoutRecords();
            return this;
        }

        /** See {@link BackupSettings.Builder#stepTimeout}. Default: 2 h. */
        public Builder stepTimeout(Duration timeout) {
            settings.stepTimeout(timeout);
            return this;
        }

        /** See {@link BackupSettings.Builder#pauseLimit}. Default: 3 h. */
        public Builder pauseLimit(Duration limit) {
            settings.pauseLimit(limit);
            return this;
        }

        /** See {@link BackupSettings.Builder#resumeTimeout}. Default: 10 min. */
        public Builder resumeTimeout(Duration timeout) {
            settings.resumeTimeout(timeout);
            return this;
        }

        /** See {@link BackupSettings.Builder#journal}. Default: that of the snapshot store alone. */
        public Builder journal(BackupJournal journal) {
            settings.journal(journal);
            return this;
        }

        /** See {@link BackupSettings.Builder#lockLease}. Default: 60 s. */
        public Builder lockLease(Duration lease) {
            settings.lockLease(lease);
            return this;
        }

        /** See {@link BackupSettings.Builder#withoutRecovery}. Default: a backup begins with recovery. */
        public Builder withoutRecovery() {
            settings.withoutRecovery();
            return this;
        }

        /** Adds a listener for all backups of this client. Default: none. */
        public Builder listener(BackupListener listener) {
            settings.listener(listener);
            return this;
        }

        /** Threads and time, shared with other clients; stays the caller's. Default: resources of its own. */
        public Builder resources(ClientResources resources) {
            this.resources = Objects.requireNonNull(resources, "resources");
            return this;
        }

        /**
         * @throws IllegalStateException if there is no endpoint of Zeebe, no snapshot store, or endpoints exclude each
         *     other
         */
        public CamundaBackupClient build() {
            if (store == null) {
                throw new IllegalStateException(
                        "There is no snapshot store. Configure the repository that the cluster's components use,"
                                + " with an ElasticsearchSnapshotStore or an OpenSearchSnapshotStore.");
            }
            return new CamundaBackupClient(this, store);
        }
    }
}
