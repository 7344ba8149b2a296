package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.test.internal.camunda.ZeebeBackup.Partition;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Zeebe's brokers as processes with data of their own. Guarded by the cluster's lock. */
public final class Brokers {
    private final ClusterSettings settings;
    private final ZeebeBackups backups;
    private final Exporting exporting;
    private final ExportedLog log;
    private final Consumer<Map<String, Map<String, Map<String, Object>>>> exporter;

    /**
     * @param exporter writes documents by their indices and ids
     */
    public Brokers(
            ClusterSettings settings,
            CamundaApplications camunda,
            ExportedLog log,
            Consumer<Map<String, Map<String, Map<String, Object>>>> exporter) {
        this.settings = settings;
        backups = camunda.zeebe();
        exporting = camunda.exporting();
        this.log = log;
        this.exporter = exporter;
    }

    /** Ends the processes; backups in progress end with them. */
    public void stop() {
        backups.restart();
        exporting.stop();
    }

    /** Starts the processes, which replay their logs and export again what was not confirmed. */
    public void start() {
        exporting.start();
        exporter.accept(log.again(exporting));
        backups.restart();
    }

    /** Deletes their data, not what is in the object store. */
    public void loseData() {
        exporting.lose();
        log.lose();
        backups.latestId(0);
    }

    /**
     * Puts the state of a backup into brokers that are stopped and have no data, as Camunda's restore application does.
     *
     * @throws CamundaBackupException if there is no such backup, or it is not complete; nothing is changed then
     */
    public void restore(long id) {
        problem(id).ifPresent(why -> {
            throw new CamundaBackupException("Zeebe cannot be restored from backup " + id + ": " + why);
        });
        ZeebeBackup backup = backups.find(id).orElseThrow();
        loseData();
        for (Partition partition : backup.partitions()) {
            exporting.restore(partition.number(), partition.position());
            log.restore(partition.number(), partition.checkpoint().log());
        }
        backups.latestId(id);
    }

    /** Why a backup cannot be restored; empty if it can. */
    Optional<String> problem(long id) {
        if (!settings.hasBackupStore() || backups.store() != ObjectStoreState.UP) {
            return Optional.of("Zeebe's object store cannot be read.");
        }
        Optional<ZeebeBackup> backup = backups.find(id);
        if (backup.isEmpty()) {
            return Optional.of("it is not in Zeebe's object store, which holds "
                    + backups.all().stream().map(ZeebeBackup::id).toList() + ".");
        }
        long now = backups.clock().now();
        return backup.filter(found -> !found.state(now).equals("COMPLETED"))
                .map(found -> "it is " + found.state(now) + " in Zeebe's object store: "
                        + found.partitions().stream()
                                .map(partition -> "partition " + partition.number() + " is " + partition.state(now))
                                .collect(Collectors.joining(", "))
                        + ".");
    }
}
