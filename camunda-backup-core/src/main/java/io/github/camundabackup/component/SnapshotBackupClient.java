package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.Pace;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A component whose backups are snapshots in the search engine's repository: what the clients of Optimize, Operate,
 * Tasklist and the web applications have in common, and the client of any other such component of a line.
 */
public sealed class SnapshotBackupClient implements ComponentClient<SnapshotBackup>
        permits OptimizeClient, OperateClient, TasklistClient, WebApplicationsClient {
    /** Only the caller's deadline ends the wait. */
    private static final Duration ANY_TIME = Duration.ofDays(365);

    private final Endpoint endpoint;
    private final Wire wire;
    private final PhysicalTenant tenant;
    private final LineComponent component;
    private final ClientResources resources;
    private final BackupEndpoint<SnapshotBackup> backups;

    SnapshotBackupClient(Endpoint endpoint, LineComponent component, ClientResources resources) {
        this(endpoint, Wire.ACTUATOR, PhysicalTenant.DEFAULT, component, resources, Optional.empty());
    }

    SnapshotBackupClient(
            Endpoint endpoint,
            Wire wire,
            PhysicalTenant tenant,
            LineComponent component,
            ClientResources resources,
            Optional<SnapshotStore> repository) {
        this(
                endpoint,
                wire,
                tenant,
                component,
                resources,
                HttpBackupApi.of(
                        wire,
                        tenant,
                        endpoint,
                        component,
                        resources,
                        json -> read(component.component(), tenant, json)),
                repository);
    }

    private SnapshotBackupClient(
            Endpoint endpoint,
            Wire wire,
            PhysicalTenant tenant,
            LineComponent component,
            ClientResources resources,
            BackupApi<SnapshotBackup> api,
            Optional<SnapshotStore> repository) {
        this.endpoint = endpoint;
        this.wire = wire;
        this.tenant = tenant;
        this.component = component;
        this.resources = resources;
        backups = new BackupEndpoint<>(
                api,
                component,
                resources.time(),
                backupId -> repository
                        .map(store -> new SnapshotBackupReader(component.component(), store).read(backupId))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())),
                backupId -> repository
                        .map(store -> new SnapshotBackupReader(component.component(), store).whyIncomplete(backupId))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())),
                () -> new RemainingOfParts(resources.time(), repository));
    }

    /**
     * Makes a client of any component whose backups are snapshots. Nothing is sent yet.
     *
     * @param endpoint the component's management port, with the context path if one is set
     * @param component what its line says of it; with a path
     * @param resources must stay open as long as the client is used
     */
    public static SnapshotBackupClient create(Endpoint endpoint, LineComponent component, ClientResources resources) {
        return create(endpoint, Wire.ACTUATOR, component, resources);
    }

    /**
     * As {@link #create(Endpoint, LineComponent, ClientResources)}, on the given wire.
     *
     * @param component with a path on that wire
     */
    public static SnapshotBackupClient create(
            Endpoint endpoint, Wire wire, LineComponent component, ClientResources resources) {
        return create(endpoint, wire, PhysicalTenant.DEFAULT, component, resources);
    }

    /** As {@link #create(Endpoint, Wire, LineComponent, ClientResources)}, for the backups of one physical tenant. */
    public static SnapshotBackupClient create(
            Endpoint endpoint, Wire wire, PhysicalTenant tenant, LineComponent component, ClientResources resources) {
        return new SnapshotBackupClient(endpoint, wire, tenant, component, resources, Optional.empty());
    }

    /**
     * This client for backups that the component does not take itself, and knows nothing of: they are read from the
     * repository, and deleted there. Taking one fails. They may begin at any time while they are waited for.
     *
     * @param repository stays the caller's
     */
    public final SnapshotBackupClient ofRepository(SnapshotStore repository) {
        return new SnapshotBackupClient(
                endpoint,
                wire,
                tenant,
                component.toBuilder().absentGrace(ANY_TIME).build(),
                resources,
                new RepositoryBackupApi(component.component(), repository, endpoint.uri()),
                Optional.of(repository));
    }

    /**
     * This client with a second source: when the component refuses to say how a backup stands, the snapshots in the
     * repository are read. They show it even while the component cannot (Operate 8.6 on OpenSearch, for one). When a
     * backup fails, the engine's own reason is read from there, which components write to their logs only.
     *
     * @param repository the repository that the component is configured with; stays the caller's
     */
    public final SnapshotBackupClient withRepository(SnapshotStore repository) {
        return new SnapshotBackupClient(endpoint, wire, tenant, component, resources, Optional.of(repository));
    }

    @Override
    public final Component component() {
        return component.component();
    }

    /** The base URI. */
    public final URI uri() {
        return backups.uri();
    }

    @Override
    public final CompletableFuture<AcceptedBackup> take(BackupId backupId) {
        return backups.take(backupId);
    }

    @Override
    public final CompletableFuture<BackupLookup<SnapshotBackup>> get(BackupId backupId) {
        return backups.get(backupId);
    }

    @Override
    public final CompletableFuture<List<SnapshotBackup>> list() {
        return backups.list();
    }

    @Override
    public final CompletableFuture<Void> list(Consumer<? super SnapshotBackup> consumer) {
        return backups.list(consumer);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Up to 8.7, Operate and Tasklist look for snapshots of their <em>current</em> version only: they answer 204,
     * and those that were made before an update stay. See the repository for what is really left.
     */
    @Override
    public final CompletableFuture<Void> delete(BackupId backupId) {
        return backups.delete(backupId);
    }

    @Override
    public final CompletableFuture<SnapshotBackup> awaitCompletion(
            BackupId backupId,
            Duration timeout,
            Consumer<? super SnapshotBackup> onProgress,
            Consumer<? super Outage> onOutage,
            Pace pace) {
        return backups.awaitCompletion(backupId, timeout, onProgress, onOutage, pace);
    }

    /** Component and URI. */
    @Override
    public final String toString() {
        return component.component().displayName() + " at " + uri();
    }

    private static Optional<SnapshotBackup> read(Component component, PhysicalTenant tenant, JsonValue json) {
        JsonValue own = HttpBackupApi.of(tenant, json);
        OptionalLong id = json.number("backupId");
        Optional<String> state = own.text("state");
        if (id.isEmpty() || id.getAsLong() <= 0 || state.isEmpty()) {
            return Optional.empty();
        }
        List<SnapshotBackup.Part> parts = own.elements("details").stream()
                .flatMap(part -> part.text("snapshotName").map(name -> part(name, part)).stream())
                .toList();
        return Optional.of(new SnapshotBackup(
                component,
                BackupId.of(id.getAsLong()),
                BackupState.parse(state.get()),
                own.text("failureReason").orElse(null),
                parts));
    }

    private static SnapshotBackup.Part part(String name, JsonValue json) {
        return new SnapshotBackup.Part(
                name,
                json.text("state").map(SnapshotState::parse).orElse(SnapshotState.UNKNOWN),
                json.time("startTime"),
                json.elements("failures").stream()
                        .map(failure -> failure.text().orElseGet(failure::toString))
                        .toList());
    }
}
