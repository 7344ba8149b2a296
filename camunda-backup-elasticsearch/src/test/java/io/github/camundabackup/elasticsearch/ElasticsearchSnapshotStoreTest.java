package io.github.camundabackup.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.test.searchengine.AbstractSearchEngineStoreTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In what this store differs from the other one. */
class ElasticsearchSnapshotStoreTest extends AbstractSearchEngineStoreTest {
    private static final URI ANYWHERE = URI.create("http://localhost:9200");

    @Test
    void recognizesElasticsearch() {
        engine.on(ROOT, "root");

        assertThat(await(store.engine())).isEqualTo(new EngineInfo("Elasticsearch", "8.16.1"));
    }

    @Test
    void refusesOpenSearchAndNamesTheRightClass() {
        assertRefusesOtherProduct(json(200, """
                        {"name":"os1","version":{"distribution":"opensearch","number":"2.19.6"},"tagline":"The OpenSearch Project: https://opensearch.org/"}"""), "OpenSearchSnapshotStore");
    }

    @Test
    void findsOutItsVersionWhereNothingIsServedAtTheRoot() {
        engine.on(ROOT, "root-not-served").on("GET /_nodes/_local", "nodes-local");

        assertThat(await(store.engine())).isEqualTo(new EngineInfo("Elasticsearch", "8.19.21"));
    }

    @Test
    void leavesFeatureStatesOut() {
        engine.on(GET, "get-missing")
                .on(INDICES, "indices")
                .on(PUT, "create-accepted")
                .on(RESTORE, "restore-accepted");

        await(store.createSnapshot(SnapshotRequest.builder("a").index("orders*").build()));
        await(store.restore(RestoreRequest.builder("a").build()));

        assertThat(sentBody(PUT)).contains("\"feature_states\":[\"none\"]");
        assertThat(sentBody(RESTORE)).contains("\"feature_states\":[\"none\"]");
    }

    @Test
    void takesAPatternWithoutAMatchForAnEmptyListing() {
        // As up to 8.15.
        engine.on(LIST, "get-missing");

        assertThat(store.list(List.of("a*"), info -> {})).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void needsAnEndpoint() {
        ElasticsearchSnapshotStore.Builder builder =
                ElasticsearchSnapshotStore.builder().repository("camunda");

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("endpoint");
    }

    @Test
    void needsARepository() {
        ElasticsearchSnapshotStore.Builder builder =
                ElasticsearchSnapshotStore.builder().endpoint(ANYWHERE);

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("repository");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,b", "a*", "_all", "a/b", ".."})
    void refusesWhatIsNotTheNameOfOneRepository(String name) {
        ElasticsearchSnapshotStore.Builder builder = ElasticsearchSnapshotStore.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.repository(name));
    }

    @Test
    void describesItselfWithoutSecrets() {
        Endpoint endpoint = Endpoint.builder(ANYWHERE)
                .authentication(Authentication.basic("user", "top-secret"))
                .build();
        try (ElasticsearchSnapshotStore described = ElasticsearchSnapshotStore.builder()
                .endpoint(endpoint)
                .repository("camunda")
                .build()) {
            assertThat(described.description())
                    .isEqualTo("Elasticsearch snapshot repository \"camunda\" at http://localhost:9200")
                    .isEqualTo(described.toString());
        }
    }
}
