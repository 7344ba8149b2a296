package io.github.camundabackup.test.searchengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.atIndex;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.OutcomeUnknownException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stores for Elasticsearch and OpenSearch on answers that their engines have given, and on answers that nobody
 * should give.
 */
class SearchEngineStoreTest extends AbstractSearchEngineStoreTest {
    private static final String REPOSITORY = "GET /_snapshot/camunda";
    private static final String VERIFY = "POST /_snapshot/camunda/_verify";
    private static final String S3_PLACE = "{\"type\":\"s3\",\"settings\":{\"bucket\":\"b\",\"base_path\":\"p\"";
    private static final String STATUS = "GET /_snapshot/camunda/a/_status";
    private static final String DELETE = "DELETE /_snapshot/camunda/a";
    private static final String LIST_ALL = "GET /_snapshot/camunda/_all";

    private static final SnapshotRequest REQUEST =
            SnapshotRequest.builder("a").index("orders*").build();

    // Requests

    @Test
    void asksForASnapshotWithoutGlobalStateAndWithoutWaiting() {
        engine.on(GET, "get-missing").on(INDICES, "indices").on(PUT, "create-accepted");

        await(store.createSnapshot(SnapshotRequest.builder("a")
                .index("orders*")
                .metadata("backupId", "17")
                .build()));

        RecordedRequest put = engine.requests(PUT).get(0);
        assertThat(put.getTarget()).isEqualTo("/_snapshot/camunda/a?wait_for_completion=false");
        assertThat(put.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(body(put))
                .contains("\"indices\":[\"orders*\"]")
                .contains("\"include_global_state\":false")
                .contains("\"partial\":false")
                .contains("\"metadata\":{\"backupId\":\"17\"}");
    }

    @Test
    void asksForARestoreWithoutGlobalStateAndWithoutWaiting() {
        engine.on(RESTORE, "restore-accepted");

        await(store.restore(RestoreRequest.builder("a")
                .index("orders-1")
                .rename("(.+)", "r-$1")
                .build()));

        RecordedRequest post = engine.requests(RESTORE).get(0);
        assertThat(post.getTarget()).endsWith("?wait_for_completion=false");
        assertThat(body(post))
                .contains("\"indices\":[\"orders-1\"]")
                .contains("\"include_global_state\":false")
                .contains("\"include_aliases\":false")
                .contains("\"rename_pattern\":\"(.+)\"")
                .contains("\"rename_replacement\":\"r-$1\"");
    }

    @Test
    void asksForARestoreOfManyIndicesInBodiesThatProxiesLetThrough() {
        engine.on(RESTORE, "restore-accepted");
        List<String> names = IntStream.range(0, 20_000)
                .mapToObj(number -> "optimize-process-instance-an-order-that-has-a-long-name-" + number + "_v8")
                .toList();
        RestoreRequest.Builder request = RestoreRequest.builder("a");
        names.forEach(request::index);

        await(store.restore(request.build()));

        List<String> bodies =
                engine.requests(RESTORE).stream().map(post -> body(post)).toList();
        assertThat(bodies)
                .hasSizeBetween(2, 10)
                .allSatisfy(body -> assertThat(body.length()).isLessThan(512 * 1024));
        assertThat(bodies.stream()
                        .flatMap(body -> Pattern.compile("optimize-process-[^\"]*")
                                .matcher(body)
                                .results())
                        .map(MatchResult::group))
                .containsExactlyElementsOf(names);
    }

    @Test
    void identifiesItselfWithBasicAuthentication() {
        assertThat(authorization(Authentication.basic("user", "secret"))).isEqualTo("Basic dXNlcjpzZWNyZXQ=");
    }

    @Test
    void identifiesItselfWithABearerToken() {
        assertThat(authorization(Authentication.bearer(() -> "token"))).isEqualTo("Bearer token");
    }

    @Test
    void identifiesItselfWithAnApiKey() {
        assertThat(authorization(Authentication.apiKey("a2V5"))).isEqualTo("ApiKey a2V5");
    }

    @Test
    void letsASignerSeeTheBytesThatAreSent() {
        engine.on(RESTORE, "restore-accepted");
        AtomicReference<byte[]> signed = new AtomicReference<>(new byte[0]);
        AtomicReference<URI> signedUri = new AtomicReference<>(URI.create(""));
        SnapshotStore signing = open(Endpoint.builder(engine.uri())
                .header("X-Proxy", "yes")
                .signer((method, uri, headers, body) -> {
                    signed.set(body);
                    signedUri.set(uri);
                    return Map.of("Authorization", "Signature " + method);
                })
                .build());

        await(signing.restore(RestoreRequest.builder("a").index("orders-ü").build()));

        RecordedRequest sent = engine.requests(RESTORE).get(0);
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Signature POST");
        assertThat(sent.getHeaders().get("X-Proxy")).isEqualTo("yes");
        assertThat(signed.get()).isEqualTo(sent.getBody().toByteArray());
        assertThat(signedUri.get()).asString().endsWith(sent.getTarget());
    }

    @Test
    void neverShowsSecrets() {
        engine.on(GET, "unauthenticated");
        SnapshotStore secretive = open(Endpoint.builder(engine.uri())
                .authentication(Authentication.basic("user", "top-secret"))
                .header("X-Token", "hidden-value")
                .build());

        Throwable failure = failure(secretive.get("a"));

        assertThat(secretive + secretive.description() + failure)
                .doesNotContain("top-secret")
                .doesNotContain("hidden-value")
                .doesNotContain("dXNlcjp0b3Atc2VjcmV0");
    }

    @Test
    void sendsNothingForNamesThatCouldReachMoreThanOneThing() {
        List<Runnable> calls = List.of(
                () -> store.get("*"),
                () -> store.get("a,b"),
                () -> store.get("_all"),
                () -> store.get(""),
                () -> store.get(".."),
                () -> store.progress("a*"),
                () -> store.deleteSnapshot("a?"),
                () -> store.deleteSnapshot("a/../b"),
                () -> store.deleteIndices(List.of("_all")),
                () -> store.deleteIndices(List.of("<orders-{now/d}>")),
                () -> store.listIndices(List.of("orders*", "-orders-1")),
                () -> store.list(List.of("a,b"), info -> {}),
                () -> store.restore(RestoreRequest.builder("a*").build()),
                () -> store.restore(RestoreRequest.builder("a").index("orders*").build()),
                () -> store.restoreProgress(List.of("orders*")),
                () -> store.documentCounts(List.of("orders*")),
                () -> store.createSnapshot(
                        SnapshotRequest.builder("a").index("-orders").build()));
        for (Runnable call : calls) {
            assertThatIllegalArgumentException().isThrownBy(call::run);
        }

        assertThat(engine.requestCount()).isZero();
    }

    // Reading answers

    @Test
    void verifiesTheRepository() {
        engine.on(ROOT, "root").on(REPOSITORY, repository("repository")).on(VERIFY, "verify");

        assertThat(await(store.verifyRepository())).satisfies(repository -> {
            assertThat(repository.name()).isEqualTo("camunda");
            assertThat(repository.type()).isEqualTo("fs");
            assertThat(repository.settings()).containsExactly(Map.entry("location", "/repositories"));
            assertThat(repository.verifiedByNodes()).isEqualTo(1);
        });
    }

    @Test
    void tellsUnderWhichOtherNamesThePlaceIsRegistered() {
        engine.on(ROOT, "root")
                .on(REPOSITORY, json(200, "{\"camunda\":" + S3_PLACE + "}}}"))
                .on(VERIFY, "verify")
                .on(
                        "GET /_snapshot",
                        json(
                                200,
                                "{\"camunda\":" + S3_PLACE + "}},\"slm\":" + S3_PLACE
                                        + ",\"chunk_size\":\"1gb\",\"secret_key\":\"x\"}},\"looking\":" + S3_PLACE
                                        + ",\"readonly\":\"true\"}},\"other\":{\"type\":\"s3\",\"settings\":{\"bucket\":\"b\"}}}"));

        assertThat(await(store.verifyRepository()).alsoAs()).containsExactly("slm");
    }

    /** In settings of a plugin's own, which are not known here. */
    @Test
    void placesThatAreNotKnownAreNotTakenForTheSame() {
        String one = "{\"type\":\"swift\",\"settings\":{\"swift_container\":\"a\"}}";
        String other = "{\"type\":\"swift\",\"settings\":{\"swift_container\":\"b\"}}";
        engine.on(ROOT, "root")
                .on(REPOSITORY, json(200, "{\"camunda\":" + one + "}"))
                .on(VERIFY, "verify")
                .on("GET /_snapshot", json(200, "{\"camunda\":" + one + ",\"other\":" + other + "}"));

        assertThat(await(store.verifyRepository()).alsoAs()).isEmpty();
    }

    /** OpenSearch 2.19.6, after another repository at the same place was written to. */
    @Test
    void saysThatSomethingElseWritesToTheRepository() {
        engine.on(
                "GET /_snapshot/camunda/a",
                json(
                        500,
                        "{\"error\":{\"type\":\"repository_exception\",\"reason\":\"[camunda] Could not read repository data"
                                + " because the contents of the repository do not match its expected state.\"},\"status\":500}"));

        assertThat(assertRefused(store.get("a"), Reason.REPOSITORY_UNUSABLE))
                .hasMessageContaining("do not match its expected state")
                .hasMessageContaining("Something else writes to the same place");
    }

    /** Elasticsearch 8.19.21, in the same case. */
    @Test
    void aReasonThatSaysNothingIsFollowedByItsCause() {
        engine.on(
                "GET /_snapshot/camunda/a",
                json(
                        500,
                        "{\"error\":{\"type\":\"repository_exception\",\"reason\":\"[camunda] cannot retrieve snapshots list\","
                                + "\"caused_by\":{\"type\":\"repository_exception\",\"reason\":\"[camunda] Could not read repository"
                                + " data because the contents do not match its expected state.\"}},\"status\":500}"));

        assertThat(assertRefused(store.get("a"), Reason.REPOSITORY_UNUSABLE))
                .hasMessageContaining("cannot retrieve snapshots list: [camunda] Could not read repository data")
                .hasMessageContaining("Something else writes to the same place");
    }

    /** Elasticsearch 8.19.21, of two nodes. */
    @Test
    void whatANodeSaysThatDoesNotReachTheRepositoryIsSaid() {
        String node = "[camunda] [[L-Vkzp3dT6q, 'org.elasticsearch.transport.RemoteTransportException:"
                + " [two][127.0.0.1:20520][internal:admin/repository/verify]']]";
        String why =
                "[camunda] location [/repositories/camunda] doesn't match any of the locations specified by path.repo";
        engine.on(ROOT, "root").on(REPOSITORY, repository("repository")).on(VERIFY, json(500, """
                        {"error":{"type":"repository_verification_exception","reason":"%s","suppressed":[{"type":"repository_exception",
                         "reason":"[camunda] repository type [fs] failed to create on current node","caused_by":
                         {"type":"repository_exception","reason":"[camunda] failed to create repository","caused_by":
                         {"type":"repository_exception","reason":"%s"}}}]},"status":500}""".formatted(
                        node, why)));

        assertThat(assertRefused(store.verifyRepository(), Reason.REPOSITORY_UNUSABLE))
                .hasMessageContaining("[two]")
                .hasMessageContaining(why)
                .hasMessageContaining("every node reaches it");
    }

    @Test
    void leavesSettingsOfTheRepositoryOutThatCouldBeSecret() {
        engine.on(ROOT, "root").on(REPOSITORY, json(200, """
                                {"camunda":{"type":"s3","settings":{"bucket":"b","base_path":"p","access_key":"AKIA","secret_key":"x",\
                                "custom_token":"t","endpoint":"https://user:pass@s3"}}}""")).on(VERIFY, "verify");

        assertThat(await(store.verifyRepository()).settings())
                .containsOnly(Map.entry("bucket", "b"), Map.entry("base_path", "p"));
    }

    @Test
    void refusesAReadOnlyRepositoryThatTheEngineVerifies() {
        engine.on(ROOT, "root")
                .on(REPOSITORY, json(200, text("repository-read-only").replace("\"ro\":", "\"camunda\":")))
                .on(VERIFY, "verify");

        assertRefused(store.verifyRepository(), Reason.REPOSITORY_READ_ONLY);
    }

    @Test
    void tellsThatNodesCannotWriteTheRepository() {
        engine.on(ROOT, "root").on(REPOSITORY, repository("repository")).on(VERIFY, "verify-unusable");

        assertThat(assertRefused(store.verifyRepository(), Reason.REPOSITORY_UNUSABLE))
                .hasMessageContaining("is not accessible on")
                .hasMessageContaining("Check the repository's storage");
    }

    @Test
    void readsASnapshot() {
        engine.on("GET /_snapshot/camunda/camunda_zeebe_records_backup_100", "get");

        SnapshotInfo info = await(store.get("camunda_zeebe_records_backup_100")).orElseThrow();

        assertThat(info.state()).isEqualTo(SnapshotState.SUCCESS);
        assertThat(info.uuid()).isNotEmpty();
        assertThat(info.engineVersion()).isNotEmpty();
        assertThat(info.indices()).hasSize(8);
        assertThat(info.shardsTotal()).isEqualTo(14);
        assertThat(info.startTime()).isPresent();
        assertThat(info.endTime()).isPresent();
    }

    @Test
    void knowsNoEndOfASnapshotThatRuns() {
        engine.on("GET /_snapshot/camunda/async_1", "get-in-progress")
                .on("GET /_snapshot/camunda/async_1/_status", "status-in-progress");

        SnapshotInfo info = await(store.get("async_1")).orElseThrow();
        SnapshotProgress progress = await(store.progress("async_1")).orElseThrow();

        assertThat(info.state()).isEqualTo(SnapshotState.IN_PROGRESS);
        assertThat(info.endTime()).isEmpty();
        assertThat(progress.state()).isEqualTo(SnapshotState.IN_PROGRESS);
        assertThat(progress.shardsTotal()).isBetween(34, 35);
        assertThat(progress.shardsDone()).isZero();
    }

    @Test
    void doesNotTakeAPartialSnapshotForASuccess() {
        engine.on("GET /_snapshot/camunda/partial", "get-partial")
                .on("GET /_snapshot/camunda/partial/_status", "status-partial");

        SnapshotProgress progress = await(store.progress("partial")).orElseThrow();

        assertThat(progress.state()).isEqualTo(SnapshotState.PARTIAL);
        assertThat(progress.shardsDone()).isEqualTo(1);
        assertThat(progress.shardsFailed()).isEqualTo(1);
        SnapshotInfo info = await(store.get("partial")).orElseThrow();
        assertThat(info.failures()).containsExactly("lost-1[0]: primary shard is not allocated");
        assertThat(info.failuresPass()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, true", "1, 1, false", "6, 0, true", "6, 1, false"})
    void failuresPassOnlyIfAllOfThemAreKnownAndDo(int moved, int unknown, boolean pass) {
        String reason = """
                {"index":"a","shard_id":0,"reason":"IndexShardSnapshotFailedException[cannot snapshot while relocating]"}""";
        engine.on(GET, json(200, """
                        {"snapshots":[{"snapshot":"a","state":"PARTIAL","failures":[%s],
                         "shards":{"total":9,"failed":%d,"successful":2}}]}""".formatted(String.join(",", Collections.nCopies(moved, reason)), moved + unknown)));

        assertThat(await(store.get("a")).orElseThrow().failuresPass()).isEqualTo(pass);
    }

    @Test
    void tellsTheEndOfASnapshotEvenIfItsBytesCannotBeRead() {
        engine.on("GET /_snapshot/camunda/partial", "get-partial")
                .on(
                        "GET /_snapshot/camunda/partial/_status",
                        json(500, "{\"error\":{\"type\":\"x\",\"reason\":\"y\"}}"));

        assertThat(await(store.progress("partial")))
                .contains(new SnapshotProgress(SnapshotState.PARTIAL, 1, 1, 2, 0, 0));
    }

    @Test
    void takesAStateThatItDoesNotKnowForNoEnd() {
        engine.on(GET, json(200, "{\"snapshots\":[{\"snapshot\":\"a\",\"state\":\"SHINY\"}]}"))
                .on(STATUS, json(200, "{\"snapshots\":[{}]}"));

        assertThat(await(store.progress("a")).orElseThrow().state()).isEqualTo(SnapshotState.UNKNOWN);
    }

    @Test
    void listsFromAStream() {
        engine.on("GET /_snapshot/camunda/s%2A", "list");

        assertThat(list("s")).singleElement().satisfies(info -> {
            assertThat(info.name()).isEqualTo("s1");
            assertThat(info.metadata())
                    .containsOnly(Map.entry("k", "v"), Map.entry("n", "1"), Map.entry("o", "{\"x\":1}"));
        });
        assertThat(engine.requests("GET /_snapshot/camunda/s%2A").get(0).getTarget())
                .contains("filter_path=-snapshots.indices");
    }

    @Test
    void findsAnEmptyRepositoryEmpty() {
        engine.on(LIST, "list-empty").on(LIST_ALL, "list-empty-all");

        assertThat(list("a")).isEmpty();
        assertThat(list("")).isEmpty();
    }

    @Test
    void findsAnEmptyRepositoryEmptyWhateverTheVersion() {
        // As Elasticsearch 8.13.4 answered.
        engine.on(
                        LIST,
                        json(
                                404,
                                "{\"error\":{\"type\":\"snapshot_missing_exception\",\"reason\":\"[camunda:a*] is missing\"},\"status\":404}"))
                .on(LIST_ALL, json(200, "{\"total\":0,\"remaining\":0}"));

        assertThat(list("a")).isEmpty();
        assertThat(list("")).isEmpty();
    }

    @Test
    void readsTheRefusalInsideASuccess() {
        // As Elasticsearch 8.13.4 answered, with and without the filter.
        String failures = "\"failures\":{\"camunda\":{\"type\":\"repository_missing_exception\",\"reason\":"
                + "\"[camunda] missing\"}},\"total\":0,\"remaining\":0}";
        engine.on(LIST, json(200, "{" + failures)).on(GET, json(200, "{\"snapshots\":[]," + failures));

        assertThat(List.of(failure(store.list(List.of("a*"), info -> {})), failure(store.get("a"))))
                .allSatisfy(error -> assertThat(error)
                        .isInstanceOf(SnapshotStoreException.class)
                        .hasMessageContaining("[camunda] missing")
                        .extracting(refusal -> ((SnapshotStoreException) refusal).reason())
                        .isEqualTo(Reason.REPOSITORY_MISSING));
    }

    @Test
    void aDamagedSnapshotHidesNoOther() {
        engine.on(
                "GET /_snapshot/camunda/camunda_%2A",
                "list-damaged", "list-damaged-names", "list-damaged-rest", "list-damaged-names");

        assertThat(list("camunda_"))
                .extracting(SnapshotInfo::name, SnapshotInfo::state)
                .containsExactly(
                        tuple("camunda_zeebe_records_backup_200", SnapshotState.SUCCESS),
                        tuple("camunda_zeebe_records_backup_100", SnapshotState.UNREADABLE));
        assertThat(engine.requests("GET /_snapshot/camunda/camunda_%2A"))
                .extracting(RecordedRequest::getTarget)
                .satisfies(plain -> assertThat(plain).doesNotContain("verbose", "ignore_unavailable"), atIndex(0))
                .satisfies(names -> assertThat(names).contains("verbose=false"), atIndex(1))
                .satisfies(rest -> assertThat(rest).contains("ignore_unavailable=true"), atIndex(2));
    }

    @Test
    void aBrokenSnapshotHidesNoOther() {
        engine.on(
                "GET /_snapshot/camunda/camunda_%2A",
                "get-corrupt", "list-damaged-names", "list-damaged-rest", "list-damaged-names");

        assertThat(list("camunda_"))
                .extracting(SnapshotInfo::state)
                .containsExactly(SnapshotState.SUCCESS, SnapshotState.UNREADABLE);
    }

    @Test
    void aSnapshotThatIsDeletedWhileItIsListedIsNotUnreadable() {
        engine.on(
                "GET /_snapshot/camunda/camunda_%2A",
                "list-damaged", "list-damaged-names", "list-damaged-rest", "list-damaged-rest");

        assertThat(list("camunda_")).extracting(SnapshotInfo::name).containsExactly("camunda_zeebe_records_backup_200");
    }

    /** An engine with a slow storage reads all of them before it sends the first byte. */
    @Test
    void asksForPortionsOfWhatTheEngineReadsForTooLong() {
        List<String> names =
                Stream.of("a1", "a2", "a3").map(name -> name + "x".repeat(1000)).toList();
        MockResponse late =
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build();
        engine.on(LIST, late, snapshots(names), snapshots(names))
                .on("GET /_snapshot/camunda/" + names.get(0) + "%2C" + names.get(1), snapshots(names.subList(0, 1)))
                .on("GET /_snapshot/camunda/" + names.get(2), snapshots(names.subList(2, 3)));
        List<SnapshotInfo> found = Collections.synchronizedList(new ArrayList<>());

        await(open(Endpoint.builder(engine.uri())
                        .requestTimeout(Duration.ofMillis(100))
                        .build())
                .list(List.of("a*"), found::add));

        assertThat(found)
                .extracting(SnapshotInfo::name, SnapshotInfo::state)
                .containsExactly(
                        tuple(names.get(0), SnapshotState.SUCCESS),
                        tuple(names.get(2), SnapshotState.SUCCESS),
                        tuple(names.get(1), SnapshotState.UNREADABLE));
    }

    private static MockResponse snapshots(List<String> names) {
        return json(
                200,
                names.stream()
                        .map(name -> "{\"snapshot\":\"" + name + "\",\"state\":\"SUCCESS\"}")
                        .collect(Collectors.joining(",", "{\"snapshots\":[", "]}")));
    }

    @Test
    void verifiesASnapshotByItsShards() {
        engine.on(STATUS, "status-whole", "status-damaged", "get-corrupt", "get-missing", "forbidden", "status-whole");

        await(store.verifySnapshot("a"));
        assertThat(assertRefused(store.verifySnapshot("a"), Reason.REPOSITORY_UNUSABLE))
                .hasMessageContainingAll("the snapshot a", "is missing");
        assertThat(assertRefused(store.verifySnapshot("a"), Reason.REPOSITORY_UNUSABLE))
                .hasMessageContaining("failed to get snapshot");
        assertRefused(store.verifySnapshot("a"), Reason.REPOSITORY_UNUSABLE);
        assertRefused(store.verifySnapshot("a"), Reason.FORBIDDEN);
        await(store.verifySnapshot("a"));
    }

    @Test
    void doesNotTakeADamagedRepositoryForAnEmptyOne() {
        engine.on(LIST, "list-damaged").on(LIST_ALL, "list-damaged").on(GET, "get-damaged");

        assertRefused(store.list(List.of("a*"), info -> {}), Reason.REPOSITORY_UNUSABLE);
        assertRefused(store.list(List.of("*"), info -> {}), Reason.REPOSITORY_UNUSABLE);
        assertRefused(store.get("a"), Reason.REPOSITORY_UNUSABLE);
    }

    @Test
    void readsIndicesAndLeavesThoseOutThatOnlyAnAliasMatches() {
        engine.on(INDICES, "indices").on("GET /_cat/indices/zorders%2A", "indices");

        assertThat(await(store.listIndices(List.of("orders*"))))
                .containsExactly(
                        new IndexInfo("orders-1", true, 1, 0, 1, 0, Optional.empty()),
                        new IndexInfo("orders-2", false, 0, 0, 1, 0, Optional.empty()));
        assertThat(await(store.listIndices(List.of("zorders")))).isEmpty();
    }

    @Test
    void countsWhatIsMissingAsNotRestored() {
        engine.on("GET /_cluster/health/r-orders-1%2Cnosuch", "health-missing")
                .on("GET /r-orders-1%2Cnosuch/_recovery", "recovery");

        RestoreProgress progress = await(store.restoreProgress(List.of("r-orders-1", "nosuch")));

        assertThat(progress.shardsDone()).isEqualTo(1);
        assertThat(progress.shardsTotal()).isEqualTo(1);
        assertThat(progress.indicesMissing()).isEqualTo(1);
        assertThat(progress.bytesDone()).isBetween(3500L, 3600L).isEqualTo(progress.bytesTotal());
    }

    @Test
    void countsOnlyWhatCanBeSearchedInFull() {
        String started = "{\"number_of_shards\":1,\"active_primary_shards\":1}";
        String starting = "{\"number_of_shards\":1,\"active_primary_shards\":0}";
        engine.on(
                        "GET /_cluster/health/whole%2Cclosed%2Cmissing%2Cgone%2Clost%2Chalf%2Cstarting",
                        json(
                                408,
                                "{\"status\":\"red\",\"indices\":{\"whole\":" + started + ",\"closed\":" + started
                                        + ",\"gone\":"
                                        + started + ",\"lost\":" + started + ",\"half\":" + started + ",\"starting\":"
                                        + starting
                                        + "}}"))
                .on("POST /whole%2Cclosed%2Cgone%2Clost%2Chalf/_refresh", "refresh")
                .on("GET /whole/_count", "count")
                .on("GET /closed/_count", "count-closed")
                .on("GET /gone/_count", "count-missing")
                .on("GET /lost/_count", "count-lost")
                .on(
                        "GET /half/_count",
                        json(200, "{\"count\":1,\"_shards\":{\"total\":2,\"successful\":1,\"failed\":1}}"));

        assertThat(await(store.documentCounts(
                        List.of("whole", "closed", "missing", "gone", "lost", "half", "starting"))))
                .containsOnly(Map.entry("whole", 1L));
    }

    // Refusals

    @ParameterizedTest
    @CsvSource({
        "create-repository-missing, REPOSITORY_MISSING, Register the repository",
        "create-name-in-use, NAME_IN_USE, higher backup id",
        "create-name-running, NAME_IN_USE, already in-progress",
        "create-name-invalid, NAME_INVALID, must not contain whitespace",
        "create-index-missing, NO_MATCHING_INDEX, no-such-index",
        "create-read-only, REPOSITORY_READ_ONLY, readonly",
        "create-lost-primary, OTHER, [lost-1]",
        "busy-repository, REPOSITORY_BUSY, try again",
        "unauthenticated, UNAUTHENTICATED, credentials",
        "forbidden, FORBIDDEN, cluster:admin/snapshot/create",
    })
    void translatesRefusalsOfASnapshot(String recording, Reason reason, String words) {
        engine.on(GET, "get-missing").on(INDICES, "indices").on(PUT, recording);

        assertThat(assertRefused(store.createSnapshot(REQUEST), reason))
                .hasMessageContaining("Could not take the snapshot a")
                .hasMessageContaining(words);
        assertThat(engine.requests(PUT)).hasSize(1);
        assertThat(engine.requests(GET)).as("a clear refusal needs no settling").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "restore-missing, SNAPSHOT_MISSING",
        "restore-repository-missing, REPOSITORY_MISSING",
        "restore-in-the-way, INDEX_IN_THE_WAY",
        "restore-incomplete, OTHER",
        "busy-repository, REPOSITORY_BUSY",
        "unauthenticated, UNAUTHENTICATED",
        "forbidden, FORBIDDEN",
    })
    void translatesRefusalsOfARestore(String recording, Reason reason) {
        engine.on(RESTORE, recording);

        assertRefused(store.restore(RestoreRequest.builder("a").build()), reason);
        assertThat(engine.requestCount()).isEqualTo(1);
    }

    /** The engines answer so when a disk is too full (429), or when an index is read-only (403). */
    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void tellsABlockFromAMissingPrivilegeAndFromAnOverload(int status) {
        engine.on(RESTORE, json(status, """
                {"error":{"type":"cluster_block_exception",
                 "reason":"index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark];"}}"""));

        assertThat(assertRefused(store.restore(RestoreRequest.builder("a").build()), Reason.BLOCKED))
                .hasMessageContaining("flood-stage")
                .hasMessageContaining("index.blocks")
                .hasMessageNotContaining("credentials");
    }

    /** What OpenSearch 2.19.6 answers while every disk is too full. */
    @Test
    void newIndicesThatAreBlockedAreNoMissingPrivilege() {
        engine.on(RESTORE, json(403, """
                {"error":{"type":"index_create_block_exception",
                 "reason":"blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];"},"status":403}"""));

        assertRefused(store.restore(RestoreRequest.builder("a").build()), Reason.BLOCKED);
    }

    /** An engine without an elected node uses the type of blocks, too. */
    @Test
    void aClusterThatStartsIsNotBlocked() {
        engine.on(RESTORE, json(503, """
                {"error":{"type":"cluster_block_exception",
                 "reason":"blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];"},"status":503}"""));

        assertThat(catchThrowable(
                        () -> store.restore(RestoreRequest.builder("a").build()).join()))
                .hasMessageContaining("refused with status 503")
                .hasMessageNotContaining("index.blocks");
    }

    @Test
    void anOverloadIsNoRefusal() {
        engine.on(RESTORE, json(429, """
                {"error":{"type":"circuit_breaking_exception","reason":"Data too large"}}"""));

        assertThat(catchThrowable(
                        () -> store.restore(RestoreRequest.builder("a").build()).join()))
                .cause()
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        rejected -> assertThat(rejected.status()).isEqualTo(429))
                .hasMessageContaining("overloaded");
    }

    @Test
    void namesThePrivilegeToGrant() {
        engine.on(GET, "get-missing").on(INDICES, "indices").on(PUT, "forbidden");

        assertThat(assertRefused(store.createSnapshot(REQUEST), Reason.FORBIDDEN))
                .hasMessageContaining("Grant the ")
                .hasMessageContaining("snapshot");
    }

    @Test
    void tellsAMissingRepositoryFromAMissingSnapshot() {
        engine.on(ROOT, "root")
                .on(REPOSITORY, "repository-missing")
                .on(GET, "list-repository-missing")
                .on(LIST, "list-repository-missing")
                .on(LIST_ALL, "list-repository-missing")
                .on(DELETE, "list-repository-missing");

        assertRefused(store.verifyRepository(), Reason.REPOSITORY_MISSING);
        assertRefused(store.get("a"), Reason.REPOSITORY_MISSING);
        assertRefused(store.progress("a"), Reason.REPOSITORY_MISSING);
        assertRefused(store.list(List.of("a*"), info -> {}), Reason.REPOSITORY_MISSING);
        assertRefused(store.list(List.of("*"), info -> {}), Reason.REPOSITORY_MISSING);
        assertRefused(store.deleteSnapshot("a"), Reason.REPOSITORY_MISSING);
    }

    @Test
    void deletesWhatIsThereAndWhatIsNot() {
        engine.on(DELETE, "delete", "delete-missing");

        await(store.deleteSnapshot("a"));
        await(store.deleteSnapshot("a"));
    }

    @Test
    void tellsThatAnIndexIsBeingSnapshotted() {
        engine.on("DELETE /big-1", "busy-index");

        assertRefused(store.deleteIndices(List.of("big-1")), Reason.REPOSITORY_BUSY);
    }

    @Test
    void takesNoSnapshotOfNothing() {
        engine.on(GET, "get-missing").on(INDICES, "indices-none").on(PUT, "create-accepted");

        assertRefused(store.createSnapshot(REQUEST), Reason.NO_MATCHING_INDEX);

        assertThat(engine.requests(PUT)).isEmpty();
    }

    // Lost answers

    @Test
    void findsOutThatALostSnapshotWasAccepted() {
        engine.on(GET, Recording.response("get-missing"), snapshot("{\"backupId\":\"17\"}"))
                .on(INDICES, "indices")
                .on(PUT, cut());

        await(store.createSnapshot(SnapshotRequest.builder("a")
                .index("orders*")
                .metadata("backupId", "17")
                .build()));

        assertThat(engine.requests(PUT)).as("never a second PUT").hasSize(1);
    }

    @Test
    void findsOutThatALostSnapshotIsSomebodyElses() {
        engine.on(GET, Recording.response("get-missing"), snapshot("{\"backupId\":\"18\"}"))
                .on(INDICES, "indices")
                .on(PUT, cut());

        assertRefused(
                store.createSnapshot(SnapshotRequest.builder("a")
                        .index("orders*")
                        .metadata("backupId", "17")
                        .build()),
                Reason.NAME_IN_USE);
    }

    @Test
    void waitsForALostSnapshotToShowBeforeItGivesUp() {
        engine.on(
                        GET,
                        Recording.response("get-missing"),
                        Recording.response("get-missing"),
                        Recording.response("get-missing"),
                        snapshot("{}"))
                .on(INDICES, "indices")
                .on(PUT, json(504, "<html><title>Gateway Timeout</title></html>"));

        await(store.createSnapshot(REQUEST));

        assertThat(engine.requests(PUT)).hasSize(1);
    }

    @Test
    void failsWithTheOriginalErrorIfALostSnapshotNeverShows() {
        engine.on(GET, "get-missing").on(INDICES, "indices").on(PUT, cut());

        assertThat(failure(store.createSnapshot(REQUEST))).isInstanceOf(UnreachableException.class);
        assertThat(engine.requests(PUT)).hasSize(1);
        assertThat(time.elapsed()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void tellsThatTheOutcomeIsUnknownIfAskingFailsToo() {
        engine.on(GET, Recording.response("get-missing"), cut())
                .on(INDICES, "indices")
                .on(PUT, cut());

        assertThat(failure(store.createSnapshot(REQUEST)))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("Could not take the snapshot a")
                .hasMessageContaining("Could not read the snapshot a");
        assertThat(engine.requests(PUT)).hasSize(1);
    }

    @Test
    void settlesALostDeletion() {
        engine.on(DELETE, cut()).on(GET, snapshot("{}"), Recording.response("get-missing"));

        await(store.deleteSnapshot("a"));

        assertThat(engine.requests(DELETE)).hasSize(1);
    }

    @Test
    void settlesALostDeletionOfIndices() {
        engine.on("DELETE /orders-1", cut())
                .on("GET /_cat/indices/orders-1%2A", Recording.response("indices"), Recording.response("indices-none"));

        await(store.deleteIndices(List.of("orders-1")));

        assertThat(engine.requests("DELETE /orders-1")).hasSize(1);
    }

    @Test
    void settlesALostRestore() {
        engine.on("POST /_snapshot/camunda/s1/_restore", cut())
                .on("GET /r-orders-1/_recovery", "recovery-none", "recovery");

        await(store.restore(RestoreRequest.builder("s1")
                .index("orders-1")
                .rename("(.+)", "r-$1")
                .build()));

        assertThat(engine.requests("POST /_snapshot/camunda/s1/_restore")).hasSize(1);
    }

    @Test
    void failsALostRestoreThatNeverBegins() {
        engine.on(RESTORE, cut()).on("GET /orders-1/_recovery", "recovery");

        assertThat(failure(store.restore(
                        RestoreRequest.builder("a").index("orders-1").build())))
                .as("the recovery there is from another snapshot")
                .isInstanceOf(UnreachableException.class);
    }

    @Test
    void doesNotBelieveAnAnswerThatDoesNotSayAccepted() {
        engine.on(GET, "get-missing").on(INDICES, "indices").on(PUT, json(200, "{}"));

        assertThat(failure(store.createSnapshot(REQUEST)))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("does not say that the request was accepted");
    }

    // Answers that nobody should give

    @Test
    void repeatsAReadWhoseConnectionBroke() {
        engine.on(GET, cut(), Recording.response("get-missing"));

        assertThat(await(store.get("a"))).isEmpty();
    }

    @Test
    void givesUpOnABodyThatNeverEnds() {
        engine.on(
                GET,
                new MockResponse.Builder()
                        .body(" ".repeat(10_000))
                        .throttleBody(10, 1, TimeUnit.SECONDS)
                        .build());
        SnapshotStore impatient = open(Endpoint.builder(engine.uri())
                .requestTimeout(Duration.ofMillis(300))
                .build());

        assertThat(failure(impatient.get("a"))).isInstanceOf(RequestTimedOutException.class);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        engine.on(GET, json(200, " ".repeat(17 * 1024 * 1024) + "{}"));

        assertThat(failure(store.get("a")))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("more than");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"snapshots\":[{\"snapshot\":\"a\",\"sta | no complete JSON",
                "{\"snapshots\":[]}                       | does not describe the snapshot a",
                "{\"snapshots\":[{\"snapshot\":\"b\",\"state\":\"SUCCESS\"}]} | does not describe the snapshot a",
                "[]                                       | does not describe the snapshot a",
                "nonsense                                 | no complete JSON",
                "<html><title>Sign in</title></html>      | titled \"Sign in\"",
            })
    void refusesNonsense(String body, String words) {
        engine.on(GET, json(200, body));

        assertThat(failure(store.get("a")))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"snapshots\":[{\"snapshot\":\"a\",\"state\":\"SUCCESS\"},{\"snap",
                "{\"other\":[]}",
                "[]",
                "<html><title>Sign in</title></html>",
            })
    void neverTakesNonsenseForAnEmptyListing(String body) {
        engine.on(LIST, json(200, body));

        assertThat(failure(store.list(List.of("a*"), info -> {}))).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void refusesAnElementOfAListingThatIsNoSnapshot() {
        engine.on(LIST, json(200, "{\"snapshots\":[{\"name\":\"a\"}]}"));

        assertThat(failure(store.list(List.of("a*"), info -> {}))).hasMessageContaining("without its name and state");
    }

    @Test
    void tellsAProxysRefusalFromTheEnginesOwn() {
        engine.on(GET, json(404, "<html><title>Not Found</title></html>"));

        assertThat(failure(store.get("a")))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("check the URI");
    }

    @Test
    void handsNothingOverAfterTheListingHasFailed() {
        String elements = String.join(
                ",",
                IntStream.range(0, 1000)
                        .mapToObj(i -> "{\"snapshot\":\"a" + i + "\",\"state\":\"SUCCESS\"}")
                        .toList());
        engine.on(LIST, json(200, "{\"snapshots\":[" + elements + "]}"));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());

        Throwable failure = failure(store.list(List.of("a*"), info -> {
            seen.add(info.name());
            if (seen.size() == 10) {
                throw new AssertionError("enough");
            }
        }));

        assertThat(failure).isInstanceOf(AssertionError.class).hasMessage("enough");
        assertThat(seen).hasSize(10);
    }

    @Test
    void refusesToWorkAfterItWasClosed() {
        store.close();

        assertThat(failure(store.get("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private String authorization(Authentication authentication) {
        engine.on(GET, "get-missing");
        await(open(Endpoint.builder(engine.uri()).authentication(authentication).build())
                .get("a"));
        return String.valueOf(engine.requests(GET).get(0).getHeaders().get("Authorization"));
    }

    private List<SnapshotInfo> list(String prefix) {
        List<SnapshotInfo> found = Collections.synchronizedList(new ArrayList<>());
        await(store.list(List.of(prefix + "*"), found::add));
        return found;
    }

    private static MockResponse repository(String recording) {
        return json(200, text(recording).replace("camunda_backup", "camunda"));
    }

    private static String text(String recording) {
        return Recording.body(recording);
    }

    private static MockResponse snapshot(String metadata) {
        return json(
                200, "{\"snapshots\":[{\"snapshot\":\"a\",\"state\":\"IN_PROGRESS\",\"metadata\":" + metadata + "}]}");
    }

    private static MockResponse cut() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    private static SnapshotStoreException assertRefused(CompletableFuture<?> future, Reason reason) {
        Throwable failure = failure(future);
        assertThat(failure).isInstanceOf(SnapshotStoreException.class);
        SnapshotStoreException refusal = (SnapshotStoreException) failure;
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        return refusal;
    }
}
