package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.SnapshotBackup;
import io.github.camundabackup.component.SnapshotBackupClient;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.concurrent.CompletableFuture;

/** A component whose backups are snapshots that it makes itself. */
final class SnapshotParticipant extends ClientParticipant<SnapshotBackup> {
    private final SnapshotBackupClient alone;
    private final SnapshotStore store;

    SnapshotParticipant(SnapshotBackupClient client, SnapshotStore store) {
        super(client.withRepository(store), client.component().displayName());
        alone = client;
        this.store = store;
    }

    /** The component's own answer: it is compared with the repository, so it must not come from there. */
    @Override
    public CompletableFuture<BackupLookup<ComponentBackup>> get(BackupId backupId) {
        return get(alone, backupId);
    }

    @Override
    public CompletableFuture<Void> examine(Examination examination) {
        return examined(examination)
                .thenCompose(complete -> complete.map(newest -> requireSameRepository(newest, examination))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    /** A component that writes into another repository than the one that is checked would make half a backup. */
    private CompletableFuture<Void> requireSameRepository(SnapshotBackup newest, Examination examination) {
        String snapshot = newest.parts().get(0).snapshotName();
        return store.get(snapshot)
                .thenAccept(found -> {
                    if (found.isEmpty()) {
                        examination.problem(
                                this + " has a backup " + newest.backupId() + ", but its snapshot " + snapshot
                                        + " is not in " + store.description()
                                        + ". The component writes to another repository or engine: configure the same for both.");
                    }
                })
                // That the repository cannot be read is a problem which another check finds and describes.
                .exceptionally(error -> null);
    }
}
