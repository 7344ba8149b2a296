package io.github.camundabackup.opensearch;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In what this store differs from the other one. */
class OpenSearchSnapshotStoreTest extends AbstractSearchEngineStoreTest {
    private static final URI ANYWHERE = URI.create("http://localhost:9200");

    @Test
    void recognizesOpenSearch() {
        engine.on(ROOT, "root");

        assertThat(await(store.engine())).isEqualTo(new EngineInfo("OpenSearch", "2.19.6"));
    }

    @Test
    void refusesElasticsearchAndNamesTheRightClass() {
        assertRefusesOtherProduct(json(200, """
                        {"name":"es1","version":{"number":"8.16.1","build_flavor":"default"},"tagline":"You Know, for Search"}"""), "ElasticsearchSnapshotStore");
    }

    @Test
    void saysNothingOfFeatureStates() {
        engine.on(GET, "get-missing")
                .on(INDICES, "indices")
                .on(PUT, "create-accepted")
                .on(RESTORE, "restore-accepted");

        await(store.createSnapshot(SnapshotRequest.builder("a").index("orders*").build()));
        await(store.restore(RestoreRequest.builder("a").build()));

        assertThat(sentBody(PUT)).doesNotContain("feature_states");
        assertThat(sentBody(RESTORE)).doesNotContain("feature_states");
    }

    @Test
    void needsAnEndpoint() {
        OpenSearchSnapshotStore.Builder builder =
                OpenSearchSnapshotStore.builder().repository("camunda");

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("endpoint");
    }

    @Test
    void needsARepository() {
        OpenSearchSnapshotStore.Builder builder =
                OpenSearchSnapshotStore.builder().endpoint(ANYWHERE);

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("repository");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,b", "a*", "_all", "a/b", ".."})
    void refusesWhatIsNotTheNameOfOneRepository(String name) {
        OpenSearchSnapshotStore.Builder builder = OpenSearchSnapshotStore.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.repository(name));
    }

    @Test
    void describesItselfWithoutSecrets() {
        Endpoint endpoint = Endpoint.builder(ANYWHERE)
                .authentication(Authentication.basic("user", "top-secret"))
                .build();
        try (OpenSearchSnapshotStore described = OpenSearchSnapshotStore.builder()
                .endpoint(endpoint)
                .repository("camunda")
                .build()) {
            assertThat(described.description())
                    .isEqualTo("OpenSearch snapshot repository \"camunda\" at http://localhost:9200")
                    .isEqualTo(described.toString());
        }
    }
}
