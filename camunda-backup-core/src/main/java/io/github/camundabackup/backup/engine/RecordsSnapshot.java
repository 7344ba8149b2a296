package io.github.camundabackup.backup.engine;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The snapshot of the exported records, which this library makes itself. */
final class RecordsSnapshot {
    private final SnapshotStore store;
    private final String indexPattern;
    private final TimeSource time;
    private final String name;

    RecordsSnapshot(SnapshotStore store, BackupId backupId, String indexPattern, TimeSource time) {
        this.store = store;
        this.indexPattern = indexPattern;
        this.time = time;
        name = SnapshotName.records(backupId).toString();
    }

    String name() {
        return name;
    }

    /**
     * Completes when the engine has accepted it. The manifest gets how many indices there are and how far the records in them go, if that
     * can be told: read before the snapshot begins, so that all of it is in the snapshot.
     *
     * @return the manifest that is in the snapshot
     */
    CompletableFuture<BackupManifest> create(BackupManifest.Builder manifest) {
        return describe(manifest).exceptionally(unknown -> manifest).thenCompose(known -> {
            BackupManifest complete = known.build();
            SnapshotRequest.Builder request =
                    SnapshotRequest.builder(name).index(indexPattern).allowEmpty();
            complete.toMetadata().forEach(request::metadata);
            return store.createSnapshot(request.build()).thenApply(accepted -> complete);
        });
    }

    private CompletableFuture<BackupManifest.Builder> describe(BackupManifest.Builder manifest) {
        return store.listIndices(List.of(indexPattern)).thenCompose(indices -> {
            manifest.recordIndices(indices.size());
            // A closed index is in the snapshot, but its records cannot be seen.
            boolean readable = !indices.isEmpty() && indices.stream().allMatch(IndexInfo::open);
            return store.exportedRecords()
                    .filter(records -> readable)
                    .map(records -> records.highestPositions(indexPattern).thenApply(positions -> {
                        positions.forEach(manifest::recordPosition);
                        return manifest;
                    }))
                    .orElseGet(() -> CompletableFuture.completedFuture(manifest));
        });
    }

    /** Completes when it is a success; fails if it ended otherwise. */
    CompletableFuture<SnapshotInfo> await(Duration timeout, Consumer<StepProgress> onProgress) {
        return Polling.until(
                time,
                timeout,
                () -> Futures.recover(ask(onProgress), RecordsSnapshot::bear),
                waited -> new WaitTimedOutException("The snapshot " + name, waited, "It is still being made."));
    }

    private CompletableFuture<Optional<SnapshotInfo>> ask(Consumer<StepProgress> onProgress) {
        return store.progress(name).thenCompose(progress -> {
            progress.map(RecordsSnapshot::describe).ifPresent(onProgress);
            boolean ended = progress.map(now -> now.state().isTerminal()).orElse(true);
            return ended
                    ? store.get(name).thenApply(info -> Optional.of(complete(info)))
                    : CompletableFuture.completedFuture(Optional.empty());
        });
    }

    /** An engine that cannot be asked for a moment does not end the wait; the deadline does. */
    private static CompletableFuture<Optional<SnapshotInfo>> bear(Throwable error) {
        boolean passing = (error instanceof RemoteCallException && !(error instanceof AccessDeniedException))
                || (error instanceof SnapshotStoreException refused
                        && refused.reason() == SnapshotStoreException.Reason.REPOSITORY_BUSY);
        return passing ? CompletableFuture.completedFuture(Optional.empty()) : CompletableFuture.failedFuture(error);
    }

    private SnapshotInfo complete(Optional<SnapshotInfo> info) {
        SnapshotInfo snapshot = info.orElseThrow(() -> new CamundaBackupException("The snapshot " + name
                + " was accepted, and is gone. Somebody deleted it, or the engine lost it in a restart."));
        if (snapshot.state() != SnapshotState.SUCCESS) {
            throw new CamundaBackupException("The snapshot " + name + " ended as " + snapshot.state() + ", with "
                    + snapshot.shardsFailed() + " of " + snapshot.shardsTotal() + " shards failed"
                    + (snapshot.failures().isEmpty()
                            ? "."
                            : ": " + snapshot.failures().get(0)));
        }
        return snapshot;
    }

    private static StepProgress describe(SnapshotProgress progress) {
        return new StepProgress(
                progress.state() == SnapshotState.SUCCESS ? 1 : 0,
                1,
                progress.shardsDone(),
                progress.shardsTotal(),
                progress.bytesDone(),
                progress.bytesTotal());
    }
}
