package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.EngineVersion;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls on indices. Called with the engine's lock held. */
final class IndexRest {
    private final EngineState engine;

    IndexRest(EngineState engine) {
        this.engine = engine;
    }

    /**
     * @param path the whole path; the first segment is no name with an underscore in front, except where a call leaves
     *     out the index
     * @return empty if there is no such call
     */
    Optional<Object> answer(WebRequest request, List<String> path) {
        boolean named = !path.get(0).startsWith("_") || path.get(0).equals("_all");
        String names = named ? path.get(0) : "_all";
        List<String> rest = named ? path.subList(1, path.size()) : path;
        String call = request.method() + " " + (rest.isEmpty() ? "" : rest.get(0));
        return switch (call) {
            case "GET ", "HEAD ", "GET _settings", "GET _mapping" -> Optional.of(describe(request, names));
            case "PUT " -> Optional.of(create(request, names));
            case "PUT _settings" -> Optional.of(set(request, names));
            case "POST _aliases" -> Optional.of(AliasRest.change(engine, request));
            case "GET _alias" -> Optional.of(AliasRest.list(select(request, names)));
            case "DELETE " -> Optional.of(delete(request, names));
            case "POST _open", "POST _close" ->
                Optional.of(setOpen(request, names, rest.get(0).equals("_open")));
            case "POST _bulk", "PUT _bulk" -> Optional.of(bulk(request, names));
            case "POST _refresh", "GET _refresh", "POST _flush", "GET _flush" ->
                Optional.of(Json.map("_shards", shards(select(request, names).size())));
            case "GET _count", "POST _count" -> Optional.of(count(request, names));
            case "GET _search", "POST _search" -> Optional.of(search(request, names));
            case "GET _stats" -> Optional.of(stats(request, names));
            case "GET _recovery" -> Optional.of(recovery(request, names));
            default -> Optional.empty();
        };
    }

    /**
     * The open and closed indices that are meant; closed ones only where they are named or the call expands to them.
     */
    List<SimulatedIndex> select(WebRequest request, String names) {
        NamePatterns patterns = NamePatterns.of(names);
        NamePatterns.Selection selection = patterns.select(engine.indices().keySet());
        if (!selection.missing().isEmpty() && !request.isTrue("ignore_unavailable")) {
            throw EngineException.indexNotFound(selection.missing().get(0));
        }
        if (selection.names().isEmpty()
                && !names.equals("_all")
                && request.query("allow_no_indices", "true").equals("false")) {
            throw EngineException.indexNotFound(names);
        }
        String expand = request.query("expand_wildcards", "open");
        boolean closedToo = expand.contains("closed") || expand.contains("all");
        List<SimulatedIndex> selected = new ArrayList<>();
        for (String name : selection.names()) {
            SimulatedIndex index = engine.indices().get(name);
            if (index != null
                    && (index.isOpen() || closedToo || patterns.patterns().contains(name))) {
                selected.add(index);
            }
        }
        return selected;
    }

    private Object describe(WebRequest request, String names) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        for (SimulatedIndex index : select(request, names)) {
            described.put(
                    index.name(), Json.map("aliases", Map.of(), "mappings", Map.of(), "settings", settings(index)));
        }
        return described;
    }

    private static Object settings(SimulatedIndex index) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "index.uuid",
                index.uuid(),
                "index.number_of_shards",
                "1",
                "index.number_of_replicas",
                "0",
                "index.provided_name",
                index.name()));
        settings.putAll(index.metadata().settings());
        return FlatSettings.nest(settings);
    }

    private Object set(WebRequest request, String names) {
        Map<String, Object> body = request.json().orElse(Map.of());
        Map<String, @Nullable String> changes = FlatSettings.ofIndex(body.getOrDefault("settings", body));
        select(request, names)
                .forEach(index -> index.setMetadata(index.metadata().with(changes)));
        return SnapshotRest.ACKNOWLEDGED;
    }

    private Object create(WebRequest request, String name) {
        SimulatedIndex present = engine.indices().get(name);
        if (present != null) {
            throw EngineException.about(
                    400,
                    "resource_already_exists_exception",
                    "index [" + name + "/" + present.uuid() + "] already exists",
                    present);
        }
        SimulatedIndex index = engine.createIndex(name);
        index.setMetadata(index.metadata()
                .with(FlatSettings.ofIndex(request.json().orElse(Map.of()).getOrDefault("settings", Map.of()))));
        return Json.map("acknowledged", true, "shards_acknowledged", true, "index", name);
    }

    private Object delete(WebRequest request, String names) {
        if (NamePatterns.of(names).hasWildcard() && engine.engine() == SearchEngine.ELASTICSEARCH) {
            throw EngineException.of(
                    400, "illegal_argument_exception", "Wildcard expressions or all indices are not allowed");
        }
        List<SimulatedIndex> indices = select(request, names);
        Blocks.refuseDeletion(engine.node(), indices);
        refuseIfBeingSnapshotted("delete", indices);
        indices.forEach(index -> engine.indices().remove(index.name()));
        return SnapshotRest.ACKNOWLEDGED;
    }

    private Object setOpen(WebRequest request, String names, boolean open) {
        List<SimulatedIndex> indices = select(request, names);
        if (!open) {
            refuseIfBeingSnapshotted("close", indices);
        }
        indices.forEach(index -> index.setOpen(open));
        return Json.map("acknowledged", true, "shards_acknowledged", true);
    }

    private void refuseIfBeingSnapshotted(String what, List<SimulatedIndex> indices) {
        List<String> held = indices.stream()
                .filter(index -> engine.isBeingSnapshotted(index.name()))
                .map(index -> "[" + index.name() + "/" + index.uuid() + "]")
                .toList();
        if (!held.isEmpty()) {
            throw EngineException.of(
                    400,
                    "snapshot_in_progress_exception",
                    "Cannot " + what + " indices that are being snapshotted: " + held
                            + ". Try again after snapshot finishes or cancel the currently running snapshot.");
        }
    }

    private Object bulk(WebRequest request, String defaultIndex) {
        List<Object> items = new ArrayList<>();
        Iterator<String> lines =
                new String(request.body(), StandardCharsets.UTF_8).lines().iterator();
        while (lines.hasNext()) {
            Map<String, Object> action = object(lines.next());
            if (!action.isEmpty() && lines.hasNext()) {
                items.add(bulkItem(action, object(lines.next()), defaultIndex));
            }
        }
        return Json.map("took", 1, "errors", false, "items", items);
    }

    private Object bulkItem(Map<String, Object> action, Map<String, Object> document, String defaultIndex) {
        String verb = action.keySet().iterator().next();
        Map<?, ?> target = action.get(verb) instanceof Map<?, ?> given ? given : Map.of();
        SimulatedIndex index = engine.existingOrNew(textOr(target.get("_index"), defaultIndex));
        String id = textOr(target.get("_id"), "auto-" + (index.count() + 1));
        index.put(id, document);
        return Json.map(verb, Json.map("_index", index.name(), "_id", id, "status", 201, "result", "created"));
    }

    private static String textOr(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    private static Map<String, Object> object(String line) {
        return Json.object(line.getBytes(StandardCharsets.UTF_8)).orElse(Map.of());
    }

    private Object count(WebRequest request, String names) {
        List<SimulatedIndex> indices = open(request, names);
        return Json.map(
                "count",
                SearchRest.matching(request.json().orElse(Map.of()), SearchRest.documents(indices))
                        .size(),
                "_shards",
                searchShards(indices.size()));
    }

    private Object search(WebRequest request, String names) {
        List<SimulatedIndex> indices = open(request, names);
        Map<String, Object> body = request.json().orElse(Map.of());
        List<SearchRest.Document> found = SearchRest.matching(body, SearchRest.documents(indices));
        int size = Integer.parseInt(String.valueOf(body.getOrDefault("size", request.query("size", "10"))));
        List<Object> hits = found.stream()
                .limit(size)
                .map(document -> hit(document, !Boolean.FALSE.equals(body.get("_source"))))
                .toList();
        Object maxScore = size == 0 && !indices.isEmpty() ? null : Double.valueOf(indices.isEmpty() ? 0 : 1);
        Map<String, @Nullable Object> answer = Json.map(
                "took",
                1,
                "timed_out",
                false,
                "_shards",
                searchShards(indices.size()),
                "hits",
                SearchRest.hits(body, found.size(), maxScore, hits));
        if (engine.version() == EngineVersion.OPENSEARCH_3 && SearchRest.endsCounting(body, found.size())) {
            answer.put("terminated_early", true);
        }
        // Without any index, engines leave them out.
        if (!indices.isEmpty() && body.get("aggs") instanceof Map<?, ?> aggregations) {
            answer.put("aggregations", SearchRest.aggregations(aggregations, found));
        }
        return answer;
    }

    private static Object hit(SearchRest.Document document, boolean withSource) {
        Map<String, @Nullable Object> hit = Json.map("_index", document.index(), "_id", document.id(), "_score", 1.0);
        if (withSource) {
            hit.put("_source", document.source());
        }
        return hit;
    }

    private List<SimulatedIndex> open(WebRequest request, String names) {
        List<SimulatedIndex> indices = select(request, names);
        indices.stream().filter(index -> !index.isOpen()).findFirst().ifPresent(closed -> {
            throw EngineException.of(400, "index_closed_exception", "closed");
        });
        return indices;
    }

    private Object stats(WebRequest request, String names) {
        Map<String, @Nullable Object> each = new LinkedHashMap<>();
        long documents = 0;
        long bytes = 0;
        long written = 0;
        List<SimulatedIndex> indices = select(request, names);
        for (SimulatedIndex index : indices) {
            Map<String, @Nullable Object> numbers = numbers(index.count(), index.bytes(), index.written());
            each.put(index.name(), Json.map("uuid", index.uuid(), "primaries", numbers, "total", numbers));
            documents += index.count();
            bytes += index.bytes();
            written += index.written();
        }
        Map<String, @Nullable Object> all = numbers(documents, bytes, written);
        return Json.map(
                "_shards", shards(indices.size()),
                "_all", Json.map("primaries", all, "total", all),
                "indices", each);
    }

    private static Map<String, @Nullable Object> numbers(long documents, long bytes, long written) {
        return Json.map(
                "docs", Json.map("count", documents, "deleted", 0),
                "indexing", Json.map("index_total", written, "delete_total", 0),
                "store",
                        Json.map(
                                "size_in_bytes", bytes, "total_data_set_size_in_bytes", bytes, "reserved_in_bytes", 0));
    }

    private Object recovery(WebRequest request, String names) {
        Map<String, @Nullable Object> each = new LinkedHashMap<>();
        for (SimulatedIndex index : select(request, names)) {
            boolean done = index.isRecovered(engine.clock().now());
            String[] source = index.recoverySource().split("/", 2);
            long recovered = index.recoveredBytes(engine.clock().now());
            each.put(
                    index.name(),
                    Json.map(
                            "shards",
                            List.of(Json.map(
                                    "id",
                                    0,
                                    "type",
                                    source.length == 2 ? "SNAPSHOT" : "EMPTY_STORE",
                                    "stage",
                                    done ? "DONE" : "INDEX",
                                    "primary",
                                    true,
                                    "source",
                                    source.length == 2
                                            ? Json.map(
                                                    "repository", source[0],
                                                    "snapshot", source[1],
                                                    "index", index.name())
                                            : Map.of(),
                                    "target",
                                    Json.map("id", "simulated-node-1", "name", "simulated-1"),
                                    "index",
                                    Json.map(
                                            "size",
                                            Json.map(
                                                    "total_in_bytes",
                                                    index.bytes(),
                                                    "reused_in_bytes",
                                                    0,
                                                    "recovered_in_bytes",
                                                    recovered,
                                                    "percent",
                                                    done ? "100.0%" : "0.0%"))))));
        }
        return each;
    }

    private static Map<String, @Nullable Object> shards(int count) {
        return Json.map("total", count, "successful", count, "failed", 0);
    }

    private static Map<String, @Nullable Object> searchShards(int count) {
        return Json.map("total", count, "successful", count, "skipped", 0, "failed", 0);
    }
}
