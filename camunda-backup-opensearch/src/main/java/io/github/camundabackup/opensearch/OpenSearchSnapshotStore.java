package io.github.camundabackup.opensearch;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.internal.searchengine.StoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * A snapshot repository of OpenSearch, and the indices there.
 *
 * <pre>{@code
 * SnapshotStore store = OpenSearchSnapshotStore.builder()
 *         .endpoint(Endpoint.builder(URI.create("https://opensearch:9200"))
 *                 .authentication(Authentication.basic("backup", System.getenv("PASSWORD")))
 *                 .build())
 *         .repository("camunda")
 *         .build();
 * }</pre>
 *
 * The repository must be registered with the engine, writable, and used by one Camunda cluster only. With the security
 * plugin, the credentials need the role {@code manage_snapshots} and the action groups {@code cluster_monitor},
 * {@code indices_monitor} and, to restore, {@code read} and {@code manage} on the indices.
 *
 * Amazon OpenSearch Service wants signed requests (Signature Version 4): set
 * {@link Endpoint.Builder#signer(io.github.camundabackup.endpoint.RequestSigner)}, which is given the body. The domain
 * needs a <em>manually registered</em> repository; the automated one ({@code cs-automated}) cannot be written to.
 *
 * <p>Immutable and thread-safe; shares threads and connections with everything that uses the same
 * {@link ClientResources}.
 */
public final class OpenSearchSnapshotStore extends ForwardingSnapshotStore {
    private OpenSearchSnapshotStore(SnapshotStore store) {
        super(store);
    }

    /** Collects a store. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @return fails with a {@link io.github.camundabackup.error.ConfigurationMismatchException} if the endpoint is not
     *     OpenSearch, but for example Elasticsearch
     */
    @Override
    public CompletableFuture<EngineInfo> engine() {
        return super.engine();
    }

    /** Collects an {@link OpenSearchSnapshotStore}. Not thread-safe. */
    public static final class Builder {
        private final StoreSettings settings = new StoreSettings(new OpenSearchDialect());

        private Builder() {}

        /**
         * Where OpenSearch is, without authentication. Required, here or as {@link #endpoint(Endpoint)}.
         *
         * @throws IllegalArgumentException as {@link Endpoint#of(URI)}
         */
        public Builder endpoint(URI uri) {
            return endpoint(Endpoint.of(uri));
        }

        /** Where OpenSearch is and how to speak to it. Required, here or as {@link #endpoint(URI)}. */
        public Builder endpoint(Endpoint endpoint) {
            settings.endpoint(endpoint);
            return this;
        }

        /**
         * The name under which the repository is registered with the engine; the one that Camunda is configured with.
         * Required.
         *
         * @throws IllegalArgumentException if this cannot be the name of one repository
         */
        public Builder repository(String name) {
            settings.repository(name);
            return this;
        }

        /**
         * Threads and connections, which the caller keeps and closes. Default: the store's own, which it closes in
         * {@link OpenSearchSnapshotStore#close()}.
         */
        public Builder resources(ClientResources resources) {
            settings.resources(resources);
            return this;
        }

        /**
         * Makes the store. Sends nothing yet.
         *
         * @throws IllegalStateException if the endpoint or the repository is missing
         */
        public OpenSearchSnapshotStore build() {
            return new OpenSearchSnapshotStore(settings.open());
        }
    }
}
