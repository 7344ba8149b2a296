package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Finds the indices that hold exactly what a snapshot holds. An engine remembers how a started shard came to be, and
 * counts what was indexed and deleted since, for exactly as long: both begin anew when the shard is started elsewhere
 * or after a restart.
 */
final class RestoreOrigins {
    private final Engine engine;
    private final String repository;
    private final IndexHealth health;
    private final ShardRecoveries recoveries;

    RestoreOrigins(Engine engine, String repository, ShardRecoveries recoveries) {
        this.engine = engine;
        this.repository = repository;
        this.recoveries = recoveries;
        health = new IndexHealth(engine);
    }

    CompletableFuture<Map<String, String>> of(Collection<String> indices) {
        Names.requireIndices(indices);
        Map<String, String> origins = new TreeMap<>();
        return Sequence.forEach(Batches.of(indices), batch -> restored(batch).thenAccept(origins::putAll))
                .thenApply(done -> Map.copyOf(origins));
    }

    private CompletableFuture<Map<String, String>> restored(String batch) {
        return health.of(batch)
                .thenCompose(there -> recoveries.of(batch).thenCompose(shards -> {
                    Map<String, List<ShardRecoveries.Shard>> byIndex =
                            shards.stream().collect(Collectors.groupingBy(ShardRecoveries.Shard::index));
                    Map<String, String> whole = new TreeMap<>();
                    byIndex.forEach((index, recovered) -> {
                        IndexHealth.Primaries primaries = there.get(index);
                        if (primaries != null
                                && primaries.areStarted()
                                && primaries.total() == recovered.size()
                                && areFromOneSnapshot(index, recovered)) {
                            whole.put(index, recovered.get(0).snapshot());
                        }
                    });
                    return withoutThoseWrittenTo(whole);
                }));
    }

    private boolean areFromOneSnapshot(String index, List<ShardRecoveries.Shard> shards) {
        String snapshot = shards.get(0).snapshot();
        return shards.stream()
                .allMatch(shard -> shard.done()
                        && shard.isFrom(repository, snapshot)
                        && shard.sourceIndex().equals(index));
    }

    private CompletableFuture<Map<String, String>> withoutThoseWrittenTo(Map<String, String> whole) {
        Map<String, String> untouched = new TreeMap<>();
        return Sequence.forEach(
                        Batches.of(whole.keySet()),
                        batch -> untouched(batch)
                                .thenAccept(names -> names.forEach(name -> untouched.put(name, whole.get(name)))))
                .thenApply(done -> untouched);
    }

    private CompletableFuture<Set<String>> untouched(String batch) {
        return engine.read(
                        HttpCall.get("see whether anything was written to " + batch, batch, "_stats", "indexing")
                                .query("ignore_unavailable", "true")
                                .query(
                                        "filter_path",
                                        "indices.*.primaries.indexing.index_total,indices.*.primaries.indexing.delete_total"),
                        Privilege.SEE_INDICES)
                .thenApply(answer -> answer.json().at("indices").fields().entrySet().stream()
                        .filter(index ->
                                isUntouched(index.getValue().at("primaries").at("indexing")))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    private static boolean isUntouched(JsonValue indexing) {
        return indexing.number("index_total").orElse(1) == 0
                && indexing.number("delete_total").orElse(1) == 0;
    }
}
