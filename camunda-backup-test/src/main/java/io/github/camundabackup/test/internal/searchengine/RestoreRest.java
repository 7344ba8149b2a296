package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code POST _snapshot/{repository}/{snapshot}/_restore}. Called with the engine's lock held. */
final class RestoreRest {
    private static final String SHARDS = "index.number_of_shards";

    private final EngineState engine;

    RestoreRest(EngineState engine) {
        this.engine = engine;
    }

    CompletableFuture<Object> restore(WebRequest request, SimulatedRepository repository, String name) {
        long now = engine.clock().now();
        SimulatedSnapshot snapshot = repository
                .find(name, now)
                .orElseThrow(() -> failure("[" + repository.name() + ":" + name + "] snapshot does not exist"));
        if (snapshot.has(SnapshotDamage.DESCRIPTION)) {
            throw EngineException.fileMissing(repository, snapshot);
        }
        String label = "[" + repository.name() + ":" + name + "/" + snapshot.uuid() + "] ";
        String state = snapshot.state(now);
        if (!state.equals("SUCCESS") && !state.equals("PARTIAL")) {
            throw failure(label + "unsupported snapshot state [" + state + "]");
        }
        if (snapshot.isBeingDeleted(now)) {
            throw EngineException.of(
                    503,
                    "concurrent_snapshot_execution_exception",
                    label + "cannot restore a snapshot while a snapshot deletion is in-progress [" + name + "]");
        }
        Map<String, Object> body = request.json().orElse(Map.of());
        NamePatterns.Selection selection = NamePatterns.ofJson(body.get("indices"))
                .select(snapshot.indices().keySet());
        if (!selection.missing().isEmpty() && !Boolean.TRUE.equals(body.get("ignore_unavailable"))) {
            throw EngineException.indexNotFound(selection.missing().get(0));
        }
        Blocks.refuseRestore(engine.node());
        List<String> failed = snapshot.failedIndices(now);
        Map<String, Map<String, Object>> toRestore = new LinkedHashMap<>();
        Map<String, Long> created = new HashMap<>();
        Map<String, IndexMetadata> metadata = new LinkedHashMap<>();
        for (String index : selection.names()) {
            String target = renamed(index, body);
            SimulatedIndex inTheWay = engine.indices().get(target);
            if (inTheWay != null && inTheWay.isOpen()) {
                throw failure(label + "cannot restore index [" + target
                        + "] because an open index with same name already exists in the cluster. Either close or delete the"
                        + " existing index or restore the index under a different name by providing a rename pattern and"
                        + " replacement name");
            }
            if (failed.contains(index) && !Boolean.TRUE.equals(body.get("partial"))) {
                throw failure(label + "index [" + index + "] wasn't fully snapshotted - cannot restore");
            }
            toRestore.put(target, snapshot.indices().getOrDefault(index, Map.of()));
            created.put(target, snapshot.created(index));
            metadata.put(target, changed(label, snapshot.metadata(index), body));
        }
        refuseTooManyShards(toRestore.size());
        AliasRest.refuseTwoWriters(engine, metadata);
        long recoveredAt = now;
        for (Map.Entry<String, Map<String, Object>> index : toRestore.entrySet()) {
            recoveredAt = engine.restore(
                    index.getKey(),
                    index.getValue(),
                    created.getOrDefault(index.getKey(), now),
                    metadata.getOrDefault(index.getKey(), IndexMetadata.NONE),
                    repository.name() + "/" + name);
        }
        if (!request.isTrue("wait_for_completion")) {
            return CompletableFuture.completedFuture(Json.map("accepted", true));
        }
        Map<String, @Nullable Object> shards =
                Json.map("total", toRestore.size(), "failed", 0, "successful", toRestore.size());
        Object answer = Json.map(
                "snapshot", Json.map("snapshot", name, "indices", List.copyOf(toRestore.keySet()), "shards", shards));
        return engine.clock().until(recoveredAt).thenApply(done -> answer);
    }

    /** With the settings that are to be left out or set, and without aliases where these are not restored. */
    private IndexMetadata changed(String label, IndexMetadata metadata, Map<String, Object> body) {
        Map<String, @Nullable String> set = FlatSettings.ofIndex(body.getOrDefault("index_settings", Map.of()));
        Object leftOut = body.getOrDefault("ignore_index_settings", List.of());
        NamePatterns patterns =
                leftOut instanceof List<?> list && list.isEmpty() ? NamePatterns.of("") : NamePatterns.ofJson(leftOut);
        String what = engine.engine() == SearchEngine.OPENSEARCH ? "UnmodifiableOnRestore setting" : "setting";
        if (set.containsKey(SHARDS)) {
            throw failure(label + "cannot modify " + what + " [" + SHARDS + "] on restore");
        }
        if (patterns.patterns().contains(SHARDS)) {
            throw failure(label + "cannot remove " + what + " [" + SHARDS + "] on restore");
        }
        IndexMetadata changed = metadata.withoutSettings(patterns).with(set);
        return Boolean.FALSE.equals(body.get("include_aliases")) ? changed.withoutAliases() : changed;
    }

    /** Engines compare each index with what there is before, and do not add them up. */
    private void refuseTooManyShards(int more) {
        long most = Long.parseLong(engine.node().setting("cluster.max_shards_per_node"));
        long open = engine.indices().values().stream()
                .filter(SimulatedIndex::isOpen)
                .count();
        if (more > 0 && open + 1 > most) {
            boolean elastic = engine.engine() == SearchEngine.ELASTICSEARCH;
            throw EngineException.of(
                    400,
                    "validation_exception",
                    "Validation Failed: 1: this action would add [1] " + (elastic ? "" : "total ")
                            + "shards, but this cluster currently has [" + open + "]/[" + most + "] maximum "
                            + (elastic ? "normal " : "") + "shards open;");
        }
    }

    private static String renamed(String index, Map<String, Object> body) {
        Object pattern = body.get("rename_pattern");
        Object replacement = body.get("rename_replacement");
        return pattern == null || replacement == null
                ? index
                : index.replaceAll(String.valueOf(pattern), String.valueOf(replacement));
    }

    private static EngineException failure(String reason) {
        return EngineException.of(500, "snapshot_restore_exception", reason);
    }
}
