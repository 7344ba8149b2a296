package io.github.camundabackup.restore;

import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A snapshot of a backup that is to be restored.
 *
 * @param name its name, taken apart
 * @param info what the engine says of it, with its indices
 */
record BackupSnapshot(SnapshotName name, SnapshotInfo info) {
    /** The order in which snapshots are restored: part by part, as Camunda's own notes demand; the records last, as they are the newest. */
    private static final Comparator<BackupSnapshot> ORDER = Comparator.comparing(
                    (BackupSnapshot snapshot) -> snapshot.name().component())
            .thenComparing(snapshot -> snapshot.name().part());

    private static final List<Component> COMPONENTS = List.of(
            Component.OPTIMIZE,
            Component.OPERATE,
            Component.TASKLIST,
            Component.WEB_APPLICATIONS,
            Component.ZEEBE_RECORDS);

    /** All of a backup, in the order in which they are restored. */
    static CompletableFuture<List<BackupSnapshot>> of(BackupId backupId, SnapshotStore store) {
        List<SnapshotName> names = Collections.synchronizedList(new ArrayList<>());
        return Futures.all(COMPONENTS.stream()
                        .map(component -> store.list(
                                SnapshotName.prefix(component, backupId),
                                snapshot -> SnapshotName.parse(snapshot.name())
                                        .filter(name ->
                                                name.backupId().equals(backupId) && name.component() == component)
                                        .ifPresent(names::add)))
                        .toList())
                .thenCompose(listed ->
                        Futures.all(names.stream().map(name -> get(name, store)).toList()))
                .thenApply(found ->
                        found.stream().flatMap(Optional::stream).sorted(ORDER).toList());
    }

    private static CompletableFuture<Optional<BackupSnapshot>> get(SnapshotName name, SnapshotStore store) {
        return store.get(name.toString()).thenApply(found -> found.map(info -> new BackupSnapshot(name, info)));
    }

    boolean isUsable() {
        return info.state() == SnapshotState.SUCCESS && info.shardsFailed() == 0;
    }

    SnapshotRestore restore() {
        return new SnapshotRestore(name, info.uuid(), info.indices());
    }
}
