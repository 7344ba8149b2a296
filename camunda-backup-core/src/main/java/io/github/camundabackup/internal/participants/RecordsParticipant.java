package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.BackupContext;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.ExportedRecordsFound;
import io.github.camundabackup.component.RecordsBackup;
import io.github.camundabackup.component.RecordsClient;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The exported records: the part that this library makes itself. */
final class RecordsParticipant extends ClientParticipant<RecordsBackup> implements Repeatable {
    private final RecordsClient records;
    private final SnapshotStore store;

    RecordsParticipant(RecordsClient records, SnapshotStore store) {
        super(records, "snapshot of the exported records (" + records.indexPattern() + ")");
        this.records = records;
        this.store = store;
    }

    /** Existing snapshots are examined with the whole repository, not here. */
    @Override
    public CompletableFuture<Void> examine(Examination examination) {
        boolean needed = examination.components().stream().anyMatch(examination.line()::isImporter);
        return records.indices().thenAccept(indices -> {
            if (indices.isEmpty() && needed) {
                examination.problem("No index matches " + records.indexPattern() + " on " + store.description()
                        + ", although components are backed up that read the exported records. Configure the exporter's"
                        + " index.prefix as the record index prefix, and the search engine that it writes to.");
            }
        });
    }

    @Override
    public CompletableFuture<AcceptedBackup> start(BackupContext context) {
        CompletableFuture<AcceptedBackup> taken = records.take(context.backupId(), context::manifest);
        return Futures.recover(
                taken,
                error -> FailureKind.of(error) == FailureKind.CONFLICT
                        ? adopt(context, error)
                        : CompletableFuture.failedFuture(error));
    }

    /** This run's earlier request was not answered, or the snapshot is not this run's. */
    private CompletableFuture<AcceptedBackup> adopt(BackupContext context, Throwable conflict) {
        String name = SnapshotName.records(context.backupId()).toString();
        return store.get(name)
                .thenCompose(there ->
                        there.filter(snapshot -> isOurs(context, snapshot)).isPresent()
                                ? CompletableFuture.completedFuture(
                                        new AcceptedBackup(component(), context.backupId(), List.of(name), true))
                                : CompletableFuture.failedFuture(conflict));
    }

    @Override
    public CompletableFuture<Void> discardFailed(BackupContext context) {
        String name = SnapshotName.records(context.backupId()).toString();
        return store.get(name).thenCompose(there -> {
            if (there.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            if (there.get().state() != SnapshotState.PARTIAL || !isOurs(context, there.get())) {
                return CompletableFuture.failedFuture(new CamundaBackupException("Did not delete the snapshot "
                        + there.get() + ", as it is not the one that this run has made and that is incomplete."));
            }
            return store.deleteSnapshot(name);
        });
    }

    /** What was begun in this run's pause was begun by this run. */
    private static boolean isOurs(BackupContext context, SnapshotInfo snapshot) {
        Optional<Instant> ours = pausedAt(context.manifest(ExportedRecordsFound.UNKNOWN));
        return ours.isPresent() && ours.equals(pausedAt(snapshot.metadata()));
    }

    private static Optional<Instant> pausedAt(Map<String, String> metadata) {
        try {
            return BackupManifest.fromMetadata(metadata).flatMap(BackupManifest::pausedAt);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress) {
        return records.awaitCompletion(
                        context.backupId(),
                        timeout,
                        backup -> onProgress.accept(progress(backup)),
                        context::outage,
                        context.pace())
                .thenApply(backup -> {
                    if (backup.indices().isEmpty()) {
                        context.warn("The snapshot of the exported records is empty: no index matched "
                                + records.indexPattern() + ".");
                    }
                    return backup;
                });
    }

    @Override
    StepProgress progress(RecordsBackup backup) {
        return new StepProgress(
                backup.partsDone(),
                1,
                backup.shardsDone(),
                backup.shardsTotal(),
                backup.bytesDone(),
                backup.bytesTotal());
    }
}
