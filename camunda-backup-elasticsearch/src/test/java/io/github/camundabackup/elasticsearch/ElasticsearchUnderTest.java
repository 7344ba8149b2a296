package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.EngineUnderTest;

/** Lets this module run the tests that both stores have in common. */
public final class ElasticsearchUnderTest implements EngineUnderTest {
    /** For {@link java.util.ServiceLoader}. */
    public ElasticsearchUnderTest() {}

    @Override
    public EngineKind kind() {
        return EngineKind.ELASTICSEARCH;
    }

    @Override
    public SnapshotStore create(Endpoint endpoint, String repository, ClientResources resources) {
        return ElasticsearchSnapshotStore.builder()
                .endpoint(endpoint)
                .repository(repository)
                .resources(resources)
                .build();
    }
}
