package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of both stores, collected and checked by their builders. Not thread-safe. */
public final class StoreSettings {
    private final Dialect dialect;
    private @Nullable Endpoint endpoint;
    private @Nullable String repository;
    private @Nullable ClientResources resources;

    public StoreSettings(Dialect dialect) {
        this.dialect = dialect;
    }

    public void endpoint(Endpoint endpoint) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    }

    /**
     * @throws IllegalArgumentException if this cannot be the name of one repository
     */
    public void repository(String name) {
        if (!Names.isPlain(name)) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is not the name of one snapshot repository. GET _snapshot lists those that there are.");
        }
        repository = name;
    }

    public void resources(ClientResources resources) {
        this.resources = Objects.requireNonNull(resources, "resources");
    }

    /**
     * @throws IllegalStateException if the endpoint or the repository is missing
     */
    public SnapshotStore open() {
        Endpoint checkedEndpoint = required(endpoint, "endpoint", "endpoint(URI.create(\"http://localhost:9200\"))");
        String checkedRepository = required(repository, "repository", "repository(\"camunda\")");
        boolean owned = resources == null;
        ClientResources used = resources == null ? ClientResources.builder().build() : resources;
        return new SearchEngineSnapshotStore(
                dialect, HttpApi.of(checkedEndpoint, dialect.engineName(), used), checkedRepository, owned);
    }

    private <T> T required(@Nullable T value, String what, String call) {
        if (value == null) {
            throw new IllegalStateException("A snapshot store for " + dialect.engineName() + " needs its " + what
                    + ": call " + call + " before build().");
        }
        return value;
    }
}
