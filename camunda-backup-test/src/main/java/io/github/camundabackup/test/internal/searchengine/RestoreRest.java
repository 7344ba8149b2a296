package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code POST _snapshot/{repository}/{snapshot}/_restore}. Called with the engine's lock held. */
final class RestoreRest {
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
        Map<String, Object> body = request.json().orElse(Map.of());
        NamePatterns.Selection selection = NamePatterns.ofJson(body.get("indices"))
                .select(snapshot.indices().keySet());
        if (!selection.missing().isEmpty() && !Boolean.TRUE.equals(body.get("ignore_unavailable"))) {
            throw EngineException.indexNotFound(selection.missing().get(0));
        }
        List<String> failed = snapshot.failedIndices(now);
        Map<String, Map<String, Object>> toRestore = new LinkedHashMap<>();
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
        }
        long recoveredAt = now;
        for (Map.Entry<String, Map<String, Object>> index : toRestore.entrySet()) {
            recoveredAt = engine.restore(index.getKey(), index.getValue(), repository.name() + "/" + name);
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
