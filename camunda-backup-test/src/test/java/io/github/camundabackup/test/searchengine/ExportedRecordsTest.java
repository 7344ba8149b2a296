package io.github.camundabackup.test.searchengine;

import static io.github.camundabackup.test.searchengine.AbstractSearchEngineStoreTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.time.VirtualTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What did not see all records has seen none: an answer that may leave something out is a failure, never a lower
 * number.
 */
class ExportedRecordsTest extends AbstractEngineTest {
    private static final String REFRESH = "POST /zeebe-record%2A/_refresh";
    private static final String SEARCH = "POST /zeebe-record%2A/_search";
    private static final String COUNT = "POST /zeebe-record%2A/_count";
    private static final String PATTERN = "zeebe-record*";
    private static final String SHARDS = "\"_shards\":{\"total\":2,\"successful\":2,\"skipped\":0,\"failed\":0}";
    private static final String HIGHEST = "{\"timed_out\":false," + SHARDS
            + ",\"hits\":{\"total\":{\"value\":6,\"relation\":\"eq\"},\"hits\":[]},\"aggregations\":{\"partitions\":{\"sum_other_doc_count\":0,\"buckets\":[{\"key\":7,\"doc_count\":6,"
            + "\"last\":{\"hits\":{\"hits\":[{\"sort\":[9007199254740993]}]}}}]}}}";
    private static final String COUNTED = "{\"count\":4," + SHARDS + "}";

    private final ScriptedEngine engine = new ScriptedEngine();
    private final ClientResources resources =
            ClientResources.builder().time(VirtualTime.create()).build();
    private SnapshotStore store;

    @BeforeEach
    final void openStore() {
        store = stores().create(Endpoint.of(engine.uri()), "camunda", resources);
        engine.on(REFRESH, json(200, "{\"_shards\":{\"total\":4,\"successful\":2,\"failed\":0}}"));
    }

    @AfterEach
    final void closeAll() {
        store.close();
        resources.close();
        engine.close();
    }

    @Test
    void readsNumbersThatNoDoubleCanHold() {
        engine.on(SEARCH, json(200, HIGHEST));

        assertThat(records().highestPositions(PATTERN).join()).containsExactly(Map.entry(7, 9007199254740993L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"timed_out\":false | \"timed_out\":true",
                "\"timed_out\":false | \"timed_out\":false,\"terminated_early\":true",
                "\"value\":6 | \"value\":7",
                "\"relation\":\"eq\" | \"relation\":\"gte\"",
                "\"hits\":{\"total\" | \"hits\":{\"many\"",
                "\"doc_count\":6 | \"doc_count\":\"six\"",
                "\"failed\":0 | \"failed\":1",
                "\"successful\":2 | \"successful\":1",
                "\"_shards\" | \"shards\"",
                "\"sum_other_doc_count\":0 | \"sum_other_doc_count\":3",
                "\"sum_other_doc_count\":0, | ''",
                "\"key\":7 | \"key\":\"seven\"",
                "\"key\":7 | \"key\":-7",
                "[9007199254740993] | [4271.5]",
                "[9007199254740993] | [null]",
                "[9007199254740993] | []",
                "\"aggregations\" | \"nothing\"",
                "\"buckets\" | \"pails\""
            })
    void believesNoSearchThatMayLeaveSomethingOut(String wholesome, String broken) {
        assertThat(HIGHEST).contains(wholesome);
        engine.on(SEARCH, json(200, HIGHEST.replace(wholesome, broken)));

        assertThatThrownBy(() -> records().highestPositions(PATTERN).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(CamundaBackupException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"failed\":0 | \"failed\":1",
                "\"successful\":2 | \"successful\":1",
                "\"count\":4 | \"count\":\"many\""
            })
    void believesNoCountThatMayLeaveSomethingOut(String wholesome, String broken) {
        engine.on(COUNT, json(200, COUNTED), json(200, COUNTED.replace(wholesome, broken)));

        assertThat(records().count(PATTERN, 1, 0, 9, Optional.empty()).join()).isEqualTo(4);
        engine.on(REFRESH, json(200, "{\"_shards\":{\"total\":4,\"successful\":2,\"failed\":0}}"));
        assertThatThrownBy(() ->
                        records().count(PATTERN, 1, 0, 9, Optional.empty()).join())
                .hasCauseInstanceOf(CamundaBackupException.class);
    }

    @Test
    void asksNothingOfWhatCouldNotBeRefreshed() {
        engine.on(REFRESH, json(200, "{\"_shards\":{\"total\":4,\"successful\":1,\"failed\":1}}"));

        assertThatThrownBy(() -> records().highestPositions(PATTERN).join())
                .hasCauseInstanceOf(CamundaBackupException.class);
        assertThat(engine.requests(SEARCH)).isEmpty();
    }

    @Test
    void asksTheEngineForAllOrNothing() {
        engine.on(SEARCH, json(200, HIGHEST));

        records().highestPositions(PATTERN).join();

        assertThat(engine.requests(SEARCH)).singleElement().satisfies(request -> {
            assertThat(request.getTarget()).endsWith("?allow_partial_search_results=false");
            assertThat(AbstractSearchEngineStoreTest.body(request))
                    .as("which OpenSearch 3 would end early")
                    .contains("\"size\":1", "\"track_total_hits\":true");
        });
    }

    @Test
    void refusesWhatIsNoPattern() {
        assertThatIllegalArgumentException().isThrownBy(() -> records().highestPositions("a,b"));
        assertThatIllegalArgumentException().isThrownBy(() -> records().highestPositions("_all"));
    }

    private ExportedRecords records() {
        return store.exportedRecords().orElseThrow();
    }
}
