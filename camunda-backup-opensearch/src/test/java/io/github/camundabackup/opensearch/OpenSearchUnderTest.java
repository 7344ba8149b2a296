package io.github.camundabackup.opensearch;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.EngineUnderTest;

/** Lets this module run the tests that both stores have in common. */
public final class OpenSearchUnderTest implements EngineUnderTest {
    /** For {@link java.util.ServiceLoader}. */
    public OpenSearchUnderTest() {}

    @Override
    public EngineKind kind() {
        return EngineKind.OPENSEARCH;
    }

    @Override
    public SnapshotStore create(Endpoint endpoint, String repository, ClientResources resources) {
        return OpenSearchSnapshotStore.builder()
                .endpoint(endpoint)
                .repository(repository)
                .resources(resources)
                .build();
    }
}
