package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.component.SnapshotBackup;
import io.github.camundabackup.component.SnapshotBackupClient;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.ExporterPhase;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that is checked before a backup changes anything. All checks are made even if one fails, so that an operator gets the whole
 * list at once. Nothing here has an effect.
 */
public final class Preflight {
    private static final String PROCESSING = "PROCESSING";

    private final CamundaCluster cluster;
    private final SnapshotStore store;
    private final BackupSettings settings;
    private final BackupId backupId;
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final HighestId highest = new HighestId();

    Preflight(CamundaCluster cluster, SnapshotStore store, BackupSettings settings, BackupId backupId) {
        this.cluster = cluster;
        this.store = store;
        this.settings = settings;
        this.backupId = backupId;
    }

    public static BackupPlan plan(CamundaCluster cluster, BackupSettings settings) {
        Set<Component> components =
                cluster.webClients().stream().map(ComponentClient::component).collect(Collectors.toSet());
        return BackupPlan.of(cluster.protocol(), components, settings.recordsPattern());
    }

    /** Completes with warnings; fails with {@link PreflightFailedException}. */
    CompletableFuture<List<String>> check() {
        Stream<CompletableFuture<Void>> components =
                cluster.webClients().stream().map(this::webComponent);
        Stream<CompletableFuture<Void>> others =
                Stream.of(component(cluster.zeebe()).thenAccept(backups -> {}), repository(), exporting(), records());
        Stream<CompletableFuture<Void>> forgotten = applicationsByIndexPrefix().entrySet().stream()
                .map(application -> forgotten(application.getKey(), application.getValue()));
        return Futures.all(Stream.of(components, others, forgotten)
                        .flatMap(checks -> checks)
                        .toList())
                .thenApply(done -> {
                    highest.problem(backupId).ifPresent(problems::add);
                    if (!problems.isEmpty()) {
                        throw new PreflightFailedException(List.copyOf(problems));
                    }
                    return List.copyOf(warnings);
                });
    }

    private CompletableFuture<Void> webComponent(SnapshotBackupClient client) {
        return component(client).thenCompose(backups -> {
            Optional<SnapshotBackup> newest = backups.stream()
                    .filter(backup -> backup.state() == BackupState.COMPLETED
                            && !backup.parts().isEmpty())
                    .max(Comparator.comparing(SnapshotBackup::backupId));
            return newest.map(backup -> sameRepository(client, backup))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        });
    }

    /** A component that writes into another repository than the one that is checked would make half a backup. */
    private CompletableFuture<Void> sameRepository(SnapshotBackupClient client, SnapshotBackup backup) {
        String snapshot = backup.parts().get(0).snapshotName();
        return store.get(snapshot)
                .thenAccept(found -> {
                    if (found.isEmpty()) {
                        problems.add(
                                client + " has a backup " + backup.backupId() + ", but its snapshot " + snapshot
                                        + " is not in " + store.description()
                                        + ". The component writes to another repository or engine: configure the same for both.");
                    }
                })
                // That the repository cannot be read is a problem which another check finds and describes.
                .exceptionally(error -> null);
    }

    private <B extends ComponentBackup> CompletableFuture<List<B>> component(ComponentClient<B> client) {
        return client.list().handle((backups, error) -> {
            if (error != null) {
                problem(error);
                return List.<B>of();
            }
            for (B backup : backups) {
                highest.offer(backup.backupId(), client.component().displayName());
                if (backup.state() == BackupState.IN_PROGRESS) {
                    problems.add(client.component().displayName() + " is taking backup " + backup.backupId()
                            + " at the moment. Wait until it is complete, or delete it if it is stuck.");
                }
            }
            return backups;
        });
    }

    private CompletableFuture<Void> repository() {
        List<String> unreadable = Collections.synchronizedList(new ArrayList<>());
        return store.verifyRepository()
                .thenCompose(verified -> store.list(
                        "camunda_",
                        snapshot -> SnapshotName.parse(snapshot.name()).ifPresent(name -> {
                            highest.offer(name.backupId(), "the repository " + store.repository());
                            if (snapshot.state() == SnapshotState.IN_PROGRESS) {
                                problems.add("The snapshot " + snapshot.name() + " is being made in the repository "
                                        + store.repository() + " at the moment. Wait until it is complete.");
                            }
                            if (snapshot.state() == SnapshotState.UNREADABLE) {
                                unreadable.add(snapshot.name());
                            }
                        })))
                .thenRun(() -> unreadable.stream()
                        .min(String::compareTo)
                        .ifPresent(first -> problems.add("The repository " + store.repository() + " names "
                                + unreadable.size() + " snapshots whose files cannot be read, the first of them "
                                + first
                                + ". New snapshots build upon files of older ones. Bring its storage in order, or delete these"
                                + " snapshots with the engine if they are lost.")))
                .exceptionally(error -> {
                    problem(error);
                    return null;
                });
    }

    private CompletableFuture<Void> exporting() {
        return cluster.exporting().status().handle((status, error) -> {
            if (error != null) {
                problem(error);
                return null;
            }
            if (status.hasLeaderIn(ExporterPhase.SOFT_PAUSED, ExporterPhase.PAUSED)) {
                problems.add("Exporting is paused already (" + phases(status)
                        + "): another backup is going on, or one was interrupted. If none is going on, resume it with POST "
                        + cluster.exporting().uri() + "/actuator/exporting/resume and start again.");
            } else if (status.summary() != ExportingStatus.Summary.EXPORTING) {
                warnings.add(
                        "The exporters' phases cannot be read from the leaders of all partitions, so the pause can only be confirmed"
                                + " by the gateway. Configure the management ports of all brokers to have it confirmed by the"
                                + " partitions themselves.");
            }
            status.leaders().stream()
                    .filter(leader ->
                            !leader.processorPhase().orElse(PROCESSING).equals(PROCESSING))
                    .forEach(leader -> problems.add("Partition " + leader.partitionId() + " on " + leader.broker()
                            + " is not healthy: its stream processor is in the phase "
                            + leader.processorPhase().orElse("")
                            + ". Wait until it is processing again."));
            return null;
        });
    }

    private static String phases(ExportingStatus status) {
        return status.leaders().stream()
                .map(partition -> "partition " + partition.partitionId() + ": " + partition.phase())
                .collect(Collectors.joining(", "));
    }

    private CompletableFuture<Void> records() {
        if (settings.recordsPattern().isEmpty()) {
            if (needsRecords()) {
                warnings.add(
                        "The exported records are left out, although components are backed up that read them. After a restore,"
                                + " these may lack data.");
            }
            return CompletableFuture.completedFuture(null);
        }
        String pattern = settings.recordsPattern().get();
        return store.listIndices(List.of(pattern)).handle((indices, error) -> {
            if (error != null) {
                problem(error);
            } else if (indices.isEmpty() && needsRecords()) {
                problems.add("No index matches " + pattern + " on " + store.description()
                        + ", although components are backed up that read the exported records. Configure the exporter's"
                        + " index.prefix as the record index prefix, and the search engine that it writes to.");
            }
            return null;
        });
    }

    /** Applications of this protocol, and what their indices begin with unless configured otherwise. */
    private Map<Component, String> applicationsByIndexPrefix() {
        return switch (cluster.protocol()) {
            case UP_TO_8_7 ->
                Map.of(
                        Component.OPTIMIZE, "optimize-",
                        Component.OPERATE, "operate-",
                        Component.TASKLIST, "tasklist-");
            case FROM_8_8 -> Map.of(Component.OPTIMIZE, "optimize-", Component.WEB_APPLICATIONS, "operate-");
        };
    }

    /** An application that has data, and that nobody configured, would be missed only when it is restored. */
    private CompletableFuture<Void> forgotten(Component application, String indexPrefix) {
        if (cluster.webClients().stream().anyMatch(client -> client.component() == application)) {
            return CompletableFuture.completedFuture(null);
        }
        return store.listIndices(List.of(indexPrefix + "*")).handle((indices, error) -> {
            if (error == null && !indices.isEmpty()) {
                warnings.add("There are indices like " + indices.get(0).name() + ", but no endpoint of "
                        + application.displayName() + " is configured: its data is not part of this backup.");
            }
            return null;
        });
    }

    private boolean needsRecords() {
        return cluster.webClients().stream()
                .anyMatch(client -> cluster.protocol().isImporter(client.component()));
    }

    private void problem(Throwable error) {
        Throwable cause = Futures.unwrap(error);
        problems.add(cause instanceof CamundaBackupException ? String.valueOf(cause.getMessage()) : cause.toString());
    }

    /** The highest id that anybody knows. */
    private static final class HighestId {
        private Optional<BackupId> id = Optional.empty();
        private String knownTo = "";

        synchronized void offer(BackupId other, String who) {
            if (id.isEmpty() || other.compareTo(id.get()) > 0) {
                id = Optional.of(other);
                knownTo = who;
            }
        }

        synchronized Optional<String> problem(BackupId wanted) {
            return id.filter(known -> known.compareTo(wanted) >= 0)
                    .map(known -> "The id " + wanted + " is not higher than " + known + ", which " + knownTo
                            + " has already. Ids must grow: Zeebe refuses lower ones, and restoring the latest backup relies on it. "
                            + (known.looksLikeMilliseconds() && !wanted.looksLikeMilliseconds()
                                    ? "The known id is a Unix time in milliseconds, as Camunda 8.9 and later generates them; one in"
                                            + " seconds is always lower. Pass the time in milliseconds as the id:"
                                            + " BackupId.of(System.currentTimeMillis())."
                                    : "Pass a higher one."));
        }
    }
}
