package io.github.camundabackup.internal.contents;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Checks that snapshots that look like a success can be restored. A listing does not show missing files of shards, and
 * a restore would find out when the indices are deleted. The plan of a restore and a deep check judge with it.
 *
 * @param damaged snapshots with shards that cannot be read, and why
 * @param refused snapshots that could not be looked into, as the account may not, and why
 * @param bytes how many bytes a snapshot holds, where that is known
 */
public record ShardCheck(Map<String, String> damaged, Map<String, String> refused, Map<String, Long> bytes) {

    /**
     * @param snapshots those that are a success
     * @return fails if one could not be asked about, for another reason than that the account may not
     */
    public static CompletableFuture<ShardCheck> of(Collection<String> snapshots, SnapshotStore store) {
        ShardCheck check = new ShardCheck(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        CompletableFuture<Void> checked = CompletableFuture.completedFuture(null);
        for (String snapshot : snapshots) {
            // One after the other: each may read a thousand files.
            checked = checked.thenCompose(before -> check.look(snapshot, store));
        }
        return checked.thenApply(done -> check);
    }

    /**
     * What is known if a snapshot could not be asked about.
     *
     * @param why a sentence
     */
    public static ShardCheck notMade(String why) {
        return new ShardCheck(Map.of(), Map.of("", why), Map.of());
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
