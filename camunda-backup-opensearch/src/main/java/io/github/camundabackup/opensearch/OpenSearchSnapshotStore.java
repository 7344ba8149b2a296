package io.github.camundabackup.opensearch;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.internal.searchengine.StoreSettings;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RepositoryInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.RestoreTarget;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
public final class OpenSearchSnapshotStore implements SnapshotStore {
    private final SnapshotStore store;

    private OpenSearchSnapshotStore(SnapshotStore store) {
        this.store = store;
    }

    /** Collects a store. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String repository() {
        return store.repository();
    }

    @Override
    public String description() {
        return store.description();
    }

    /**
     * {@inheritDoc}
     *
     * @return fails with a {@link io.github.camundabackup.error.ConfigurationMismatchException} if the endpoint is not
     *     OpenSearch, but for example Elasticsearch
     */
    @Override
    public CompletableFuture<EngineInfo> engine() {
        return store.engine();
    }

    @Override
    public CompletableFuture<RepositoryInfo> verifyRepository() {
        return store.verifyRepository();
    }

    @Override
    public CompletableFuture<Void> createSnapshot(SnapshotRequest request) {
        return store.createSnapshot(request);
    }

    @Override
    public CompletableFuture<Optional<SnapshotProgress>> progress(String snapshot) {
        return store.progress(snapshot);
    }

    @Override
    public CompletableFuture<Optional<SnapshotInfo>> get(String snapshot) {
        return store.get(snapshot);
    }

    @Override
    public CompletableFuture<Void> list(String namePrefix, Consumer<SnapshotInfo> consumer) {
        return store.list(namePrefix, consumer);
    }

    @Override
    public CompletableFuture<Void> verifySnapshot(String snapshot) {
        return store.verifySnapshot(snapshot);
    }

    @Override
    public CompletableFuture<Void> deleteSnapshot(String snapshot) {
        return store.deleteSnapshot(snapshot);
    }

    @Override
    public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
        return store.listIndices(patterns);
    }

    @Override
    public CompletableFuture<Void> deleteIndices(Collection<String> names) {
        return store.deleteIndices(names);
    }

    @Override
    public CompletableFuture<Void> restore(RestoreRequest request) {
        return store.restore(request);
    }

    @Override
    public CompletableFuture<RestoreProgress> restoreProgress(Collection<String> indices) {
        return store.restoreProgress(indices);
    }

    @Override
    public CompletableFuture<Optional<String>> restoreFailure(Collection<String> indices) {
        return store.restoreFailure(indices);
    }

    @Override
    public CompletableFuture<Map<String, Long>> documentCounts(Collection<String> indices) {
        return store.documentCounts(indices);
    }

    @Override
    public Optional<BackupJournal> journal() {
        return store.journal();
    }

    @Override
    public Optional<ExportedRecords> exportedRecords() {
        return store.exportedRecords();
    }

    @Override
    public CompletableFuture<Map<String, String>> restoredIndices(Collection<String> indices) {
        return store.restoredIndices(indices);
    }

    @Override
    public CompletableFuture<Optional<RestoreTarget>> restoreTarget() {
        return store.restoreTarget();
    }

    @Override
    public CompletableFuture<Optional<String>> engineId() {
        return store.engineId();
    }

    @Override
    public void close() {
        store.close();
    }

    /** {@link #description()}: no secrets. */
    @Override
    public String toString() {
        return store.description();
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
