package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.IndexInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Lists, counts and deletes indices. */
final class IndexOperations {
    private static final Duration DELETION_PATIENCE = Duration.ofSeconds(60);

    private final Engine engine;
    private final IndexHealth health;
    private final LostReplyResolver settlement;

    IndexOperations(Engine engine) {
        this.engine = engine;
        health = new IndexHealth(engine);
        settlement = new LostReplyResolver(engine.time());
    }

    CompletableFuture<List<IndexInfo>> list(Collection<String> patterns) {
        Names.requirePatterns(patterns);
        // OpenSearch 2.19 waits 30 s for a complete name that does not exist, in spite of ignore_unavailable; not so
        // for a pattern.
        List<String> asked = patterns.stream()
                .map(pattern -> pattern.endsWith("*") ? pattern : pattern + "*")
                .toList();
        Predicate<String> wanted = Names.matcher(patterns);
        Map<String, IndexInfo> found = new TreeMap<>();
        return Sequence.forEach(
                        Batches.of(asked),
                        batch -> listBatch(batch)
                                .thenAccept(indices -> indices.stream()
                                        .filter(index -> wanted.test(index.name()))
                                        .forEach(index -> found.put(index.name(), index))))
                .thenApply(done -> List.copyOf(found.values()));
    }

    CompletableFuture<Void> delete(Collection<String> names) {
        Names.requireIndices(names);
        return Sequence.forEach(
                Batches.of(names),
                batch -> settlement.settle(
                        engine.send(
                                HttpCall.delete("delete the indices " + batch, batch)
                                        .query("ignore_unavailable", "true"),
                                Privilege.DELETE_INDICES),
                        DELETION_PATIENCE,
                        () -> list(List.of(batch.split(","))).thenApply(List::isEmpty)));
    }

    /** What decides whether indices can be deleted, written to, and put on a node, and by which policy they are old. */
    CompletableFuture<Map<String, Map<String, String>>> settings(Collection<String> names) {
        Names.requirePatterns(names);
        Predicate<String> wanted = Names.matcher(names);
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        return Sequence.forEach(
                        Batches.of(names),
                        batch -> engine.read(
                                        HttpCall.get("see what " + batch + " is set to", batch, "_settings")
                                                .query("ignore_unavailable", "true")
                                                .query("expand_wildcards", "open,closed")
                                                .query(
                                                        "filter_path",
                                                        "*.settings.index.blocks,*.settings.index.routing.allocation,"
                                                                + "*.settings.index.lifecycle.name,"
                                                                + "*.settings.index.*.index_state_management.policy_id"),
                                        Privilege.SEE_INDICES)
                                .thenAccept(answer -> answer.json().fields().forEach((index, described) -> {
                                    // Engines look patterns up among aliases, too.
                                    if (wanted.test(index)) {
                                        settings.put(
                                                index,
                                                Flattened.of(
                                                        "index",
                                                        described.at("settings").at("index")));
                                    }
                                })))
                .thenApply(done -> Map.copyOf(settings));
    }

    CompletableFuture<Map<String, Long>> count(Collection<String> names) {
        Names.requireIndices(names);
        Map<String, Long> counts = new LinkedHashMap<>();
        return Sequence.forEach(
                        Batches.of(names),
                        batch -> health.of(batch).thenCompose(there -> {
                            // To refresh an index whose shards are not there yet, an engine waits for them.
                            List<String> started = there.entrySet().stream()
                                    .filter(index -> index.getValue().areStarted())
                                    .map(Map.Entry::getKey)
                                    .toList();
                            return Sequence.forEach(Batches.of(started), this::refresh)
                                    .thenCompose(
                                            refreshed -> Sequence.forEach(started, index -> countOne(index, counts)));
                        }))
                .thenApply(done -> Map.copyOf(counts));
    }

    private CompletableFuture<List<IndexInfo>> listBatch(String batch) {
        return engine.read(
                        HttpCall.get("list the indices " + batch, "_cat", "indices", batch)
                                .query("format", "json")
                                .query("h", "index,status,docs.count,rep,pri,store.size,creation.date")
                                .query("bytes", "b")
                                .query("expand_wildcards", "open,closed"),
                        Privilege.SEE_INDICES)
                .thenApply(IndexOperations::indices);
    }

    private static List<IndexInfo> indices(HttpAnswer answer) {
        JsonValue list = answer.json();
        if (!list.isArray()) {
            throw answer.unexpected("it is no list of indices");
        }
        return list.elements().stream()
                .map(index -> new IndexInfo(
                        index.text("index").orElseThrow(() -> answer.unexpected("an index has no name")),
                        index.text("status").orElse("").equals("open"),
                        index.number("docs.count").orElse(0),
                        SnapshotReader.count(index, "rep"),
                        SnapshotReader.count(index, "pri"),
                        index.number("store.size").orElse(0),
                        index.number("creation.date").stream()
                                .mapToObj(Instant::ofEpochMilli)
                                .findFirst()))
                .toList();
    }

    private CompletableFuture<HttpAnswer> refresh(String batch) {
        return engine.read(
                HttpCall.post("refresh the indices " + batch, batch, "_refresh").query("ignore_unavailable", "true"),
                Privilege.COUNT_DOCUMENTS);
    }

    // One by one: a request for several would hide in its sum which index is not searchable. Not repeated: 503 is how
    // an engine says that no shard is searchable yet.
    private CompletableFuture<Void> countOne(String index, Map<String, Long> counts) {
        return engine.sendUnless(
                        error -> error.saysThatIndexIsMissing()
                                || error.is("index_closed_exception")
                                || error.is("search_phase_execution_exception"),
                        HttpCall.get("count the documents of the index " + index, index, "_count"),
                        Privilege.COUNT_DOCUMENTS)
                .thenAccept(answer -> answer.ifPresent(counted -> {
                    JsonValue json = counted.json();
                    long count = json.number("count").orElseThrow(() -> counted.unexpected("there is no count in it"));
                    JsonValue shards = json.at("_shards");
                    if (SnapshotReader.count(shards, "successful") == SnapshotReader.count(shards, "total")) {
                        counts.put(index, count);
                    }
                }));
    }
}
