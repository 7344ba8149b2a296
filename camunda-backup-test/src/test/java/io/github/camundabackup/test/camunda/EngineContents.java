package io.github.camundabackup.test.camunda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.test.engine.EngineProcess;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a real cluster has in its search engine, looked at without the library. */
final class EngineContents {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final EngineProcess engine;
    private final String repository;

    EngineContents(EngineProcess engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** All records that Zeebe has exported. */
    ExportedRecords exported() {
        engine.send("POST", "/zeebe-record*/_refresh", "");
        List<ExportedRecord> records = new ArrayList<>();
        JsonNode page = MAPPER.createArrayNode();
        do {
            String after = page.isEmpty()
                    ? ""
                    : ",\"search_after\":" + page.get(page.size() - 1).path("sort");
            page = read(engine.call(
                            "POST",
                            "/zeebe-record*/_search",
                            "{\"size\":10000,\"sort\":[\"partitionId\",\"position\",\"_index\"]" + after + "}"))
                    .path("hits")
                    .path("hits");
            page.forEach(hit -> records.add(ExportedRecord.of(hit.path("_source"))));
        } while (!page.isEmpty());
        return new ExportedRecords(records);
    }

    /** How many process instances Operate shows, by their state. */
    Map<String, Long> operatesInstances() {
        return states("operate-list-view-*", "{\"term\":{\"joinRelation\":\"processInstance\"}}");
    }

    /** How many user tasks Tasklist shows, by their state. */
    Map<String, Long> tasklistsTasks() {
        return states("tasklist-task-*", "{\"match_all\":{}}");
    }

    private Map<String, Long> states(String indices, String query) {
        engine.send("POST", "/" + indices + "/_refresh", "");
        Map<String, Long> states = new TreeMap<>();
        read(engine.call(
                        "POST",
                        "/" + indices + "/_search",
                        "{\"size\":0,\"query\":" + query + ",\"aggs\":{\"states\":{\"terms\":{\"field\":\"state\"}}}}"))
                .path("aggregations")
                .path("states")
                .path("buckets")
                .forEach(bucket -> states.put(
                        bucket.path("key").asText(), bucket.path("doc_count").asLong()));
        return states;
    }

    /** How many records Zeebe has exported. */
    long records() {
        return count("zeebe-record*");
    }

    /** The snapshots with the given id, and their states. */
    Map<String, String> snapshots(BackupId id) {
        Map<String, String> states = new TreeMap<>();
        read(engine.call("GET", "/_snapshot/" + repository + "/_all", ""))
                .path("snapshots")
                .forEach(snapshot -> {
                    String name = snapshot.path("snapshot").asText();
                    if (SnapshotName.parse(name)
                            .filter(parsed -> parsed.backupId().equals(id))
                            .isPresent()) {
                        states.put(name, snapshot.path("state").asText());
                    }
                });
        return states;
    }

    /** Makes the snapshot of the records by hand. */
    void snapshotRecords(BackupId id) {
        engine.call(
                "PUT",
                "/_snapshot/" + repository + "/" + SnapshotName.records(id) + "?wait_for_completion=true",
                "{\"indices\":\"zeebe-record*\"}");
    }

    void deleteSnapshot(SnapshotName name) {
        engine.call("DELETE", "/_snapshot/" + repository + "/" + name, "");
    }

    /** How many records are in a snapshot. */
    long recordsIn(BackupId id) {
        String snapshot = SnapshotName.records(id).toString();
        engine.call(
                "POST",
                "/_snapshot/" + repository + "/" + snapshot + "/_restore?wait_for_completion=true",
                "{\"rename_pattern\":\"(.+)\",\"rename_replacement\":\"looked-at-$1\",\"include_aliases\":false}");
        long count = count("looked-at-*");
        engine.call("GET", "/_cat/indices/looked-at-*?h=index", "")
                .lines()
                .forEach(index -> engine.call("DELETE", "/" + index.strip(), ""));
        return count;
    }

    long count(String indices) {
        engine.send("POST", "/" + indices + "/_refresh", "");
        return read(engine.call("GET", "/" + indices + "/_count", ""))
                .path("count")
                .asLong();
    }

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
