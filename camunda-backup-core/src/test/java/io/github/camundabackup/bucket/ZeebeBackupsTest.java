package io.github.camundabackup.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.continuous.Checkpoint;
import io.github.camundabackup.continuous.CheckpointType;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.SteppingTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How backups are read from a store; what is made of them, see the checks of whole backups. */
class ZeebeBackupsTest {
    private final Stored store = new Stored();
    private final ClientResources resources = ClientResources.create();
    private final ZeebeBackups backups = ZeebeBackups.of(store, resources);

    @AfterEach
    void close() {
        resources.close();
    }

    /** A store in memory, with small pages, whose calls are counted. */
    private static class Stored implements ObjectStore {
        private static final int PAGE = 7;

        final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
        final Map<String, Map<String, String>> metadata = new HashMap<>();
        final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
        final Map<String, String> checksums = new HashMap<>();
        volatile String cutOff = "";
        volatile Consumer<String> before = call -> {};

        private void called(String call) {
            calls.computeIfAbsent(call.substring(0, call.indexOf(' ')), none -> new AtomicInteger())
                    .incrementAndGet();
            before.accept(call);
        }

        int count(String call) {
            return calls.getOrDefault(call, new AtomicInteger()).get();
        }

        @Override
        public ObjectPage list(String prefix, Optional<String> page) {
            called("list " + prefix);
            List<StoredObject> found = new ArrayList<>();
            for (Map.Entry<String, byte[]> entry :
                    objects.tailMap(page.orElse(prefix), page.isEmpty()).entrySet()) {
                if (!entry.getKey().startsWith(prefix)) {
                    break;
                }
                if (found.size() == PAGE) {
                    return new ObjectPage(
                            found, List.of(), Optional.of(found.get(PAGE - 1).key()));
                }
                found.add(object(entry.getKey(), entry.getValue()));
            }
            return new ObjectPage(found, List.of(), Optional.empty());
        }

        private StoredObject object(String key, byte[] content) {
            return new StoredObject(
                    key,
                    content.length,
                    Optional.empty(),
                    Optional.ofNullable(checksums.get(key)),
                    metadata.getOrDefault(key, Map.of()));
        }

        @Override
        public ObjectPage listFolder(String folder, Optional<String> page) {
            called("folder " + folder);
            TreeSet<String> folders = new TreeSet<>();
            objects.keySet().stream()
                    .filter(key -> key.startsWith(folder) && key.indexOf('/', folder.length()) > 0)
                    .forEach(key -> folders.add(key.substring(0, key.indexOf('/', folder.length()) + 1)));
            return new ObjectPage(List.of(), List.copyOf(folders), Optional.empty());
        }

        @Override
        public Optional<StoredObject> head(String key) {
            called("head " + key);
            return Optional.ofNullable(objects.get(key)).map(content -> object(key, content));
        }

        @Override
        public InputStream open(String key) {
            called("open " + key);
            byte[] content = objects.get(key);
            if (content == null) {
                throw new ObjectStoreException(Reason.OBJECT_MISSING, "There is no " + key + ".", null);
            }
            return new ByteArrayInputStream(content, 0, key.equals(cutOff) ? 1 : content.length);
        }

        @Override
        public String description() {
            return "test store";
        }

        @Override
        public void close() {}

        void put(String key, String content) {
            objects.put(key, content.getBytes(StandardCharsets.UTF_8));
        }

        void replace(String key, String before, String after) {
            String text = new String(objects.get(key), StandardCharsets.UTF_8);
            String changed = text.replace(before.replace('\'', '"'), after.replace('\'', '"'));
            assertThat(changed).isNotEqualTo(text);
            put(key, changed);
        }

        /** A copy with two files. */
        void copy(int partition, long id, int node, String state, int partitions) {
            String place = partition + "/" + id + "/" + node + "/";
            put("contents/" + place + "snapshot/CURRENT", "x");
            put("contents/" + place + "segments/1.log", "xy");
            put(
                    "manifests/" + place + "manifest.json",
                    ("{'id':{'nodeId':" + node + ",'partitionId':" + partition + ",'checkpointId':" + id
                                    + "},'statusCode':'" + state + "','descriptor':{'checkpointPosition':10,"
                                    + "'numberOfPartitions':" + partitions + ",'brokerVersion':'8.9.0'},"
                                    + "'snapshot':{'files':[{'name':'CURRENT'}]},"
                                    + "'segments':{'files':[{'name':'1.log'}]}}")
                            .replace('\'', '"'));
        }
    }

    @Test
    void oneBackupIsReadWithoutListingOthers() {
        for (long id = 1; id <= 50; id++) {
            store.copy(1, id, 0, "COMPLETED", 2);
            store.copy(2, id, 1, "COMPLETED", 2);
        }
        store.calls.clear();

        BucketBackup backup = backups.find(BackupId.of(5)).join().orElseThrow();

        assertThat(backup.isRestorable()).isTrue();
        assertThat(backup.bytes()).isEqualTo(6);
        assertThat(store.count("list")).isEqualTo(4);
        assertThat(store.count("open")).isEqualTo(2);
    }

    @Test
    void allAreReadInOnePassOverManyPages() {
        for (long id = 1; id <= 120; id++) {
            for (int partition = 1; partition <= 3; partition++) {
                store.copy(partition, id, partition % 2, "COMPLETED", 3);
            }
        }
        store.calls.clear();

        BucketContents contents = backups.all().join();

        assertThat(contents.leftovers()).isEmpty();
        assertThat(contents.backups()).hasSize(120).allMatch(BucketBackup::isRestorable);
        assertThat(contents.backups().get(0).backupId()).isEqualTo(BackupId.of(120));
        assertThat(store.count("open")).isEqualTo(360);
        assertThat(store.count("list")).as("each object once").isLessThanOrEqualTo(3 * (120 * 3 / 7 + 2) + 3);
        assertThat(store.count("head")).isZero();
    }

    @Test
    void theBestCopyOfAPartitionCounts() {
        store.copy(1, 5, 0, "FAILED", 1);
        store.copy(1, 5, 1, "COMPLETED", 1);
        store.copy(1, 5, 2, "IN_PROGRESS", 1);

        BucketBackup backup = backups.find(BackupId.of(5)).join().orElseThrow();

        assertThat(backup.isRestorable()).isTrue();
        assertThat(backup.partitions().get(0).best().node()).isEqualTo("1");
        assertThat(backup.partitions().get(0).copies()).hasSize(3);
    }

    @Test
    void aFileThatIsWrittenWhileItIsListedIsNotMissing() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        byte[] file = store.objects.remove("contents/1/5/0/snapshot/CURRENT");
        store.before = call -> {
            if (call.startsWith("open ")) {
                store.objects.put("contents/1/5/0/snapshot/CURRENT", file);
            }
        };

        assertThat(backups.find(BackupId.of(5)).join().orElseThrow().isRestorable())
                .isTrue();
    }

    @Test
    void aBackupThatIsDeletedWhileItIsListedIsNone() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.before = call -> {
            if (call.startsWith("open ")) {
                store.objects.clear();
            }
        };

        assertThat(backups.find(BackupId.of(5)).join()).isEmpty();
    }

    @Test
    void aManifestThatCannotBeReadHidesNoOther() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.copy(1, 6, 0, "COMPLETED", 1);
        store.put("manifests/1/5/0/manifest.json", "{");

        List<BucketBackup> all = backups.all().join().backups();

        assertThat(all).extracting(BucketBackup::state).containsExactly(BackupState.COMPLETED, BackupState.UNKNOWN);
        assertThat(all.get(1).partitions().get(0).best().problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("manifests/1/5/0/manifest.json", "cut off"));
    }

    @Test
    void aManifestThatIsTooLargeIsNotKept() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.put("manifests/1/5/0/manifest.json", " ".repeat(Manifest.LARGEST + 1));

        assertThat(backups.all()
                        .join()
                        .backups()
                        .get(0)
                        .partitions()
                        .get(0)
                        .best()
                        .problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("larger than " + Manifest.LARGEST));
    }

    @Test
    void whatTheStoreTellsOfAManifestIsNotDownloaded() {
        store.copy(1, 5, 0, "IN_PROGRESS", 1);
        store.metadata.put("manifests/1/5/0/manifest.json", Map.of("status-code", "IN_PROGRESS"));

        assertThat(backups.all().join().backups())
                .extracting(BucketBackup::state)
                .containsExactly(BackupState.IN_PROGRESS);
        assertThat(store.count("open")).isZero();
    }

    @Test
    void throttlingIsWaitedFor() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        AtomicInteger times = new AtomicInteger();
        store.before = call -> {
            if (times.getAndIncrement() < 3) {
                throw new ObjectStoreException(Reason.BUSY, "Slow down.", null);
            }
        };

        assertThat(backups.find(BackupId.of(5)).join()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUSY", "UNREACHABLE", "OBJECT_MISSING"})
    void whatDoesNotPassIsSaidAtOnce(Reason reason) {
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.before = call -> {
            if (call.startsWith("list ")) {
                throw new ObjectStoreException(reason, "No.", null);
            }
        };

        assertThatThrownBy(() -> backups.all().join())
                .hasCauseInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("No.");
    }

    @Test
    void whatAStreamSaysOfItsStoreIsNotTakenForAnOutage() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        ObjectStore denying = new ForwardingObjectStore(store) {
            @Override
            public InputStream open(String key) {
                return new InputStream() {
                    @Override
                    public int read() throws IOException {
                        return read(new byte[1], 0, 1);
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException(new ObjectStoreException(Reason.FORBIDDEN, "Not allowed.", null));
                    }
                };
            }
        };

        assertThat(ZeebeBackups.of(denying, resources)
                        .find(BackupId.of(5))
                        .join()
                        .orElseThrow()
                        .partitions()
                        .get(0)
                        .best()
                        .problem())
                .contains("Not allowed.");
    }

    @Test
    void whateverElseAStoreThrowsIsAnErrorOfThisLibrary() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        for (Throwable thrown : List.of(new IllegalStateException("odd"), new StackOverflowError("deep"))) {
            store.before = call -> {
                ZeebeBackupsTest.<RuntimeException>sneak(thrown);
            };

            assertThatThrownBy(() -> backups.all().join())
                    .hasCauseInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("test store");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void everyFileIsReadThroughAndComparedWithItsChecksum() {
        store.copy(1, 5, 0, "COMPLETED", 2);
        store.copy(2, 5, 0, "COMPLETED", 2);
        store.checksums.put("contents/1/5/0/snapshot/CURRENT", "md5:9dd4e461268c8034f5c8564e155c67a6");
        store.checksums.put("contents/2/5/0/snapshot/CURRENT", "crc32c:AAAAAA==");
        store.checksums.put("contents/2/5/0/segments/1.log", "etag:whatever");
        List<ReadThrough.Progress> heard = new CopyOnWriteArrayList<>();

        ReadThrough read = backups.readThrough(BackupId.of(5), OptionalLong.empty(), heard::add)
                .join();

        assertThat(read.files()).isEqualTo(4);
        assertThat(read.bytes()).isEqualTo(6);
        assertThat(read.compared()).isEqualTo(2);
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("contents/2/5/0/snapshot/CURRENT");
            assertThat(problem.what()).contains("crc32c", "AAAAAA==");
        });
        assertThat(heard).last().isEqualTo(new ReadThrough.Progress(4, 4, 6, 6));
    }

    @Test
    void aFileThatEndsTooEarlyIsFound() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.cutOff = "contents/1/5/0/segments/1.log";

        assertThat(backups.readThrough(BackupId.of(5), OptionalLong.of(1_000_000), progress -> {
                            throw new IllegalStateException("whoever hears of it");
                        })
                        .join()
                        .problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.what()).isEqualTo("1 bytes can be read, and the store says 2"));
    }

    @Test
    void aReadingIsBegunAnewAfterAnOutage() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        AtomicInteger times = new AtomicInteger();
        store.before = call -> {
            if (call.equals("open contents/1/5/0/segments/1.log") && times.getAndIncrement() < 2) {
                throw new ObjectStoreException(Reason.UNREACHABLE, "Away.", null);
            }
        };

        assertThat(backups.readThrough(BackupId.of(5), OptionalLong.empty(), progress -> {})
                        .join()
                        .isGood())
                .isTrue();
    }

    @Test
    void aReadingIsNoFasterThanItMayBe() {
        SteppingTime time = new SteppingTime();
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.put("contents/1/5/0/segments/1.log", "x".repeat(3_000_000));
        try (ClientResources stepping = ClientResources.builder().time(time).build()) {
            ReadThrough read = ZeebeBackups.of(store, stepping)
                    .readThrough(BackupId.of(5), OptionalLong.of(100_000), progress -> {})
                    .join();

            assertThat(read.isGood()).isTrue();
            assertThat(time.elapsed().toSeconds()).isEqualTo(30);
        }
    }

    @Test
    void aReadingThatIsCancelledReadsNoFurtherFile() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        CompletableFuture<CompletableFuture<ReadThrough>> reading = new CompletableFuture<>();
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        store.calls.clear();
        reading.complete(backups.readThrough(BackupId.of(5), OptionalLong.empty(), progress -> {
            if (progress.filesDone() == 1) {
                reading.join().cancel(false);
                cancelled.complete(null);
            }
        }));
        cancelled.join();
        int opened = store.count("open");

        assertThat(backups.find(BackupId.of(5)).join()).isPresent();

        assertThat(reading.join()).isCancelled();
        assertThat(opened).as("the manifest, and one file of two").isEqualTo(2);
        assertThat(store.count("open")).as("and the manifest again").isEqualTo(3);
    }

    @Test
    void whatIsNotThereCannotBeReadThrough() {
        assertThatThrownBy(() -> backups.readThrough(BackupId.of(5), OptionalLong.empty(), progress -> {})
                        .join())
                .hasMessageContaining("nothing of backup 5");
    }

    @Test
    void aWrongBasePathIsToldFromAnEmptyBucket() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        for (String key : List.copyOf(store.objects.keySet())) {
            store.objects.put("clusters/prod/" + key, store.objects.remove(key));
        }
        store.put("logs/1/today.txt", "x");

        for (CompletableFuture<?> asked : List.of(backups.all(), backups.find(BackupId.of(5)))) {
            assertThatThrownBy(asked::join)
                    .hasCauseInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("directly in the test store")
                    .hasMessageContaining("there are in clusters/prod/ there: add that to the base path");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "lost+found/"})
    void anEmptyBucketIsJustThat(String unreadable) {
        store.put("logs/1/today.txt", "x");
        store.put("lost+found/1/today.txt", "x");
        store.before = call -> {
            if (call.equals("list " + unreadable)) {
                throw new ObjectStoreException(Reason.FORBIDDEN, "Not for you.", null);
            }
        };

        assertThat(backups.all().join().backups()).isEmpty();
        assertThat(backups.find(BackupId.of(5)).join()).isEmpty();
    }

    @Test
    void metadataIsReadAndNoLeftover() {
        store.copy(1, 5, 0, "COMPLETED", 2);
        store.copy(2, 5, 0, "COMPLETED", 2);
        store.put("metadata/1/metadata.json", """
            {"version":1,"partitionId":1,"lastUpdated":"2026-02-25T08:44:31Z","checkpoints":[{"checkpointId":5,
            "checkpointPosition":10,"checkpointType":"SCHEDULED_BACKUP","firstLogPosition":1,
            "checkpointTimestamp":"2026-02-25T06:44:29.309Z"},
            {"checkpointId":6,"checkpointPosition":12,"checkpointType":"MARKER","firstLogPosition":-1}],"ranges":[{"start":5,"end":6}]}\
            """);
        // The form of earlier builds.
        store.put("metadata/2/metadata.json", """
            {"sequenceNumber":7,"partitionId":2,"checkpoints":[{"checkpointId":5,"checkpointPosition":10,
            "numberOfPartitions":2,"brokerVersion":"8.9.0"}],"ranges":[{"start":5,"end":5},{"start":7,"end":9}]}\
            """);

        BucketContents contents = backups.all().join();
        List<PartitionMetadata> metadata = backups.metadata().join();

        assertThat(contents.backups())
                .singleElement()
                .satisfies(backup -> assertThat(backup.isRestorable()).isTrue());
        assertThat(contents.leftovers()).isEmpty();
        assertThat(contents.contradictions(metadata)).isEmpty();
        assertThat(metadata).hasSize(2).allMatch(read -> read.problem().isEmpty());
        assertThat(metadata.get(0).checkpoints())
                .containsExactly(
                        new Checkpoint(
                                5,
                                CheckpointType.SCHEDULED_BACKUP,
                                OptionalLong.of(10),
                                OptionalLong.of(1),
                                Optional.of(Instant.parse("2026-02-25T06:44:29.309Z"))),
                        new Checkpoint(
                                6, CheckpointType.MARKER, OptionalLong.of(12), OptionalLong.empty(), Optional.empty()));
        assertThat(metadata.get(0).history())
                .hasValueSatisfying(history -> assertThat(history.ranges())
                        .singleElement()
                        .satisfies(range -> assertThat(range.end().position()).hasValue(12)));
        assertThat(metadata.get(1).ranges())
                .containsExactly(new PartitionMetadata.Range(5, 5), new PartitionMetadata.Range(7, 9));
        assertThat(metadata.get(1).history())
                .as("a range without its checkpoints")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"partitionId\":2}"})
    void metadataThatCannotBeReadHidesNothing(String text) {
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.put("metadata/1/metadata.json", text);

        assertThat(backups.all().join().backups().get(0).isRestorable()).isTrue();
        assertThat(backups.metadata().join())
                .singleElement()
                .satisfies(read -> assertThat(read.problem()).isPresent());
    }

    @Test
    void twoClustersInOnePlaceAreTold() {
        store.copy(1, 5, 0, "COMPLETED", 2);
        store.copy(2, 5, 0, "COMPLETED", 2);
        store.copy(1, 6, 0, "COMPLETED", 1);
        store.copy(1, 7, 0, "COMPLETED", 1);
        store.replace("manifests/1/7/0/manifest.json", "'checkpointPosition':10", "'checkpointPosition':9");
        store.put("metadata/1/metadata.json", """
            {"partitionId":1,"checkpoints":[{"checkpointId":6,"checkpointPosition":400}],"ranges":[]}\
            """);

        assertThat(backups.all().join().contradictions(backups.metadata().join()))
                .containsExactlyInAnyOrder(
                        "Backup 6 and the earlier 5: the later one has 1 partitions, the earlier one 2, and Zeebe"
                                + " removes none.",
                        "Backup 6: partition 1 ends at 10, and at 400 by metadata/1/metadata.json.",
                        "Backup 7 and the earlier 6: partition 1 ends at 9 in the later one, and at 10 in the earlier"
                                + " one.");
    }

    @Test
    void copiesOfTwoVersionsUnderOneIdAreContradictory() {
        store.copy(1, 5, 0, "COMPLETED", 1);
        store.copy(1, 5, 1, "COMPLETED", 1);
        store.replace("manifests/1/5/1/manifest.json", "8.9.0", "8.8.0");

        BucketBackup backup = backups.find(BackupId.of(5)).join().orElseThrow();

        assertThat(backup.partitions().get(0).isContradictory()).isTrue();
        assertThat(backup.isRestorable()).isFalse();
    }

    /** A million objects, and none of them is there before it is listed. */
    @Test
    void aMillionObjectsAreReadInOnePassAndNoneIsKept() {
        Endless million = new Endless(1_000, 50, 19);

        BucketContents contents = ZeebeBackups.of(million, resources).all().join();

        assertThat(contents.backups()).hasSize(1_000).allMatch(BucketBackup::isRestorable);
        assertThat(contents.leftovers()).isEmpty();
        assertThat(million.listed.get()).as("each object once").isEqualTo(1_000_000);
        assertThat(million.opened.get()).as("manifests only").isEqualTo(50_000);
        assertThat(million.atOnce.get()).as("parallel").isGreaterThan(1);
        assertThat(million.mostAlive.get()).as("listed objects in memory").isLessThan(20_000);
    }

    @Test
    void aListingOutOfOrderIsRefused() {
        ObjectStore unordered = new Stored() {
            @Override
            public ObjectPage list(String prefix, Optional<String> page) {
                ObjectPage ordered = super.list(prefix, page);
                List<StoredObject> reversed = new ArrayList<>(ordered.objects());
                Collections.reverse(reversed);
                return new ObjectPage(reversed, List.of(), ordered.next());
            }
        };
        ((Stored) unordered).copy(1, 5, 0, "COMPLETED", 1);

        assertThatThrownBy(() -> ZeebeBackups.of(unordered, resources).all().join())
                .hasMessageContaining("order of the keys");
    }
}
