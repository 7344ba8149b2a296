package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.internal.searchengine.StoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * A snapshot repository of Elasticsearch, and the indices there.
 *
 * <pre>{@code
 * SnapshotStore store = ElasticsearchSnapshotStore.builder()
 *         .endpoint(Endpoint.builder(URI.create("https://elasticsearch:9200"))
 *                 .authentication(Authentication.apiKey(System.getenv("API_KEY")))
 *                 .build())
 *         .repository("camunda")
 *         .build();
 * }</pre>
 *
 * The repository must be registered with the engine, writable, and used by one Camunda cluster only. The credentials
 * need the cluster privileges {@code monitor}, {@code create_snapshot} and, to verify, delete and restore,
 * {@code manage}; on the backed-up indices {@code monitor} and {@code view_index_metadata}, and to restore
 * {@code manage}, {@code read} and {@code maintenance}.
 *
 * <p>Immutable and thread-safe; shares threads and connections with everything that uses the same
 * {@link ClientResources}.
 */
public final class ElasticsearchSnapshotStore extends ForwardingSnapshotStore {
    private ElasticsearchSnapshotStore(SnapshotStore store) {
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
     *     Elasticsearch, but for example OpenSearch
     */
    @Override
    public CompletableFuture<EngineInfo> engine() {
        return super.engine();
    }

    /** Collects an {@link ElasticsearchSnapshotStore}. Not thread-safe. */
    public static final class Builder {
        private final StoreSettings settings = new StoreSettings(new ElasticsearchDialect());

        private Builder() {}

        /**
         * Where Elasticsearch is, without authentication. Required, here or as {@link #endpoint(Endpoint)}.
         *
         * @throws IllegalArgumentException as {@link Endpoint#of(URI)}
         */
        public Builder endpoint(URI uri) {
            return endpoint(Endpoint.of(uri));
        }

        /** Where Elasticsearch is and how to speak to it. Required, here or as {@link #endpoint(URI)}. */
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
         * {@link ElasticsearchSnapshotStore#close()}.
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
        public ElasticsearchSnapshotStore build() {
            return new ElasticsearchSnapshotStore(settings.open());
        }
    }
}
