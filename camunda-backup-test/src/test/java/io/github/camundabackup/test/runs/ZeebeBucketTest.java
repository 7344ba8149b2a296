package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.bucket.BucketContents;
import io.github.camundabackup.bucket.FilesystemObjectStore;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Lines;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.simulation.model.SimulatedBucket;
import io.github.camundabackup.test.simulation.model.SimulatedBucket.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a check says with Zeebe's object store, with a cluster and without one. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class ZeebeBucketTest extends AbstractEngineTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> linesAndLayouts() {
        return Lines.DIFFERENT.stream()
                .flatMap(line -> Stream.of(Layout.values()).map(layout -> Arguments.of(line, layout)));
    }

    private Scene scene(CamundaLine line, Layout layout) {
        return scene(line, layout, true);
    }

    private Scene scene(CamundaLine line, Layout layout, boolean configured) {
        SimulatedBucket place = SimulatedBucket.directory(directory);
        SimulatedBucket bucket = layout == Layout.S3 ? SimulatedBucket.asS3(place) : place;
        return Scene.of(
                line,
                engine(),
                stores(),
                cluster -> cluster.duration(Scene.TWO_QUESTIONS).zeebeBackups(bucket),
                client -> configured ? client.zeebeBackups(FilesystemObjectStore.of(directory)) : client);
    }

    /** What is left when the cluster is gone. */
    private ConsistencyChecker afterwards(Scene scene) {
        return ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources())
                .zeebeBackups(FilesystemObjectStore.of(directory));
    }

    private RestoreClient restore(Scene scene) {
        return RestoreClient.create(
                        scene.client().snapshotStore(),
                        RestoreSettings.builder().build(),
                        scene.resources())
                .withZeebeBackups(FilesystemObjectStore.of(directory));
    }

    @ParameterizedTest
    @MethodSource("linesAndLayouts")
    void repositoryAndBucketAloneProveEveryPartition(CamundaLine line, Layout layout) {
        try (Scene scene = scene(line, layout)) {
            BackupId id = scene.backUp().backupId();
            scene.cluster().servers().stream()
                    .filter(server -> server != Server.SEARCH_ENGINE)
                    .forEach(scene.cluster().faults()::unreachable);

            ConsistencyReport report = afterwards(scene).check(id).join();

            assertThat(report).isConsistent().hasOnlyFindings().provesEveryPartition();
            assertThat(report.stored().orElseThrow().partitions()).hasSize(3);
            assertThat(afterwards(scene).checkAll().join())
                    .singleElement()
                    .satisfies(all -> assertThat(all).isConsistent());
            assertThat(afterwards(scene).latestRestorable().join().map(ConsistencyReport::backupId))
                    .contains(id);
        }
    }

    @ParameterizedTest
    @MethodSource("linesAndLayouts")
    void aLivingClusterAndItsBucketSayTheSame(CamundaLine line, Layout layout) {
        try (Scene scene = scene(line, layout)) {
            BackupReport backup = scene.backUp();

            assertThat(scene.client().consistency().check(backup).join())
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
            assertThat(scene.client().consistency().checkAll().join())
                    .singleElement()
                    .satisfies(all -> assertThat(all).isConsistent());
        }
    }

    /**
     * Something that happens to a bucket.
     *
     * @param code how it is found
     * @param toStored changes the objects
     */
    private record Mutation(String name, FindingCode code, Consumer<Map<String, byte[]>> toStored) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String key(Map<String, byte[]> objects, String end, int partition) {
        return objects.keySet().stream()
                .filter(key -> key.endsWith(end) && key.contains(partition + "/"))
                .filter(key -> key.replaceAll("^(manifests|contents)/", "").startsWith(partition + "/"))
                .findFirst()
                .orElseThrow();
    }

    private static void edit(Map<String, byte[]> objects, int partition, UnaryOperator<String> change) {
        String manifest = key(objects, "manifest.json", partition);
        String before = new String(objects.get(manifest), StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        objects.put(manifest, after.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> mutations() {
        List<Mutation> mutations = List.of(
                new Mutation(
                        "a file is gone",
                        FindingCode.PARTITION_FILES_MISSING,
                        objects -> objects.remove(key(objects, ".sst", 1))),
                new Mutation(
                        "a log is gone",
                        FindingCode.PARTITION_FILES_MISSING,
                        objects -> objects.remove(key(objects, ".log", 3))),
                new Mutation("a file is renamed", FindingCode.PARTITION_FILES_MISSING, objects -> {
                    String file = key(objects, ".sst", 1);
                    objects.put(file + ".bak", objects.remove(file));
                }),
                new Mutation(
                        "a file is truncated",
                        FindingCode.PARTITION_FILES_MISSING,
                        objects -> objects.put(key(objects, ".sst", 1), new byte[0])),
                new Mutation(
                        "a manifest is gone",
                        FindingCode.PARTITION_MISSING,
                        objects -> objects.remove(key(objects, "manifest.json", 2))),
                new Mutation(
                        "a partition is gone",
                        FindingCode.PARTITION_MISSING,
                        objects -> objects.keySet().removeIf(key -> key.matches("(manifests/|contents/)?3/.*"))),
                new Mutation(
                        "a manifest is cut off",
                        FindingCode.PARTITION_MANIFEST_UNREADABLE,
                        objects -> edit(objects, 2, text -> text.substring(0, text.length() / 2))),
                new Mutation(
                        "a manifest is of another backup",
                        FindingCode.PARTITION_MANIFEST_UNREADABLE,
                        objects -> edit(
                                objects, 2, text -> text.replaceAll("\"checkpointId\":\\d+", "\"checkpointId\":17"))),
                new Mutation(
                        "a manifest is of another node",
                        FindingCode.PARTITION_MANIFEST_UNREADABLE,
                        objects -> edit(objects, 2, text -> text.replace("\"nodeId\":0", "\"nodeId\":5"))),
                new Mutation(
                        "a partition has failed",
                        FindingCode.PARTITION_FAILED,
                        objects -> edit(objects, 2, text -> text.replaceAll("(?i)\"completed\"", "\"FAILED\""))),
                new Mutation(
                        "a partition is deleted",
                        FindingCode.PARTITION_FAILED,
                        objects -> edit(objects, 2, text -> text.replaceAll("(?i)\"completed\"", "\"deleted\""))),
                new Mutation(
                        "a state is not known",
                        FindingCode.PARTITION_STATE_UNKNOWN,
                        objects -> edit(objects, 2, text -> text.replaceAll("(?i)\"completed\"", "\"PAUSED\""))),
                new Mutation(
                        "a version is another one",
                        FindingCode.VERSIONS_DIFFER,
                        objects -> edit(
                                objects,
                                2,
                                text -> text.replaceAll("\"brokerVersion\":\"8\\.", "\"brokerVersion\":\"7."))),
                new Mutation(
                        "the numbers of partitions differ",
                        FindingCode.PARTITION_COUNT_DIFFERS,
                        objects -> edit(
                                objects,
                                2,
                                text -> text.replace("\"numberOfPartitions\":3", "\"numberOfPartitions\":4"))),
                new Mutation(
                        "more is exported than there is",
                        FindingCode.EXPORTED_BEYOND_CHECKPOINT,
                        objects -> edit(
                                objects,
                                1,
                                text -> text.replaceAll("\"checkpointPosition\":\\d+", "\"checkpointPosition\":1"))),
                new Mutation("a second copy lacks a file", FindingCode.PARTITION_FILES_MISSING, objects -> {
                    String manifest = key(objects, "manifest.json", 2);
                    String text = new String(objects.get(manifest), StandardCharsets.UTF_8)
                            .replace("\"nodeId\":0", "\"nodeId\":9");
                    objects.put(manifest.replace("/0/", "/9/"), text.getBytes(StandardCharsets.UTF_8));
                }),
                new Mutation("two nodes contradict each other", FindingCode.PARTITION_CONTRADICTORY, objects -> {
                    String manifest = key(objects, "manifest.json", 2);
                    String text = new String(objects.get(manifest), StandardCharsets.UTF_8)
                            .replace("\"nodeId\":0", "\"nodeId\":9")
                            .replaceAll("\"checkpointPosition\":\\d+", "\"checkpointPosition\":99999");
                    objects.put(manifest.replace("/0/", "/9/"), text.getBytes(StandardCharsets.UTF_8));
                    Map.copyOf(objects).forEach((key, content) -> {
                        if (key.matches("(contents/)?2/.*/(snapshot|segments)/.*")) {
                            objects.put(key.replace("/0/", "/9/"), content);
                        }
                    });
                }));
        return mutations.stream()
                .flatMap(mutation -> Stream.of(Layout.values()).map(layout -> Arguments.of(mutation, layout)));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void whateverHappensToTheBucketIsFound(Mutation mutation, Layout layout) {
        try (Scene scene = scene(CamundaLine.V8_8, layout)) {
            BackupReport backup = scene.backUp();
            Map<String, byte[]> objects = read();
            mutation.toStored().accept(objects);
            write(objects);

            for (ConsistencyChecker checker :
                    List.of(afterwards(scene), scene.client().consistency())) {
                ConsistencyReport report = checker.check(backup.backupId()).join();

                assertThat(report).hasFinding(mutation.code());
                assertThat(report.isRestorable()).as("restorable").isFalse();
            }
            assertThat(afterwards(scene).latestRestorable().join()).isEmpty();
            RestorePlan plan = restore(scene).plan(backup.backupId()).join();
            assertThat(plan.obstacles()).isNotEmpty();
        }
    }

    @Test
    void aBucketThatIsAnothersIsNotBelieved() throws IOException {
        try (Scene scene = scene(CamundaLine.V8_8, Layout.COMMON)) {
            BackupId id = scene.backUp().backupId();
            write(Map.of());
            Files.createDirectories(directory);
            scene.time().delay(Duration.ofMinutes(6)).join();

            assertThat(scene.client().consistency().check(id).join())
                    .isUnverifiable()
                    .hasFinding(FindingCode.BUCKET_DISAGREES, Component.ZEEBE);
            assertThat(afterwards(scene).check(id).join())
                    .isInconsistent()
                    .hasFinding(FindingCode.COMPONENT_MISSING, Component.ZEEBE);
        }
    }

    @Test
    void aBucketThatCannotBeReadIsSaid() throws IOException {
        try (Scene scene = scene(CamundaLine.V8_8, Layout.COMMON)) {
            BackupId id = scene.backUp().backupId();
            write(Map.of());
            Files.delete(directory);

            for (ConsistencyChecker checker :
                    List.of(afterwards(scene), scene.client().consistency())) {
                assertThat(checker.check(id).join())
                        .isUnverifiable()
                        .hasFinding(FindingCode.SOURCE_UNREADABLE, Component.ZEEBE);
            }
            Files.createDirectory(directory);
        }
    }

    @Test
    void zeebeThatDoesNotAnswerIsMadeUpForByTheBucket() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7, Layout.COMMON)) {
            BackupId id = scene.backUp().backupId();
            scene.cluster().faults().objectStore(ObjectStoreState.REFUSING);

            assertThat(scene.client().consistency().check(id).join())
                    .isConsistent()
                    .hasFinding(FindingCode.ZEEBE_SILENT, Component.ZEEBE);
        }
    }

    @Test
    void foreignNamesAreIgnoredAndLeftoversListed() {
        try (Scene scene = scene(CamundaLine.V8_8, Layout.COMMON)) {
            BackupId id = scene.backUp().backupId();
            Map<String, byte[]> objects = read();
            objects.put("other-cluster/manifests/1/17/0/manifest.json", new byte[] {1});
            objects.put("manifests/readme.txt", new byte[] {1});
            objects.put("manifests/1/latest/0/manifest.json", new byte[] {1});
            objects.put("contents/1/99999999999999999999/0/snapshot/CURRENT", new byte[] {1});
            objects.put("contents/2/17/0/snapshot/CURRENT", new byte[] {1, 2, 3});
            write(objects);

            BucketContents contents =
                    scene.client().zeebeBackups().orElseThrow().all().join();

            assertThat(contents.backups()).singleElement().satisfies(backup -> {
                assertThat(backup.backupId()).isEqualTo(id);
                assertThat(backup.isRestorable()).isTrue();
            });
            assertThat(contents.leftovers()).containsExactly(new BucketContents.Leftover("contents/2/17/0/", 1, 3));
            assertThat(scene.client().consistency().check(id).join()).isConsistent();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void aRestorePlanSaysWhatWillBeRestoredOfEachPartition(CamundaLine line) {
        try (RestoreScene scene = new RestoreScene(scene(line, Layout.S3))) {
            scene.stop();
            RestoreClient restore = restore(scene.scene());

            RestorePlan plan = restore.plan(scene.backupId()).join();

            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.consistency()).isConsistent();
            assertThat(plan.toString()).contains("- partition 1: 4 files with ", "- partition 3: 1 file with ");
            assertThat(restore.execute(plan).completion().join().outcome())
                    .isEqualTo(RestoreReport.Outcome.ENGINE_RESTORED);
        }
    }

    @Test
    void aRestoreTouchesNothingOnceAFileOfZeebesIsGone() {
        try (RestoreScene scene = new RestoreScene(scene(CamundaLine.V8_8, Layout.COMMON))) {
            scene.stop();
            RestoreClient restore = restore(scene.scene());
            RestorePlan plan = restore.plan(scene.backupId()).join();
            Map<String, byte[]> objects = read();
            objects.remove(key(objects, ".sst", 1));
            write(objects);

            assertThat(RestoreScene.failure(restore.execute(plan)))
                    .hasMessageContaining("is no longer what it was made from");
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @Test
    void bothTreesOfOneBucketAreRead() {
        BackupId old;
        try (Scene scene = scene(CamundaLine.V8_8, Layout.S3)) {
            old = scene.backUp().backupId();
        }
        try (Scene scene = Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.version("8.9.1")
                        .zeebeBackups(SimulatedBucket.asS3(SimulatedBucket.directory(directory))),
                client -> client)) {
            BackupId young = BackupId.of(old.value() + 1);
            scene.client().backup(young).completion().join();

            BucketContents contents = ZeebeBackups.of(FilesystemObjectStore.of(directory), scene.resources())
                    .all()
                    .join();

            assertThat(contents.backups()).extracting("backupId").containsExactly(young, old);
            assertThat(contents.backups())
                    .allSatisfy(backup -> assertThat(backup.isRestorable()).isTrue());
        }
    }

    private Map<String, byte[]> read() {
        Map<String, byte[]> objects = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                objects.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    private void write(Map<String, byte[]> objects) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        objects.forEach(SimulatedBucket.directory(directory)::put);
    }
}
