package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The engine as a whole: its version, its health, and the tables of {@code _cat}. Called with the engine's lock held. */
final class ClusterRest {
    private final EngineState engine;
    private final IndexRest indices;

    ClusterRest(EngineState engine, IndexRest indices) {
        this.engine = engine;
        this.indices = indices;
    }

    Object root() {
        boolean elastic = engine.engine() == SearchEngine.ELASTICSEARCH;
        Map<String, @Nullable Object> version = new LinkedHashMap<>();
        if (!elastic) {
            version.put("distribution", "opensearch");
        }
        version.put("number", elastic ? "8.16.1" : "2.19.6");
        if (elastic) {
            version.put("build_flavor", "default");
        }
        version.put("build_type", "zip");
        version.put("build_hash", "simulated");
        version.put("build_date", "2026-01-01T00:00:00.000000000Z");
        version.put("build_snapshot", false);
        version.put("lucene_version", elastic ? "9.12.0" : "9.12.3");
        version.put("minimum_wire_compatibility_version", elastic ? "7.17.0" : "7.10.0");
        version.put("minimum_index_compatibility_version", "7.0.0");
        return Json.map(
                "name",
                "simulated-1",
                "cluster_name",
                "simulated",
                "cluster_uuid",
                engine.id(),
                "version",
                version,
                "tagline",
                elastic ? "You Know, for Search" : "The OpenSearch Project: https://opensearch.org/");
    }

    /** {@code _cluster/health[/indices]}, {@code _cluster/settings} and the beginning of {@code _cluster/state}; empty for anything else. */
    Optional<Object> cluster(WebRequest request, List<String> path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return switch (path.get(0)) {
            case "health" -> Optional.of(health(request, path.size() > 1 ? path.get(1) : "_all"));
            case "state" -> Optional.of(Json.map("cluster_name", "simulated", "cluster_uuid", engine.id()));
            case "settings" -> Optional.of(Json.map("persistent", Map.of(), "transient", Map.of()));
            default -> Optional.empty();
        };
    }

    private Object health(WebRequest request, String names) {
        long now = engine.clock().now();
        Map<String, @Nullable Object> each = new LinkedHashMap<>();
        int active = 0;
        int initializing = 0;
        for (SimulatedIndex index : indices.select(request, names)) {
            boolean ready = index.isRecovered(now);
            active += ready ? 1 : 0;
            initializing += ready ? 0 : 1;
            each.put(
                    index.name(),
                    Json.map(
                            "status",
                            ready ? "green" : "red",
                            "number_of_shards",
                            1,
                            "number_of_replicas",
                            0,
                            "active_primary_shards",
                            ready ? 1 : 0,
                            "active_shards",
                            ready ? 1 : 0,
                            "relocating_shards",
                            0,
                            "initializing_shards",
                            ready ? 0 : 1,
                            "unassigned_shards",
                            0));
        }
        Map<String, @Nullable Object> health = Json.map(
                "cluster_name", "simulated",
                "status", initializing == 0 ? "green" : "red",
                "timed_out", false,
                "number_of_nodes", 1,
                "number_of_data_nodes", 1,
                "active_primary_shards", active,
                "active_shards", active,
                "relocating_shards", 0,
                "initializing_shards", initializing,
                "unassigned_shards", 0,
                "delayed_unassigned_shards", 0,
                "number_of_pending_tasks", 0,
                "number_of_in_flight_fetch", 0,
                "task_max_waiting_in_queue_millis", 0,
                "active_shards_percent_as_number", initializing == 0 ? 100.0 : 50.0);
        if (!request.query("level", "cluster").equals("cluster")) {
            health.put("indices", each);
        }
        return health;
    }

    /** {@code _resolve/index/names}. */
    Object resolve(WebRequest request, String names) {
        List<Object> found = new ArrayList<>();
        for (SimulatedIndex index : indices.select(request, names)) {
            found.add(Json.map("name", index.name(), "attributes", List.of(index.isOpen() ? "open" : "closed")));
        }
        return Json.map("indices", found, "aliases", List.of(), "data_streams", List.of());
    }

    /** {@code _cat/indices}, {@code _cat/shards} and {@code _cat/recovery}; empty for anything else. */
    Optional<WebAnswer> cat(WebRequest request, List<String> path, String contentType) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String names = path.size() > 1 ? path.get(1) : "_all";
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (SimulatedIndex index : indices.select(request, names)) {
            switch (path.get(0)) {
                case "indices" -> rows.add(indexRow(index));
                case "shards" -> rows.add(shardRow(index));
                case "recovery" -> rows.add(recoveryRow(index));
                default -> {
                    return Optional.empty();
                }
            }
        }
        String columns = request.query("h", "");
        if (!columns.isEmpty()) {
            List<String> wanted = NamePatterns.of(columns).patterns();
            rows.forEach(row -> row.keySet().retainAll(wanted));
        }
        if (request.query("format", "").equals("json")) {
            return Optional.of(WebAnswer.json(200, contentType, rows));
        }
        String text = rows.stream()
                .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n")
                .collect(Collectors.joining());
        return Optional.of(WebAnswer.text(200, "text/plain", text));
    }

    private Map<String, @Nullable Object> indexRow(SimulatedIndex index) {
        boolean open = index.isOpen();
        String documents = open ? String.valueOf(index.count()) : null;
        String bytes = open ? String.valueOf(index.bytes()) : null;
        return Json.map(
                "health",
                index.isRecovered(engine.clock().now()) ? "green" : "red",
                "status",
                open ? "open" : "close",
                "index",
                index.name(),
                "uuid",
                index.uuid(),
                "pri",
                "1",
                "rep",
                "0",
                "docs.count",
                documents,
                "docs.deleted",
                open ? "0" : null,
                "store.size",
                bytes,
                "pri.store.size",
                bytes);
    }

    private Map<String, @Nullable Object> shardRow(SimulatedIndex index) {
        boolean ready = index.isRecovered(engine.clock().now());
        return Json.map(
                "index",
                index.name(),
                "shard",
                "0",
                "prirep",
                "p",
                "state",
                ready ? "STARTED" : "INITIALIZING",
                "docs",
                ready ? String.valueOf(index.count()) : null,
                "store",
                ready ? String.valueOf(index.bytes()) : null,
                "ip",
                "127.0.0.1",
                "node",
                "simulated-1");
    }

    private Map<String, @Nullable Object> recoveryRow(SimulatedIndex index) {
        boolean done = index.isRecovered(engine.clock().now());
        String[] source = index.recoverySource().split("/", 2);
        return Json.map(
                "index", index.name(),
                "shard", "0",
                "type", source.length == 2 ? "snapshot" : "empty_store",
                "stage", done ? "done" : "index",
                "repository", source.length == 2 ? source[0] : "n/a",
                "snapshot", source.length == 2 ? source[1] : "n/a",
                "bytes", String.valueOf(index.bytes()),
                "bytes_recovered", done ? String.valueOf(index.bytes()) : "0",
                "bytes_percent", done ? "100.0%" : "0.0%");
    }
}
