package io.github.camundabackup.bucket;

import io.github.camundabackup.bucket.BucketKey.Copy;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.model.BackupState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Reads the manifest of one copy, and compares it with the files that are there. Used once. */
final class CopyReader {
    /** The log that RocksDB writes ahead is empty after a flush. */
    private static final Pattern MAY_BE_EMPTY = Pattern.compile("snapshot/\\d+\\.log");

    private final StoreCalls calls;
    private final Copy copy;
    private final StoredObject object;
    private final Map<String, StoredObject> files;
    private final String folder;

    CopyReader(StoreCalls calls, Copy copy, StoredObject object, Map<String, StoredObject> files, String folder) {
        this.calls = calls;
        this.copy = copy;
        this.object = object;
        this.files = files;
        this.folder = folder;
    }

    /**
     * @return empty if the copy was deleted meanwhile
     */
    CompletableFuture<Optional<PartitionCopy>> read() {
        Optional<BackupState> attached = Optional.ofNullable(object.metadata().get("status-code"))
                .map(BackupState::parse)
                // A completed one is compared with the files that it names.
                .filter(state -> state == BackupState.IN_PROGRESS
                        || state == BackupState.FAILED
                        || state == BackupState.DELETED);
        if (attached.isPresent()) {
            return CompletableFuture.completedFuture(Optional.of(bare(
                    attached.get(), Optional.ofNullable(object.metadata().get("failure-reason")), Optional.empty())));
        }
        CompletableFuture<Optional<PartitionCopy>> read = calls.get(object.key(), Manifest.LARGEST)
                .thenCompose(document -> {
                    Manifest manifest;
                    try {
                        manifest = Manifest.read(document);
                    } catch (JsonFormatException e) {
                        return CompletableFuture.completedFuture(Optional.of(unreadable(
                                "The manifest " + object.key() + " cannot be read: " + e.getMessage() + ".")));
                    }
                    return judge(manifest).thenApply(Optional::of);
                });
        return Futures.recover(read, failure -> {
            if (failure instanceof ObjectStoreException refused) {
                return CompletableFuture.completedFuture(
                        refused.reason() == Reason.OBJECT_MISSING
                                ? Optional.empty()
                                : Optional.of(unreadable(String.valueOf(refused.getMessage()))));
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    private CompletableFuture<PartitionCopy> judge(Manifest manifest) {
        Map<String, Long> sizes = new HashMap<>();
        List<String> unlisted = new ArrayList<>();
        for (String file : new HashSet<>(manifest.files())) {
            StoredObject there = files.get(file);
            if (there == null) {
                unlisted.add(file);
            } else {
                sizes.put(file, there.size());
            }
        }
        // It may have been completed after the files were listed.
        boolean askAgain = manifest.state() == BackupState.COMPLETED && !unlisted.isEmpty();
        CompletableFuture<List<Optional<StoredObject>>> again = askAgain
                ? Futures.all(
                        unlisted.stream().map(file -> calls.head(folder + file)).toList())
                : CompletableFuture.completedFuture(List.of());
        return again.thenApply(heads -> {
            heads.forEach(head -> head.ifPresent(there -> {
                String file = there.key().substring(folder.length());
                sizes.put(file, there.size());
                unlisted.remove(file);
            }));
            return described(manifest, sizes, unlisted);
        });
    }

    private PartitionCopy described(Manifest manifest, Map<String, Long> sizes, List<String> missing) {
        List<String> empty = sizes.keySet().stream()
                .filter(file -> sizes.getOrDefault(file, 0L) == 0)
                .filter(file -> !MAY_BE_EMPTY.matcher(file).matches())
                .sorted()
                .toList();
        return new PartitionCopy(
                copy.node(),
                object.key(),
                manifest.state(),
                manifest.checkpoint(),
                manifest.failure(),
                manifest.createdAt(),
                manifest.modifiedAt(),
                manifest.files().size(),
                sizes.values().stream().mapToLong(size -> size).sum(),
                missing.stream().sorted().limit(PartitionCopy.NAMED).toList(),
                missing.size(),
                empty.stream().limit(PartitionCopy.NAMED).toList(),
                contradiction(manifest));
    }

    /** A manifest that was copied from elsewhere is not believed. */
    private Optional<String> contradiction(Manifest manifest) {
        boolean own = manifest.partition().equals(OptionalLong.of(copy.partition()))
                && manifest.checkpointId()
                        .equals(OptionalLong.of(copy.backupId().value()))
                && manifest.node().equals(copy.node());
        if (own) {
            return manifest.state() == BackupState.COMPLETED
                            && manifest.checkpoint().isEmpty()
                    ? Optional.of("The manifest " + object.key() + " says COMPLETED, and describes no checkpoint.")
                    : Optional.empty();
        }
        return Optional.of("The manifest " + object.key() + " is that of "
                + (manifest.checkpointId().isPresent()
                        ? "backup " + manifest.checkpointId().getAsLong()
                        : "no backup")
                + ", partition "
                + (manifest.partition().isPresent()
                        ? Long.toString(manifest.partition().getAsLong())
                        : "unknown")
                + ", node " + manifest.node() + ": it was copied or renamed.");
    }

    private PartitionCopy unreadable(String problem) {
        return bare(BackupState.UNKNOWN, Optional.empty(), Optional.of(problem));
    }

    private PartitionCopy bare(BackupState state, Optional<String> failure, Optional<String> problem) {
        return new PartitionCopy(
                copy.node(),
                object.key(),
                state,
                Optional.empty(),
                failure,
                Optional.empty(),
                object.modifiedAt(),
                0,
                files.values().stream().mapToLong(StoredObject::size).sum(),
                List.of(),
                0,
                List.of(),
                problem);
    }
}
