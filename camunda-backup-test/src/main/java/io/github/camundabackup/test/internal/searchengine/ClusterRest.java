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

/**
 * The engine as a whole: its version, its health, and the tables of {@code _cat}. Called with the engine's lock held.
 */
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
        version.put("number", engine.version().number());
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

    /**
     * {@code _cluster/health[/indices]}, {@code _cluster/settings} and the beginning of {@code _cluster/state}; empty
     * for anything else.
     */
    Optional<WebAnswer> cluster(WebRequest request, List<String> path, String contentType) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (path.get(0).equals("health")) {
            return Optional.of(health(request, path.size() > 1 ? path.get(1) : "_all", contentType));
        }
        return description(request, path).map(body -> WebAnswer.json(200, contentType, body));
    }

    private Optional<Object> description(WebRequest request, List<String> path) {
        return switch (path.get(0)) {
            case "state" -> Optional.of(state(path.size() > 1 ? path.get(1) : "_all"));
            case "allocation" ->
                path.size() == 2 && path.get(1).equals("explain") ? Optional.of(explain(request)) : Optional.empty();
            case "settings" -> Optional.of(settings(request));
            default -> Optional.empty();
        };
    }

    private Object state(String metric) {
        Map<String, @Nullable Object> state = Json.map("cluster_name", "simulated", "cluster_uuid", engine.id());
        if (metric.equals("customs") || metric.equals("_all")) {
            long now = engine.clock().now();
            List<Object> deletions = new ArrayList<>();
            engine.repositories()
                    .values()
                    .forEach(repository -> repository.snapshots(now).stream()
                            .filter(snapshot -> snapshot.isBeingDeleted(now))
                            .forEach(snapshot -> deletions.add(
                                    Json.map("repository", repository.name(), "snapshots", List.of(snapshot.name())))));
            state.put("snapshot_deletions", Json.map("snapshot_deletions", deletions));
        }
        return state;
    }

    private Object settings(WebRequest request) {
        if (request.method().equals("PUT")) {
            Map<String, Object> body = request.json().orElse(Map.of());
            FlatSettings.change(engine.node().settings(), FlatSettings.flatten(body.get("persistent")));
            FlatSettings.change(engine.node().transients(), FlatSettings.flatten(body.get("transient")));
            return Json.map(
                    "acknowledged",
                    true,
                    "persistent",
                    body.getOrDefault("persistent", Map.of()),
                    "transient",
                    body.getOrDefault("transient", Map.of()));
        }
        Map<String, @Nullable Object> settings = Json.map(
                "persistent",
                FlatSettings.nest(engine.node().settings()),
                "transient",
                FlatSettings.nest(engine.node().transients()));
        if (request.isTrue("include_defaults")) {
            settings.put("defaults", FlatSettings.nest(engine.node().defaults()));
        }
        return settings;
    }

    /** {@code _nodes}, as far as it is about where shards may be. */
    Object nodes() {
        return Json.map(
                "cluster_name",
                "simulated",
                "nodes",
                Json.map(
                        "simulated-node-1",
                        Json.map(
                                "name",
                                "simulated-1",
                                "host",
                                "127.0.0.1",
                                "ip",
                                "127.0.0.1",
                                "roles",
                                engine.node().roles(),
                                "attributes",
                                Map.of())));
    }

    private Map<String, @Nullable Object> allocationRow() {
        SimulatedNode node = engine.node();
        return Json.map(
                "shards",
                String.valueOf(engine.indices().size()),
                "disk.indices",
                "0",
                "disk.used",
                String.valueOf(node.diskTotal() - node.diskFree()),
                "disk.avail",
                String.valueOf(node.diskFree()),
                "disk.total",
                String.valueOf(node.diskTotal()),
                "disk.percent",
                String.valueOf(100 - 100 * node.diskFree() / node.diskTotal()),
                "host",
                "127.0.0.1",
                "ip",
                "127.0.0.1",
                "node",
                "simulated-1");
    }

    /** {@code _cluster/allocation/explain} of one primary shard, in the words of Elasticsearch 8.19. */
    private Object explain(WebRequest request) {
        Map<String, Object> asked = request.json().orElse(Map.of());
        String name = String.valueOf(asked.get("index"));
        SimulatedIndex index = engine.indices().get(name);
        if (index == null) {
            throw EngineException.indexNotFound(name);
        }
        Map<String, @Nullable Object> explanation = Json.map("index", name, "shard", 0, "primary", true);
        if (!index.isGivenUp()) {
            explanation.put("current_state", index.isRecovered(engine.clock().now()) ? "started" : "initializing");
            return explanation;
        }
        boolean refused = index.isRefusedByNode();
        String details = refused
                ? "restore_source[" + index.recoverySource() + "]"
                : "failed shard on node [simulated-node-1]: failed recovery, failure"
                        + " IndexShardRestoreFailedException[restore failed]";
        explanation.put("current_state", "unassigned");
        explanation.put(
                "unassigned_info",
                Json.map("reason", refused ? "NEW_INDEX_RESTORED" : "ALLOCATION_FAILED", "details", details));
        List<Map<String, @Nullable Object>> deciders =
                new ArrayList<>(engine.node().refusals(index.metadata(), index.bytes()));
        deciders.add(SimulatedNode.no(
                "restore_in_progress",
                "shard has failed to be restored from the snapshot [" + index.recoverySource() + "] because of ["
                        + details + "] - manually close or delete the index [" + name
                        + "] in order to retry to restore the snapshot again or use the reroute API to force the"
                        + " allocation of an empty primary shard"));
        explanation.put(
                "node_allocation_decisions",
                List.of(Json.map("node_name", "simulated-1", "node_decision", "no", "deciders", deciders)));
        return explanation;
    }

    /**
     * Engines wait for indices that are not there, and answer in the end with those that are, and with a status of its
     * own.
     */
    private WebAnswer health(WebRequest request, String names, String contentType) {
        NamePatterns.Selection selection =
                NamePatterns.of(names).select(engine.indices().keySet());
        boolean complete = selection.missing().isEmpty();
        List<SimulatedIndex> there = complete
                ? indices.select(request, names)
                : selection.names().isEmpty()
                        ? List.of()
                        : indices.select(request, String.join(",", selection.names()));
        return WebAnswer.json(complete ? 200 : 408, contentType, health(request, there, complete));
    }

    private Map<String, @Nullable Object> health(WebRequest request, List<SimulatedIndex> there, boolean complete) {
        long now = engine.clock().now();
        Map<String, @Nullable Object> each = new LinkedHashMap<>();
        int active = 0;
        int initializing = 0;
        for (SimulatedIndex index : there) {
            boolean ready = index.isRecovered(now);
            active += ready ? 1 : 0;
            initializing += ready ? 0 : 1;
            Map<String, @Nullable Object> described = Json.map(
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
                    0);
            if (request.query("level", "").equals("shards")) {
                Map<String, @Nullable Object> shard =
                        Json.map("status", ready ? "green" : "red", "primary_active", ready);
                described.put("shards", Map.of("0", shard));
            }
            each.put(index.name(), described);
        }
        Map<String, @Nullable Object> health = Json.map(
                "cluster_name", "simulated",
                "status", complete && initializing == 0 ? "green" : "red",
                "timed_out", !complete,
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
        boolean ofNodes = path.get(0).equals("allocation");
        if (ofNodes) {
            rows.add(allocationRow());
        }
        for (SimulatedIndex index : ofNodes ? List.<SimulatedIndex>of() : indices.select(request, names)) {
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
                bytes,
                "creation.date",
                String.valueOf(engine.clock().instant(index.created()).toEpochMilli()));
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
