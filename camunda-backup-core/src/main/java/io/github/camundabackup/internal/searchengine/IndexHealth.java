package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads which indices exist, and how many of their primary shards are started. */
final class IndexHealth {
    private final Engine engine;

    IndexHealth(Engine engine) {
        this.engine = engine;
    }

    /**
     * @param batch complete names, joined with commas; those that do not exist are missing from the result
     */
    CompletableFuture<Map<String, Primaries>> of(String batch) {
        return engine.ask(HttpCall.get("see the health of " + batch, "_cluster", "health", batch)
                        .query("level", "indices")
                        .query("timeout", "0s")
                        .query("filter_path", "status,indices.*.number_of_shards,indices.*.active_primary_shards"))
                .thenApply(this::read);
    }

    private Map<String, Primaries> read(HttpAnswer answer) {
        // Asked not to wait for indices that do not exist, an engine answers 408, with those that do.
        if (answer.status() != 408 || EngineError.of(answer).isPresent()) {
            engine.require(answer, Privilege.SEE_INDICES);
        }
        JsonValue json = answer.json();
        if (json.text("status").isEmpty()) {
            throw answer.unexpected("it is no description of the cluster's health");
        }
        Map<String, Primaries> read = new LinkedHashMap<>();
        json.at("indices")
                .fields()
                .forEach((name, index) -> read.put(
                        name,
                        new Primaries(
                                SnapshotReader.count(index, "number_of_shards"),
                                SnapshotReader.count(index, "active_primary_shards"))));
        return read;
    }

    /**
     * Primary shards of one index.
     *
     * @param total how many there are
     * @param started how many of them can be searched
     */
    record Primaries(int total, int started) {
        boolean areStarted() {
            return total == started;
        }
    }
}
