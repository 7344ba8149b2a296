package io.github.camundabackup.component;

import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The backups of a component that does not know them itself, as their snapshots in the repository show them. */
final class RepositoryBackupApi implements BackupApi<SnapshotBackup> {
    private final Component component;
    private final SnapshotStore store;
    private final URI uri;

    RepositoryBackupApi(Component component, SnapshotStore store, URI uri) {
        this.component = component;
        this.store = store;
        this.uri = uri;
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public CompletableFuture<TakeReply> take(BackupId backupId) {
        return impossible();
    }

    @Override
    public CompletableFuture<AcceptedBackup> takeWithGeneratedId() {
        return impossible();
    }

    @Override
    public CompletableFuture<BackupLookup<SnapshotBackup>> get(BackupId backupId) {
        return new SnapshotBackupReader(component, store)
                .read(backupId)
                .thenApply(found -> found.<BackupLookup<SnapshotBackup>>map(BackupLookup.Found::new)
                        .orElseGet(BackupLookup.Absent::new));
    }

    @Override
    public CompletableFuture<Void> list(Consumer<? super SnapshotBackup> consumer) {
        Map<BackupId, List<SnapshotInfo>> backups = new ConcurrentHashMap<>();
        return store.list(
                        List.of("camunda_*"),
                        snapshot -> SnapshotName.parse(snapshot.name())
                                .filter(name -> name.component().equals(component))
                                .ifPresent(name -> backups.computeIfAbsent(name.backupId(), first -> new ArrayList<>())
                                        .add(snapshot)))
                .thenRun(() -> new TreeMap<>(backups)
                        .descendingMap()
                        .forEach((backupId, snapshots) -> SnapshotBackupReader.describe(component, backupId, snapshots)
                                .ifPresent(consumer)));
    }

    @Override
    public CompletableFuture<Void> delete(BackupId backupId) {
        return get(backupId).thenCompose(lookup -> {
            CompletableFuture<Void> deleted = CompletableFuture.completedFuture(null);
            for (String snapshot : lookup.found().map(SnapshotBackup::snapshots).orElse(List.of())) {
                deleted = deleted.thenCompose(before -> store.deleteSnapshot(snapshot));
            }
            return deleted;
        });
    }

    @Override
    public CompletableFuture<CheckpointState> checkpoints() {
        return impossible();
    }

    @Override
    public CompletableFuture<CheckpointState> writeCheckpoints() {
        return impossible();
    }

    private <T> CompletableFuture<T> impossible() {
        return CompletableFuture.failedFuture(new CamundaBackupException("Backups of the " + component.displayName()
                + " are only read from the repository here. They are taken by what is configured for that."));
    }
}
