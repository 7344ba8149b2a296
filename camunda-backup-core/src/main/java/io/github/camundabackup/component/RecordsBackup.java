package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The snapshot of the exported records in one backup. Immutable. */
public final class RecordsBackup implements ComponentBackup {
    private final BackupId backupId;
    private final SnapshotState snapshotState;
    private final int shardsDone;
    private final int shardsTotal;
    private final long bytesDone;
    private final long bytesTotal;
    private final List<String> indices;
    private final List<String> failures;

    private RecordsBackup(
            BackupId backupId,
            SnapshotState snapshotState,
            int shardsDone,
            int shardsTotal,
            long bytesDone,
            long bytesTotal,
            List<String> indices,
            List<String> failures) {
        this.backupId = backupId;
        this.snapshotState = snapshotState;
        this.shardsDone = shardsDone;
        this.shardsTotal = shardsTotal;
        this.bytesDone = bytesDone;
        this.bytesTotal = bytesTotal;
        this.indices = List.copyOf(indices);
        this.failures = List.copyOf(failures);
    }

    static RecordsBackup of(BackupId backupId, SnapshotInfo info) {
        return new RecordsBackup(
                backupId,
                info.state(),
                info.shardsTotal() - info.shardsFailed(),
                info.shardsTotal(),
                0,
                0,
                info.indices(),
                info.failures());
    }

    static RecordsBackup of(BackupId backupId, SnapshotProgress progress) {
        return new RecordsBackup(
                backupId,
                progress.state(),
                progress.shardsDone(),
                progress.shardsTotal(),
                progress.bytesDone(),
                progress.bytesTotal(),
                List.of(),
                List.of());
    }

    @Override
    public Component component() {
        return Component.ZEEBE_RECORDS;
    }

    @Override
    public BackupId backupId() {
        return backupId;
    }

    @Override
    public BackupState state() {
        return switch (snapshotState) {
            case SUCCESS -> BackupState.COMPLETED;
            case IN_PROGRESS -> BackupState.IN_PROGRESS;
            case PARTIAL, FAILED -> BackupState.FAILED;
            case INCOMPATIBLE -> BackupState.INCOMPATIBLE;
            case UNREADABLE, UNKNOWN -> BackupState.UNKNOWN;
        };
    }

    /** The state in the engine's words. */
    public SnapshotState snapshotState() {
        return snapshotState;
    }

    @Override
    public Optional<String> failureReason() {
        return failures.stream().findFirst();
    }

    @Override
    public int partsDone() {
        return snapshotState == SnapshotState.SUCCESS ? 1 : 0;
    }

    @Override
    public int partsShown() {
        return 1;
    }

    @Override
    public OptionalInt partsExpected() {
        return OptionalInt.of(1);
    }

    @Override
    public List<String> snapshots() {
        return List.of(SnapshotName.records(backupId).toString());
    }

    /** Shards that are in the snapshot. */
    public int shardsDone() {
        return shardsDone;
    }

    /** All shards; 0 at the very beginning and for an empty snapshot. */
    public int shardsTotal() {
        return shardsTotal;
    }

    /** Bytes that were written for it; 0 once it has ended. */
    public long bytesDone() {
        return bytesDone;
    }

    /** All bytes to be written; 0 once it has ended. */
    public long bytesTotal() {
        return bytesTotal;
    }

    /** The indices in it; none while it runs, and none in a list. */
    public List<String> indices() {
        return indices;
    }

    @Override
    public String toString() {
        return "snapshot " + SnapshotName.records(backupId) + ": " + snapshotState + ", " + shardsDone + " of "
                + shardsTotal + " shards done";
    }
}
