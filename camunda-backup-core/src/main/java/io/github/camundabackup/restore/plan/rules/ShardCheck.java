package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Checks that snapshots that look like a success can be restored. A listing does not show missing files of shards, and
 * a restore would find out when the indices are deleted.
 *
 * @param damaged snapshots with shards that cannot be read, and why
 * @param refused snapshots that the account may not look into, and why
 * @param bytes how many bytes a snapshot holds, where that is known
 */
record ShardCheck(Map<String, String> damaged, Map<String, String> refused, Map<String, Long> bytes) {

    static CompletableFuture<ShardCheck> of(List<BackupSnapshot> snapshots, SnapshotStore store) {
        ShardCheck check = new ShardCheck(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        CompletableFuture<Void> checked = CompletableFuture.completedFuture(null);
        for (BackupSnapshot snapshot : snapshots) {
            if (snapshot.isUsable()) {
                // One after the other: each may read a thousand files.
                checked =
                        checked.thenCompose(before -> check.look(snapshot.name().toString(), store));
            }
        }
        return checked.thenApply(done -> check);
    }

    private CompletableFuture<Void> look(String snapshot, SnapshotStore store) {
        CompletableFuture<Void> looked =
                store.verifySnapshot(snapshot).thenAccept(found -> found.ifPresent(size -> bytes.put(snapshot, size)));
        return Futures.recover(looked, error -> {
            if (error instanceof SnapshotStoreException found
                    && (found.reason() == Reason.REPOSITORY_UNUSABLE || found.reason() == Reason.FORBIDDEN)) {
                (found.reason() == Reason.FORBIDDEN ? refused : damaged)
                        .put(snapshot, String.valueOf(found.getMessage()));
                return CompletableFuture.completedFuture(null);
            }
            return CompletableFuture.failedFuture(error);
        });
    }
}
