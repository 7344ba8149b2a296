package io.github.camundabackup.test.engine;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;

/** Makes the snapshot store under test. */
@FunctionalInterface
public interface Stores {
    SnapshotStore create(Endpoint endpoint, String repository, ClientResources resources);
}
