package io.github.camundabackup.test.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.contract.SnapshotStoreContract;
import io.github.camundabackup.test.contract.SnapshotStoreFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of snapshot stores on a real engine, and what only a real engine can show. */
@Tag(EngineUnderTest.TAG)
@Tag(EngineUnderTest.EVERY_VERSION)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class SnapshotStoreIT extends SnapshotStoreContract {
    private static final String LARGE = "contract-large";

    private final EngineUnderTest underTest = EngineUnderTest.find();
    private final ClientResources resources = ClientResources.create();
    private final AtomicInteger fixtures = new AtomicInteger();
    private EngineProcess engine;
    private @Nullable EngineFixture fixture;

    private SnapshotStore open(URI uri, String repository) {
        return underTest.create(Endpoint.of(uri), repository, resources);
    }

    @BeforeAll
    final void use(EngineProcess shared) {
        engine = shared;
    }

    @AfterAll
    final void closeResources() {
        resources.close();
    }

    @Override
    protected final SnapshotStoreFixture createFixture() {
        EngineFixture created = new EngineFixture(engine, fixtures, this::open);
        fixture = created;
        return created;
    }

    @Test
    void doesNotTakeAPartialSnapshotForASuccess() {
        fixture().createIndex("contract-whole", 1);
        createIndexWithoutShards("contract-lost");
        fixture()
                .call(
                        "PUT",
                        "/_snapshot/" + store().repository() + "/partial",
                        "{\"indices\":\"contract-*\",\"partial\":true}");

        SnapshotProgress end = awaitEnd("partial");

        assertThat(end.state()).isEqualTo(SnapshotState.PARTIAL);
        assertThat(end.shardsFailed()).isEqualTo(2);
        assertThat(store().get("partial").join().orElseThrow().failures()).hasSize(2);
    }

    @Test
    void takesNoSnapshotWhileAPrimaryShardIsMissing() {
        fixture().createIndex("contract-whole", 1);
        createIndexWithoutShards("contract-lost");

        assertThat(refusal(store().createSnapshot(request("a", "contract-*"))))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OTHER))
                .hasMessageContaining("contract-lost");
        assertThat(store().get("a").join()).isEmpty();
    }

    @Test
    void leavesAnIndexOutOfTheCountsWhoseShardsAreNotThere() {
        createIndexWithoutShards("contract-lost");

        assertThat(store().documentCounts(List.of("contract-lost")).join()).isEmpty();
        RestoreProgress progress =
                store().restoreProgress(List.of("contract-lost")).join();
        assertThat(progress.shardsDone()).isZero();
        assertThat(progress.shardsTotal()).isEqualTo(2);
        assertThat(progress.isComplete()).isFalse();
    }

    @Test
    void watchesASnapshotAndARestoreThatTakeTime() {
        createLargeIndex();
        fixture().slowDown();
        store().createSnapshot(request("slow", LARGE)).join();

        SnapshotProgress running = poll(
                () -> store().progress("slow").thenApply(found -> found.orElseThrow()),
                progress -> progress.bytesDone() > 0 || progress.state().isTerminal());
        assertThat(running.state()).isEqualTo(SnapshotState.IN_PROGRESS);
        assertThat(running.shardsTotal()).isEqualTo(2);
        assertThat(running.bytesDone()).isLessThan(running.bytesTotal());
        assertThat(awaitEnd("slow").bytesDone()).isGreaterThan(running.bytesDone());

        store().restore(RestoreRequest.builder("slow")
                        .rename("(.+)", "$1-again")
                        .build())
                .join();
        RestoreProgress restoring = poll(
                () -> store().restoreProgress(List.of(LARGE + "-again")),
                progress -> progress.bytesDone() > 0 || progress.isComplete());
        assertThat(restoring.isComplete()).isFalse();
        assertThat(restoring.bytesDone()).isLessThan(restoring.bytesTotal());
        poll(() -> store().restoreProgress(List.of(LARGE + "-again")), RestoreProgress::isComplete);
        assertThat(store().documentCounts(List.of(LARGE + "-again")).join()).containsEntry(LARGE + "-again", 300L);
    }

    @Test
    void abortsARunningSnapshotWhoseIndexCannotBeDeletedMeanwhile() {
        createLargeIndex();
        fixture().slowDown();
        store().createSnapshot(request("slow", LARGE)).join();

        assertThat(refusal(store().deleteIndices(List.of(LARGE))).reason()).isEqualTo(Reason.REPOSITORY_BUSY);
        assertThat(refusal(store().createSnapshot(request("slow", LARGE))).reason())
                .isEqualTo(Reason.NAME_IN_USE);
        store().deleteSnapshot("slow").join();

        assertThat(store().get("slow").join()).isEmpty();
        store().deleteIndices(List.of(LARGE)).join();
    }

    @Test
    void doesNotTakeADamagedSnapshotForAMissingOne() throws IOException {
        fixture().createIndex("contract-orders", 1);
        store().createSnapshot(request("damaged", "contract-orders")).join();
        awaitEnd("damaged");
        Files.delete(description("damaged"));

        assertThat(refusal(store().get("damaged")).reason()).isEqualTo(Reason.REPOSITORY_UNUSABLE);
        assertThat(states("")).containsOnly(Map.entry("damaged", SnapshotState.UNREADABLE));
        assertThat(states("dam")).containsOnly(Map.entry("damaged", SnapshotState.UNREADABLE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsAroundADamagedSnapshot(boolean gone) throws IOException {
        fixture().createIndex("contract-orders", 1);
        for (String name : List.of("first", "second", "third")) {
            store().createSnapshot(request(name, "contract-orders")).join();
            awaitEnd(name);
        }
        Path description = description("second");
        if (gone) {
            Files.delete(description);
        } else {
            Files.writeString(description, "what it never was");
        }

        assertThat(states(""))
                .containsOnly(
                        Map.entry("first", SnapshotState.SUCCESS),
                        Map.entry("second", SnapshotState.UNREADABLE),
                        Map.entry("third", SnapshotState.SUCCESS));
        assertThat(states("t")).containsOnly(Map.entry("third", SnapshotState.SUCCESS));
    }

    /** The file without which a snapshot cannot be read. */
    private Path description(String snapshot) {
        String uuid = store().get(snapshot).join().orElseThrow().uuid();
        return fixture().repositoryFiles().resolve("snap-" + uuid + ".dat");
    }

    private Map<String, SnapshotState> states(String prefix) {
        Map<String, SnapshotState> states = new ConcurrentHashMap<>();
        store().list(List.of(prefix + "*"), info -> states.put(info.name(), info.state()))
                .join();
        return states;
    }

    @Test
    void tellsWhyARestoreWillNotEnd() throws IOException {
        fixture().createIndex("contract-orders", 3);
        store().createSnapshot(request("damaged", "contract-orders")).join();
        awaitEnd("damaged");
        store().deleteIndices(List.of("contract-orders")).join();
        assertThat(store().restoreFailure(List.of("contract-orders")).join()).isEmpty();
        try (Stream<Path> files = Files.walk(fixture().repositoryFiles())) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("__"))
                    .toList()) {
                Files.delete(file);
            }
        }

        store().restore(RestoreRequest.builder("damaged").build()).join();

        assertThat(poll(() -> store().restoreFailure(List.of("contract-orders")), Optional::isPresent))
                .hasValueSatisfying(reason -> assertThat(reason)
                        // A shard that happens to have no document needs no file and is restored.
                        .matches(
                                "shard [01] of the index contract-orders is not restored: .*damaged.*NoSuchFileException.*")
                        .doesNotContain(".java:"));
        assertThat(store().restoreProgress(List.of("contract-orders")).join().isComplete())
                .isFalse();
    }

    /** These distributions have neither ILM nor ISM. */
    @Test
    void lacksEveryPolicyWhereTheEngineKnowsNone() {
        assertThat(store().missingPolicies(List.of("camunda-retention-policy", "another"))
                        .join())
                .containsExactly("another", "camunda-retention-policy");
    }

    @Test
    void tellsUnderWhichOtherNamesThePlaceOfTheRepositoryIsWrittenTo() {
        String place =
                "{\"type\":\"fs\",\"settings\":{\"location\":\"" + fixture().repositoryFiles() + "/\"";
        fixture().call("PUT", "/_snapshot/looking", place + ",\"readonly\":true}}");
        assertThat(store().verifyRepository().join().alsoAs()).isEmpty();
        fixture().call("PUT", "/_snapshot/again", place + ",\"compress\":false}}");
        try {
            assertThat(store().verifyRepository().join().alsoAs()).containsExactly("again");
        } finally {
            fixture().call("DELETE", "/_snapshot/looking", "");
            fixture().call("DELETE", "/_snapshot/again", "");
        }
    }

    @Test
    void tellsThatTheNodesCannotUseTheRepository() throws IOException {
        Path file = Files.createFile(engine.repositories().resolve("no-directory"));
        fixture()
                .call(
                        "PUT",
                        "/_snapshot/unusable?verify=false",
                        "{\"type\":\"fs\",\"settings\":{\"location\":\"" + file + "\"}}");
        try (SnapshotStore unusable = open(engine.uri(), "unusable")) {
            assertThat(refusal(unusable.verifyRepository()).reason()).isEqualTo(Reason.REPOSITORY_UNUSABLE);
        } finally {
            fixture().call("DELETE", "/_snapshot/unusable", "");
        }
    }

    private EngineFixture fixture() {
        return Objects.requireNonNull(fixture);
    }

    private SnapshotStore store() {
        return fixture().store();
    }

    private static SnapshotRequest request(String name, String pattern) {
        return SnapshotRequest.builder(name).index(pattern).build();
    }

    private void createIndexWithoutShards(String name) {
        fixture()
                .call(
                        "PUT",
                        "/" + name + "?wait_for_active_shards=0",
                        "{\"settings\":{\"number_of_shards\":2,\"number_of_replicas\":0,"
                                + "\"index.routing.allocation.require.color\":\"none\"}}");
    }

    // Random, so that it cannot be compressed: about 300 kB.
    private void createLargeIndex() {
        fixture().createIndex(LARGE, 0);
        Random random = new Random(1);
        StringBuilder bulk = new StringBuilder();
        for (int document = 0; document < 300; document++) {
            bulk.append("{\"index\":{}}\n{\"text\":\"");
            random.ints(1000, 'A', 'Z').forEach(letter -> bulk.append((char) letter));
            bulk.append("\"}\n");
        }
        fixture().call("POST", "/" + LARGE + "/_bulk", bulk.toString());
    }

    private SnapshotProgress awaitEnd(String snapshot) {
        return poll(
                () -> store().progress(snapshot).thenApply(found -> found.orElseThrow()),
                progress -> progress.state().isTerminal());
    }

    private static SnapshotStoreException refusal(CompletableFuture<?> future) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(failure).isNotNull();
        assertThat(failure).cause().isInstanceOf(SnapshotStoreException.class);
        return (SnapshotStoreException) Objects.requireNonNull(failure.getCause());
    }

    private static <T> T poll(Supplier<CompletableFuture<T>> question, Predicate<T> enough) {
        T answer = question.get().join();
        for (int attempt = 1; attempt < 1200 && !enough.test(answer); attempt++) {
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                    .join();
            answer = question.get().join();
        }
        assertThat(answer).matches(enough);
        return answer;
    }
}
