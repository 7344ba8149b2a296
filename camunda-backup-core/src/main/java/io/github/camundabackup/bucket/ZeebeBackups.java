package io.github.camundabackup.bucket;

import io.github.camundabackup.bucket.BucketContents.Leftover;
import io.github.camundabackup.bucket.BucketKey.Copy;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Zeebe's backups in an object store, whatever version and store wrote them: the trees of S3 up to 8.8 and from 8.9
 * side by side, Google, Azure and directories. Needs no running Zeebe. Only reads. Thread-safe.
 */
public final class ZeebeBackups {
    /** As many partitions are gone through at the same time. */
    private static final int LANES = 4;
    /** As many folders are looked into for backups that are not where they should be. */
    private static final int FOLDERS = 50;

    private final ObjectStore store;
    private final StoreCalls calls;
    private final TimeSource time;

    private ZeebeBackups(ObjectStore store, ClientResources resources) {
        this.store = store;
        calls = new StoreCalls(store, resources);
        time = resources.time();
    }

    /**
     * The backups in a store.
     *
     * @param store what Zeebe writes to; stays the caller's
     * @param resources must stay open as long as this is used
     */
    public static ZeebeBackups of(ObjectStore store, ClientResources resources) {
        return new ZeebeBackups(store, resources);
    }

    /** Where they are, for people. */
    public String description() {
        return store.description();
    }

    /**
     * Reads one backup: lists only what belongs to its id.
     *
     * @return empty if there is nothing under that id; fails with a {@link CamundaBackupException} if the store does
     *     not say
     */
    public CompletableFuture<Optional<BucketBackup>> find(BackupId backupId) {
        Gathered gathered = new Gathered();
        String id = backupId + "/";
        return trees().thenCompose(trees -> Futures.all(trees.stream()
                        .map(tree -> tree.scan(calls, id, gathered).run())
                        .toList()))
                .thenApply(all -> gathered.backups().stream().findFirst());
    }

    /**
     * Reads all backups: lists every object once, and reads every manifest. Holds a summary of each backup in memory,
     * and no more.
     *
     * @return fails with a {@link CamundaBackupException} if the store does not say
     */
    public CompletableFuture<BucketContents> all() {
        Gathered gathered = new Gathered();
        return trees().thenCompose(trees -> {
                    List<CompletableFuture<Void>> lanes = new ArrayList<>();
                    Queue<Tree> waiting = new ConcurrentLinkedQueue<>(trees);
                    for (int i = 0; i < LANES; i++) {
                        lanes.add(lane(waiting, gathered));
                    }
                    return Futures.all(lanes);
                })
                .thenApply(all -> new BucketContents(gathered.backups(), List.copyOf(gathered.leftovers)));
    }

    /**
     * Reads what Zeebe 8.9 and later keeps of each partition in {@code metadata/}.
     *
     * @return empty before 8.9; one that cannot be read says so. Fails with a {@link CamundaBackupException} if the
     *     store does not list them
     */
    public CompletableFuture<List<PartitionMetadata>> metadata() {
        return partitions(PartitionMetadata.FOLDER)
                .thenCompose(partitions ->
                        Futures.all(partitions.stream().map(this::metadata).toList()))
                .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
    }

    private CompletableFuture<Optional<PartitionMetadata>> metadata(int partition) {
        return Futures.recover(
                calls.get(PartitionMetadata.key(partition), PartitionMetadata.LARGEST)
                        .thenApply(document -> Optional.of(PartitionMetadata.read(partition, document))),
                failure -> {
                    if (failure instanceof ObjectStoreException refused) {
                        return CompletableFuture.completedFuture(
                                refused.reason() == Reason.OBJECT_MISSING
                                        ? Optional.empty()
                                        : Optional.of(PartitionMetadata.unreadable(
                                                partition, String.valueOf(refused.getMessage()))));
                    }
                    return CompletableFuture.failedFuture(failure);
                });
    }

    /**
     * Reads every file of a backup through, as a restore would: whether it can be read to its end, is as long as the
     * store says, and has the checksum that the store has of it (where it has one). Downloads the whole backup.
     *
     * @param bytesPerSecond how fast it may be read at most; empty for as fast as the store gives
     * @param progress hears of it after each piece, from one thread after the other
     * @return cancelling it ends the reading after the piece that is being read. Fails with a
     *     {@link CamundaBackupException} if there is no such backup, or it cannot be listed
     */
    public CompletableFuture<ReadThrough> readThrough(
            BackupId backupId, OptionalLong bytesPerSecond, Consumer<ReadThrough.Progress> progress) {
        if (bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() <= 0) {
            throw new IllegalArgumentException(
                    "The limit must be at least 1 byte a second, but was " + bytesPerSecond.getAsLong() + ".");
        }
        return new BackupReading(calls, time, store.description(), backupId, bytesPerSecond, progress)
                .read(find(backupId));
    }

    private CompletableFuture<Void> lane(Queue<Tree> waiting, Gathered gathered) {
        Tree next = waiting.poll();
        return next == null
                ? CompletableFuture.completedFuture(null)
                : next.scan(calls, "", gathered).run().thenCompose(done -> lane(waiting, gathered));
    }

    /**
     * Where one partition's backups are.
     *
     * @param old whether it is the tree of S3 up to 8.8
     */
    private record Tree(int partition, boolean old) {
        PartitionScan scan(StoreCalls calls, String within, Gathered gathered) {
            String folder = partition + "/" + within;
            return old
                    ? new PartitionScan(calls, Optional.empty(), folder, gathered)
                    : new PartitionScan(
                            calls, Optional.of(BucketKey.MANIFESTS + folder), BucketKey.CONTENTS + folder, gathered);
        }
    }

    private CompletableFuture<List<Tree>> trees() {
        CompletableFuture<Set<Integer>> old = partitions("");
        CompletableFuture<Set<Integer>> manifests = partitions(BucketKey.MANIFESTS);
        CompletableFuture<Set<Integer>> contents = partitions(BucketKey.CONTENTS);
        return Futures.all(List.of(old, manifests, contents)).thenCompose(found -> {
            Set<Integer> apart = new TreeSet<>(found.get(1));
            apart.addAll(found.get(2));
            List<Tree> trees = Stream.concat(
                            found.get(0).stream().map(partition -> new Tree(partition, true)),
                            apart.stream().map(partition -> new Tree(partition, false)))
                    .toList();
            return trees.isEmpty()
                    ? requireNothingElsewhere().thenApply(nothing -> trees)
                    : CompletableFuture.completedFuture(trees);
        });
    }

    /** An empty place is believed only if Zeebe's backups are not in a folder of it: that is a wrong base path. */
    private CompletableFuture<Void> requireNothingElsewhere() {
        return calls.listFolder("", Optional.empty())
                .thenCompose(root -> Futures.all(
                        root.folders().stream().limit(FOLDERS).map(this::glance).toList()))
                .thenAccept(pages -> {
                    List<String> places = pages.stream()
                            .flatMap(page -> page.objects().stream())
                            .flatMap(object -> BucketKey.placeOf(object.key()).stream())
                            .distinct()
                            .sorted()
                            .toList();
                    if (!places.isEmpty()) {
                        throw new ObjectStoreException(
                                Reason.OTHER,
                                "There are no backups of Zeebe directly in the " + store.description()
                                        + ", but there are in "
                                        + Phrases.some(places) + " there: add that to the base path.",
                                null);
                    }
                });
    }

    /** What cannot be read is no answer to where backups are. */
    private CompletableFuture<ObjectPage> glance(String folder) {
        return Futures.recover(
                calls.list(folder, Optional.empty()),
                failure -> failure instanceof CamundaBackupException
                        ? CompletableFuture.completedFuture(new ObjectPage(List.of(), List.of(), Optional.empty()))
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Set<Integer>> partitions(String folder) {
        Set<Integer> partitions = new TreeSet<>();
        return partitions(folder, Optional.empty(), partitions).thenApply(all -> partitions);
    }

    private CompletableFuture<Void> partitions(String folder, Optional<String> page, Set<Integer> partitions) {
        return calls.listFolder(folder, page).thenCompose(listed -> {
            listed.folders()
                    .forEach(found -> BucketKey.partitionOf(found, folder).ifPresent(partitions::add));
            return listed.next().isEmpty()
                    ? CompletableFuture.<Void>completedFuture(null)
                    : partitions(folder, listed.next(), partitions);
        });
    }

    /** What was found, from many threads. */
    private static final class Gathered implements PartitionScan.Found {
        private final Map<BackupId, Map<Integer, Queue<PartitionCopy>>> copies = new ConcurrentHashMap<>();
        private final Queue<Leftover> leftovers = new ConcurrentLinkedQueue<>();

        @Override
        public void copy(Copy key, PartitionCopy copy) {
            copies.computeIfAbsent(key.backupId(), id -> new ConcurrentHashMap<>())
                    .computeIfAbsent(key.partition(), partition -> new ConcurrentLinkedQueue<>())
                    .add(copy);
        }

        @Override
        public void leftover(Leftover leftover) {
            leftovers.add(leftover);
        }

        List<BucketBackup> backups() {
            List<BucketBackup> backups = new ArrayList<>();
            copies.forEach((id, partitions) -> {
                List<BucketPartition> all = new ArrayList<>();
                new TreeMap<>(partitions)
                        .forEach((partition, found) -> all.add(new BucketPartition(partition, List.copyOf(found))));
                backups.add(new BucketBackup(id, all));
            });
            return backups;
        }
    }
}
