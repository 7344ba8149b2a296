package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the recordings do not show of the snapshot API: restores, documents, paging. */
class SearchEngineTest {
    private static final String REPOSITORY = "/_snapshot/camunda_backup/";

    private final VirtualTime time = VirtualTime.create();
    private final Web web = new Web();
    private SimulatedCluster cluster = start(SearchEngine.ELASTICSEARCH);

    private SimulatedCluster start(SearchEngine engine) {
        return SimulatedCluster.builder()
                .engine(engine)
                .time(time)
                .duration(Duration.ofSeconds(10))
                .restoreDuration(Duration.ofSeconds(5))
                .build();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Web.Answer get(String path) {
        return web.get(cluster.searchEngineUri(), path);
    }

    private Web.Answer put(String path, String json) {
        return web.put(cluster.searchEngineUri(), path, json);
    }

    private Web.Answer post(String path, String json) {
        return web.post(cluster.searchEngineUri(), path, json);
    }

    private Web.Answer delete(String path) {
        return web.delete(cluster.searchEngineUri(), path);
    }

    private void pass(int seconds) {
        time.delay(Duration.ofSeconds(seconds)).join();
    }

    private List<String> snapshots(String path) {
        return get(path).json().path("snapshots").findValuesAsText("snapshot");
    }

    private void document(String index, String id) {
        put("/" + index + "/_doc/" + id, "{\"text\":\"" + id + "\"}");
    }

    @Test
    void aSnapshotKeepsTheDocumentsAndTheRestoreBringsThemBack() {
        document("mine", "1");
        document("mine", "2");
        put(REPOSITORY + "s", "{\"indices\":\"mine\",\"metadata\":{\"who\":\"me\"},\"include_global_state\":false}");
        pass(10);
        document("mine", "3");
        delete("/mine");
        assertThat(get("/mine/_count").status()).isEqualTo(404);

        assertThat(post(REPOSITORY + "s/_restore", "{\"include_global_state\":false}")
                        .json()
                        .path("accepted")
                        .asBoolean())
                .isTrue();
        assertThat(get("/mine/_count").json().path("count").asInt()).isEqualTo(2);
        JsonNode snapshot = get(REPOSITORY + "s").json().path("snapshots").get(0);
        assertThat(snapshot.at("/metadata/who").asText()).isEqualTo("me");
        assertThat(snapshot.path("include_global_state").asBoolean()).isFalse();
    }

    @Test
    void aRestoreTakesItsTime() {
        document("mine", "1");
        put(REPOSITORY + "s", "{\"indices\":\"mine\"}");
        pass(10);
        post(REPOSITORY + "s/_restore", "{\"rename_pattern\":\"(.+)\",\"rename_replacement\":\"r_$1\"}");

        assertThat(get("/_recovery").json().at("/r_mine/shards/0/stage").asText())
                .isEqualTo("INDEX");
        assertThat(get("/_cat/shards/r_mine?format=json").json().at("/0/state").asText())
                .isEqualTo("INITIALIZING");
        assertThat(get("/_cluster/health/r_mine").json().path("status").asText())
                .isEqualTo("red");

        pass(5);
        assertThat(get("/r_mine/_recovery").json().at("/r_mine/shards/0/stage").asText())
                .isEqualTo("DONE");
        assertThat(get("/_cat/shards/r_mine?format=json&h=index,state").json().get(0))
                .hasToString("{\"index\":\"r_mine\",\"state\":\"STARTED\"}");
        assertThat(get("/_cluster/health/r_mine?level=indices")
                        .json()
                        .at("/indices/r_mine/status")
                        .asText())
                .isEqualTo("green");
    }

    @Test
    void onlyWhatIsCompleteCanBeRestored() {
        put(REPOSITORY + "s", "{\"indices\":\"zeebe-record*\"}");

        assertThat(post(REPOSITORY + "s/_restore", "{}").body()).contains("unsupported snapshot state [IN_PROGRESS]");
    }

    @Test
    void progressIsSeenShardByShard() {
        put(REPOSITORY + "s", "{\"indices\":\"zeebe-record*\"}");
        pass(5);

        JsonNode status = get(REPOSITORY + "s/_status").json().path("snapshots").get(0);
        assertThat(status.path("state").asText()).isEqualTo("STARTED");
        assertThat(status.at("/shards_stats/done").asInt()).isEqualTo(4);
        assertThat(status.at("/shards_stats/total").asInt()).isEqualTo(8);
        assertThat(status.at("/stats/processed/size_in_bytes").asLong())
                .isPositive()
                .isLessThan(status.at("/stats/total/size_in_bytes").asLong());
    }

    @Test
    void elasticsearchPagesItsListings() {
        for (int i = 1; i <= 5; i++) {
            put(REPOSITORY + "s" + i, "{\"indices\":\"tasklist-*\"}");
            pass(1);
        }
        put(REPOSITORY + "other", "{\"indices\":\"tasklist-*\"}");

        List<String> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = get(REPOSITORY + "s*?size=2&sort=name" + (after.isEmpty() ? "" : "&after=" + after))
                    .json();
            all.addAll(page.path("snapshots").findValuesAsText("snapshot"));
            after = page.path("next").asText();
        } while (!after.isEmpty());
        assertThat(all).containsExactly("s1", "s2", "s3", "s4", "s5");
        assertThat(snapshots(REPOSITORY + "*?sort=start_time&order=desc&size=2"))
                .containsExactly("other", "s5");
        assertThat(snapshots(REPOSITORY + "*?sort=name&from_sort_value=s4")).containsExactly("s4", "s5");
        assertThat(snapshots(REPOSITORY + "*,-s*")).containsExactly("other");
        assertThat(snapshots(REPOSITORY + "s1,s3")).containsExactly("s1", "s3");
        assertThat(get(REPOSITORY + "s*?size=2").json().path("remaining").asInt())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(SearchEngine.class)
    void aPatternThatMatchesNothingIsAnErrorOnOpenSearchOnly(SearchEngine engine) {
        cluster.close();
        cluster = start(engine);

        assertThat(get(REPOSITORY + "x*").status()).isEqualTo(engine == SearchEngine.ELASTICSEARCH ? 200 : 404);
        assertThat(get(REPOSITORY + "x*?ignore_unavailable=true").status()).isEqualTo(200);
        assertThat(get("/_snapshot/nosuch/x*").status()).isEqualTo(404);
    }

    @Test
    void indicesAreListedWithTheirDocuments() {
        document("mine-1", "a");
        document("mine-2", "a");
        document("mine-2", "b");
        post("/mine-1/_close", "");

        JsonNode open = get("/_cat/indices/mine-*?format=json&h=index,status,docs.count")
                .json();
        assertThat(open).hasSize(1);
        JsonNode all = get("/_cat/indices/mine-*?format=json&expand_wildcards=open,closed")
                .json();
        assertThat(all.findValuesAsText("status")).containsExactly("close", "open");
        assertThat(all.get(1).path("docs.count").asText()).isEqualTo("2");
        assertThat(get("/_resolve/index/mine-*?expand_wildcards=all")
                        .json()
                        .path("indices")
                        .findValuesAsText("name"))
                .containsExactly("mine-1", "mine-2");
        assertThat(get("/mine-2/_stats")
                        .json()
                        .at("/indices/mine-2/primaries/docs/count")
                        .asInt())
                .isEqualTo(2);
        assertThat(post("/mine-2/_refresh", "").status()).isEqualTo(200);
        assertThat(get("/mine-2/_search").json().at("/hits/hits/0/_source/text").asText())
                .isEqualTo("a");
    }

    @Test
    void documentsCanComeInBulk() {
        Web.Answer answer = web.post(
                cluster.searchEngineUri(),
                "/_bulk",
                "{\"index\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"x\":1}\n{\"index\":{\"_index\":\"a\"}}\n{\"x\":2}\n");

        assertThat(answer.json().path("items")).hasSize(2);
        assertThat(get("/a/_count").json().path("count").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(SearchEngine.class)
    void indicesAreDeletedByNameAndOnlyOpenSearchTakesWildcards(SearchEngine engine) {
        cluster.close();
        cluster = start(engine);
        put("/mine-1", "{}");
        put("/mine-2", "{}");
        assertThat(put("/mine-1", "{}").body()).contains("resource_already_exists_exception");

        assertThat(delete("/mine-*").status()).isEqualTo(engine == SearchEngine.ELASTICSEARCH ? 400 : 200);
        assertThat(delete("/mine-1?ignore_unavailable=true").status()).isEqualTo(200);
        assertThat(delete("/mine-1").status()).isEqualTo(404);
    }

    @Test
    void aReadOnlyRepositoryTakesNothing() {
        put("/_snapshot/ro", "{\"type\":\"fs\",\"settings\":{\"location\":\"/x\",\"readonly\":true}}");

        assertThat(get("/_snapshot/ro").json().at("/ro/settings/readonly").asText())
                .isEqualTo("true");
        assertThat(put("/_snapshot/ro/s", "{}").body()).contains("readonly");
    }

    @Test
    void whatIsInARepositoryOutlivesItsRegistration() {
        put(REPOSITORY + "s", "{\"indices\":\"tasklist-*\"}");
        pass(10);
        String registration = "{\"type\":\"fs\",\"settings\":{\"location\":\"/backups/camunda_backup\"}}";
        assertThat(delete("/_snapshot/camunda_backup").status()).isEqualTo(200);
        assertThat(get(REPOSITORY + "_all").status()).isEqualTo(404);

        put("/_snapshot/camunda_backup", registration);
        assertThat(snapshots(REPOSITORY + "_all")).containsExactly("s");
    }

    @Test
    void anUnknownCallIsExplained() {
        assertThat(get("/_snapshot/a/b/c/d").status()).isEqualTo(400);
        assertThat(get("/_nothing").body()).contains("no handler found for uri [/_nothing] and method [GET]");
    }
}
