package io.github.camundabackup.test.engine;

import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.contract.SnapshotStoreFixture;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * The surroundings of one contract test on a real engine: its own repository, and the engine's REST API for what users
 * do.
 */
public final class EngineFixture implements SnapshotStoreFixture {
    private final EngineProcess engine;
    private final String repository;
    private final SnapshotStore store;
    private final SnapshotStore missing;
    private final SnapshotStore readOnly;

    /**
     * @param engine shared by all tests
     * @param number gives every fixture of an engine names of its own
     * @param stores makes a store from the engine's URI and a repository
     */
    public EngineFixture(
            EngineProcess engine, AtomicInteger number, BiFunction<URI, String, ? extends SnapshotStore> stores) {
        this.engine = engine;
        repository = "repository-" + number.incrementAndGet();
        engine.registerRepository(repository, "");
        // As a second cluster would, which restores from the first one's repository.
        engine.registerRepository(repository + "-read-only", repositoryFiles(), ",\"readonly\":true");
        store = stores.apply(engine.uri(), repository);
        missing = stores.apply(engine.uri(), "nowhere");
        readOnly = stores.apply(engine.uri(), repository + "-read-only");
    }

    /** Where the files of the store's repository are. */
    public Path repositoryFiles() {
        return engine.repositories().resolve(repository);
    }

    /** Lets the store's repository take or give so few bytes in a second that a test can watch. */
    public void slowDown() {
        engine.registerRepository(
                repository, ",\"max_snapshot_bytes_per_sec\":\"40kb\",\"max_restore_bytes_per_sec\":\"40kb\"");
    }

    /** Sends a request of a user. */
    public String call(String method, String path, String json) {
        return engine.call(method, path, json);
    }

    @Override
    public SnapshotStore store() {
        return store;
    }

    @Override
    public SnapshotStore storeOnMissingRepository() {
        return missing;
    }

    @Override
    public SnapshotStore storeOnReadOnlyRepository() {
        return readOnly;
    }

    @Override
    public void createIndex(String name, int documents) {
        engine.call(
                "PUT",
                "/" + name,
                "{\"settings\":{\"number_of_shards\":2,\"number_of_replicas\":0,\"index.refresh_interval\":\"-1\",\"index.hidden\":"
                        + name.startsWith(".") + "}}");
        for (int i = 0; i < documents; i++) {
            engine.call("POST", "/" + name + "/_doc", "{\"number\":" + i + "}");
        }
    }

    @Override
    public void createRecordIndex(String name) {
        engine.call(
                "PUT",
                "/" + name,
                "{\"settings\":{\"number_of_shards\":2,\"number_of_replicas\":0,\"index.refresh_interval\":\"-1\"},"
                        + "\"mappings\":{\"properties\":{\"partitionId\":{\"type\":\"integer\"},\"position\":{\"type\":\"long\"},"
                        + "\"sequence\":{\"type\":\"long\"},\"valueType\":{\"type\":\"keyword\"},\"timestamp\":{\"type\":\"date\"}}}}");
    }

    @Override
    public void addRecord(String index, ExportedRecord record) {
        engine.call(
                "POST",
                "/" + index + "/_doc",
                "{\"partitionId\":" + record.partitionId() + ",\"valueType\":\"" + record.valueType()
                        + "\",\"position\":"
                        + record.position() + ",\"sequence\":" + record.sequence() + ",\"timestamp\":"
                        + record.timestamp() + "}");
    }

    @Override
    public void addAlias(String index, String alias) {
        engine.call("PUT", "/" + index + "/_alias/" + alias, "");
    }

    @Override
    public boolean hasAlias(String index, String alias) {
        return engine.send("GET", "/" + index + "/_alias/" + alias, "").statusCode() == 200;
    }

    @Override
    public void closeIndex(String name) {
        engine.call("POST", "/" + name + "/_close", "");
    }

    @Override
    public void close() {
        store.close();
        missing.close();
        readOnly.close();
        // A snapshot that is still being made would not let its indices go. An empty repository answers 404.
        engine.send("DELETE", "/_snapshot/" + repository + "/*", "");
        // OpenSearch would take a pattern, but Elasticsearch wants names.
        engine.call("GET", "/_cat/indices/contract-*,.contract-*?h=index&expand_wildcards=all", "")
                .lines()
                .forEach(index -> engine.call("DELETE", "/" + index.strip(), ""));
        engine.call("DELETE", "/_snapshot/" + repository, "");
        engine.call("DELETE", "/_snapshot/" + repository + "-read-only", "");
    }
}
