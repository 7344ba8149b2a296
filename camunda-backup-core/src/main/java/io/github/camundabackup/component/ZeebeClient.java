package io.github.camundabackup.component;

import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.continuous.PartitionHistory;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.Pace;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Zeebe's own backups: {@code /actuator/backups} on the gateway up to 8.7, {@code /actuator/backupRuntime} from 8.8,
 * and {@code /v2/backups/runtime} in the REST API from 8.10. An
 * id must be higher than all that were used before, also than those that failed or were deleted. If Zeebe's object
 * store is down, a backup is accepted all the same, its state cannot be read (500 or 504), and when the store is back,
 * it does not exist.
 */
public final class ZeebeClient implements ComponentClient<ZeebeBackup> {
    private final BackupEndpoint<ZeebeBackup> backups;

    private ZeebeClient(
            Endpoint endpoint, Wire wire, PhysicalTenant tenant, LineComponent zeebe, ClientResources resources) {
        backups = new BackupEndpoint<>(
                HttpBackupApi.of(wire, tenant, endpoint, zeebe, resources, json -> read(tenant, json)),
                zeebe,
                resources.time(),
                onlyZeebeKnows -> CompletableFuture.completedFuture(Optional.empty()),
                onlyZeebeKnows -> CompletableFuture.completedFuture(Optional.empty()),
                RemainingTime::unknown);
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param endpoint the management port of the gateway or of the orchestration cluster, by default 9600, with the
     *     context path if one is set
     * @param line chooses the path
     * @param resources must stay open as long as the client is used
     */
    public static ZeebeClient create(Endpoint endpoint, CamundaLine line, ClientResources resources) {
        return create(endpoint, Wire.ACTUATOR, line, resources);
    }

    /**
     * As {@link #create(Endpoint, CamundaLine, ClientResources)}, on the given wire.
     *
     * @param endpoint for {@link Wire#REST}, the application's port, by default 8080, with the context path if one is
     *     set
     * @throws java.util.NoSuchElementException if the line's Zeebe has no such wire
     */
    public static ZeebeClient create(Endpoint endpoint, Wire wire, CamundaLine line, ClientResources resources) {
        return create(endpoint, wire, PhysicalTenant.DEFAULT, line, resources);
    }

    /** As {@link #create(Endpoint, Wire, CamundaLine, ClientResources)}, for the backups of one physical tenant. */
    public static ZeebeClient create(
            Endpoint endpoint, Wire wire, PhysicalTenant tenant, CamundaLine line, ClientResources resources) {
        return new ZeebeClient(
                endpoint, wire, tenant, line.component(Component.ZEEBE).orElseThrow(), resources);
    }

    @Override
    public Component component() {
        return Component.ZEEBE;
    }

    /** The base URI. */
    public URI uri() {
        return backups.uri();
    }

    @Override
    public CompletableFuture<AcceptedBackup> take(BackupId backupId) {
        return backups.take(backupId);
    }

    /**
     * Asks Zeebe to take a backup and to choose its id, the Unix time in milliseconds: for clusters with continuous
     * backups (8.9 and later). The id is known from the reply alone; if that is lost, the failure is the one of the
     * call, and the newest backup of {@link #list()} may or may not be the one.
     */
    public CompletableFuture<AcceptedBackup> takeWithGeneratedId() {
        return backups.takeWithGeneratedId();
    }

    /**
     * What the brokers say of their checkpoints, backups and ranges (8.9 and later). On the actuator, what a broker did
     * not answer is left out without a word; the REST API fails instead.
     */
    public CompletableFuture<CheckpointState> checkpoints() {
        return backups.checkpoints();
    }

    /**
     * The histories of the partitions: their ranges, and the checkpoints in them (8.9 and later). Asks for each completed
     * backup in the ranges. Of the markers it knows the newest only; the object store knows them all
     * ({@code ZeebeBackups.metadata}). A partition of which no range is given is not in the list.
     */
    public CompletableFuture<List<PartitionHistory>> histories() {
        return new HistorySource(this).read();
    }

    /**
     * Has the brokers write what they know of their checkpoints to Zeebe's object store at once, and says it (8.9 and
     * later): otherwise the store hears of markers with the next backup only. Changes nothing else.
     */
    public CompletableFuture<CheckpointState> writeCheckpoints() {
        return backups.writeCheckpoints();
    }

    @Override
    public CompletableFuture<BackupLookup<ZeebeBackup>> get(BackupId backupId) {
        return backups.get(backupId);
    }

    @Override
    public CompletableFuture<List<ZeebeBackup>> list() {
        return backups.list();
    }

    @Override
    public CompletableFuture<Void> list(Consumer<? super ZeebeBackup> consumer) {
        return backups.list(consumer);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Deleting a backup that is in progress can be answered with 204 while the backup completes all the same.
     */
    @Override
    public CompletableFuture<Void> delete(BackupId backupId) {
        return backups.delete(backupId);
    }

    @Override
    public CompletableFuture<ZeebeBackup> awaitCompletion(
            BackupId backupId,
            Duration timeout,
            Consumer<? super ZeebeBackup> onProgress,
            Consumer<? super Outage> onOutage,
            Pace pace) {
        return backups.awaitCompletion(backupId, timeout, onProgress, onOutage, pace);
    }

    /** Component and URI. */
    @Override
    public String toString() {
        return "Zeebe at " + uri();
    }

    private static Optional<ZeebeBackup> read(PhysicalTenant tenant, JsonValue json) {
        JsonValue own = HttpBackupApi.of(tenant, json);
        OptionalLong id = json.number("backupId");
        Optional<String> state = own.text("state");
        if (id.isEmpty() || id.getAsLong() <= 0 || state.isEmpty()) {
            return Optional.empty();
        }
        List<PartitionBackup> partitions = own.elements("details").stream()
                // Partitions of other tenants have the same numbers.
                .filter(partition -> partition
                        .text("physicalTenantId")
                        .filter(other -> !other.equals(tenant.id()))
                        .isEmpty())
                .flatMap(partition -> PartitionBackup.read(partition).stream())
                .toList();
        return Optional.of(new ZeebeBackup(
                BackupId.of(id.getAsLong()),
                BackupState.parse(state.get()),
                own.text("failureReason").orElse(null),
                partitions));
    }
}
