package io.github.camundabackup.bucket;

import io.github.camundabackup.bucket.BucketContents.Leftover;
import io.github.camundabackup.bucket.BucketKey.Copy;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Goes through what is stored of one partition in the order of the keys, and reads each copy when its last file was
 * seen. Used once.
 */
final class PartitionScan {
    private final StoreCalls calls;
    private final Optional<String> manifestsPrefix;
    private final String contentsPrefix;
    private final Found found;
    /** Those that were listed apart from the files, until the files have been seen. */
    private final Map<Copy, StoredObject> manifests = new ConcurrentHashMap<>();

    private String last = "";
    private Optional<Group> open = Optional.empty();

    /**
     * @param manifestsPrefix where the manifests are; empty if they lie among the contents
     * @param contentsPrefix where everything else is
     */
    PartitionScan(StoreCalls calls, Optional<String> manifestsPrefix, String contentsPrefix, Found found) {
        this.calls = calls;
        this.manifestsPrefix = manifestsPrefix;
        this.contentsPrefix = contentsPrefix;
        this.found = found;
    }

    /** Hears of what is found, from several threads. */
    interface Found {
        void copy(Copy key, PartitionCopy copy);

        void leftover(Leftover leftover);
    }

    /** The files of one copy. */
    private static final class Group {
        private final Copy copy;
        private final String folder;
        private final Map<String, StoredObject> files = new HashMap<>();
        private Optional<StoredObject> manifest = Optional.empty();

        Group(Copy copy, String folder) {
            this.copy = copy;
            this.folder = folder;
        }
    }

    CompletableFuture<Void> run() {
        return manifestsPrefix
                .map(prefix -> listManifests(prefix, Optional.empty()))
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenCompose(listed -> contents(Optional.empty()))
                .thenCompose(listed -> Futures.all(manifests.entrySet().stream()
                        .map(alone -> read(alone.getKey(), alone.getValue(), Map.of(), folder(alone.getKey())))
                        .toList()))
                .thenApply(all -> null);
    }

    private String folder(Copy copy) {
        return BucketKey.CONTENTS + copy.partition() + "/" + copy.backupId() + "/" + copy.node() + "/";
    }

    private CompletableFuture<Void> listManifests(String prefix, Optional<String> page) {
        return calls.list(prefix, page).thenCompose(listed -> {
            listed.objects()
                    .forEach(object -> BucketKey.parse(object.key())
                            .filter(key -> key.file().isEmpty())
                            .ifPresent(key -> manifests.put(key.copy(), object)));
            return listed.next().isEmpty()
                    ? CompletableFuture.<Void>completedFuture(null)
                    : listManifests(prefix, listed.next());
        });
    }

    private CompletableFuture<Void> contents(Optional<String> page) {
        return calls.list(contentsPrefix, page).thenCompose(listed -> {
            List<Group> closed = new ArrayList<>();
            listed.objects().forEach(object -> {
                requireAscending(object.key());
                BucketKey.parse(object.key()).ifPresent(key -> add(key, object, closed));
            });
            if (listed.next().isEmpty()) {
                open.ifPresent(closed::add);
                open = Optional.empty();
            }
            CompletableFuture<?> judged =
                    Futures.all(closed.stream().map(this::judge).toList());
            return judged.thenCompose(all ->
                    listed.next().isEmpty() ? CompletableFuture.<Void>completedFuture(null) : contents(listed.next()));
        });
    }

    private void requireAscending(String key) {
        if (last.compareTo(key) >= 0
                && last.codePoints().allMatch(c -> c < 128)
                && key.codePoints().allMatch(c -> c < 128)) {
            throw new ObjectStoreException(
                    Reason.OTHER,
                    "The object store lists " + key + " after " + last
                            + ". Its listings must be in the order of the keys, as those of S3, Google and Azure are.",
                    null);
        }
        last = key;
    }

    private void add(BucketKey key, StoredObject object, List<Group> closed) {
        Group group = open.filter(current -> current.copy.equals(key.copy())).orElseGet(() -> {
            open.ifPresent(closed::add);
            int length = object.key().length() - key.file().map(String::length).orElse("manifest.json".length());
            Group begun = new Group(key.copy(), object.key().substring(0, length));
            open = Optional.of(begun);
            return begun;
        });
        key.file().ifPresentOrElse(file -> group.files.put(file, object), () -> group.manifest = Optional.of(object));
    }

    private CompletableFuture<Void> judge(Group group) {
        Optional<StoredObject> listedApart = Optional.ofNullable(manifests.remove(group.copy));
        return group.manifest
                .or(() -> listedApart)
                .map(manifest -> read(group.copy, manifest, group.files, group.folder))
                .orElseGet(() -> {
                    found.leftover(new Leftover(
                            group.folder,
                            group.files.size(),
                            group.files.values().stream()
                                    .mapToLong(StoredObject::size)
                                    .sum()));
                    return CompletableFuture.completedFuture(null);
                });
    }

    private CompletableFuture<Void> read(
            Copy copy, StoredObject manifest, Map<String, StoredObject> files, String folder) {
        return new CopyReader(calls, copy, manifest, files, folder)
                .read()
                .thenAccept(read -> read.ifPresent(there -> found.copy(copy, there)));
    }
}
