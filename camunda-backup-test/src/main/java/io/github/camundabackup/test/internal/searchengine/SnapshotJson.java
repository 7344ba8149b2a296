package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots as the get and the status call write them. */
final class SnapshotJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final EngineState engine;

    SnapshotJson(EngineState engine) {
        this.engine = engine;
    }

    Map<String, @Nullable Object> complete(SimulatedRepository repository, SimulatedSnapshot snapshot) {
        long now = engine.clock().now();
        boolean elastic = engine.engine() == SearchEngine.ELASTICSEARCH;
        boolean running = snapshot.isInProgress(now);
        Instant start = engine.clock().instant(snapshot.start());
        Instant end = running ? Instant.EPOCH : engine.clock().instant(snapshot.end());
        int failed = snapshot.failedIndices(now).size();
        int total = snapshot.indices().size();
        Map<String, @Nullable Object> json = Json.map("snapshot", snapshot.name(), "uuid", snapshot.uuid());
        if (elastic) {
            json.put("repository", repository.name());
        }
        switch (engine.version()) {
            case ELASTICSEARCH_8_13 -> {
                json.put("version_id", 8503000);
                json.put("version", "8503000");
            }
            case ELASTICSEARCH_8_16 -> {
                json.put("version_id", 8518000);
                json.put("version", "8.16.0-8.16.1");
            }
            case OPENSEARCH_2 -> {
                json.put("version_id", 136408427);
                json.put("version", "2.19.6");
            }
            case OPENSEARCH_3 -> {
                json.put("version_id", 137277827);
                json.put("version", "3.6.0");
            }
        }
        if (!elastic) {
            json.put("remote_store_index_shallow_copy", false);
        }
        json.put("indices", List.copyOf(snapshot.indices().keySet()));
        json.put("data_streams", List.of());
        json.put("include_global_state", snapshot.hasGlobalState());
        if (snapshot.metadata() != null) {
            json.put("metadata", snapshot.metadata());
        }
        json.put("state", snapshot.state(now));
        if (failed > 0 && !snapshot.isPartial(now)) {
            json.put("reason", "Indices don't have primary shards " + snapshot.failedIndices(now));
        }
        json.put("start_time", TIME.format(start));
        json.put("start_time_in_millis", start.toEpochMilli());
        json.put("end_time", TIME.format(end));
        json.put("end_time_in_millis", end.toEpochMilli());
        json.put("duration_in_millis", running ? 0 : end.toEpochMilli() - start.toEpochMilli());
        json.put(
                "failures",
                snapshot.failedIndices(now).stream()
                        .map(index -> Json.map(
                                "index",
                                index,
                                "index_uuid",
                                index,
                                "shard_id",
                                0,
                                "reason",
                                snapshot.shardFailure(),
                                "status",
                                "INTERNAL_SERVER_ERROR"))
                        .toList());
        json.put(
                "shards",
                Json.map(
                        "total", running && !elastic ? 0 : total,
                        "failed", failed,
                        "successful", running ? 0 : total - failed));
        if (elastic) {
            json.put("feature_states", List.of());
        }
        return json;
    }

    /** With {@code verbose=false}. */
    Map<String, @Nullable Object> brief(SimulatedRepository repository, SimulatedSnapshot snapshot) {
        Map<String, @Nullable Object> json = Json.map("snapshot", snapshot.name(), "uuid", snapshot.uuid());
        if (engine.engine() == SearchEngine.ELASTICSEARCH) {
            json.put("repository", repository.name());
        }
        json.put("indices", List.copyOf(snapshot.indices().keySet()));
        json.put("data_streams", List.of());
        json.put("state", snapshot.state(engine.clock().now()));
        return json;
    }

    Map<String, @Nullable Object> status(SimulatedRepository repository, SimulatedSnapshot snapshot) {
        long now = engine.clock().now();
        Map<String, @Nullable Object> indices = new LinkedHashMap<>();
        List<Shards> all = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Map<String, Object>> index : snapshot.indices().entrySet()) {
            Shards shards = shards(
                    snapshot, index.getKey(), number++, now, index.getValue().size());
            all.add(shards);
            indices.put(
                    index.getKey(),
                    Json.map(
                            "shards_stats", stages(List.of(shards)),
                            "stats", stats(snapshot, List.of(shards), now, false),
                            "shards",
                                    Json.map(
                                            "0",
                                            Json.map(
                                                    "stage", shards.stage(),
                                                    "stats", stats(snapshot, List.of(shards), now, false)))));
        }
        String state = snapshot.state(now);
        return Json.map(
                "snapshot", snapshot.name(),
                "repository", repository.name(),
                "uuid", snapshot.uuid(),
                "state", state.equals("IN_PROGRESS") ? "STARTED" : state,
                "include_global_state", snapshot.hasGlobalState(),
                "shards_stats", stages(all),
                "stats", stats(snapshot, all, now, snapshot.isInProgress(now)),
                "indices", indices);
    }

    private static Shards shards(SimulatedSnapshot snapshot, String index, int number, long now, int documents) {
        long bytes = documents * SimulatedIndex.BYTES_PER_DOCUMENT;
        if (snapshot.failedIndices(now).contains(index)) {
            return new Shards("FAILURE", 0, bytes);
        }
        if (!snapshot.isInProgress(now)) {
            return new Shards("DONE", bytes, bytes);
        }
        // The shards are done one after the other, evenly over the time; one that is stuck, half.
        long total = snapshot.end() == SimulatedClock.NEVER
                ? 2 * Math.max(1, now - snapshot.start())
                : snapshot.end() - snapshot.start();
        double progress =
                (double) (now - snapshot.start()) / total * snapshot.indices().size() - number;
        if (progress >= 1) {
            return new Shards("DONE", bytes, bytes);
        }
        return progress > 0 ? new Shards("STARTED", (long) (bytes * progress), bytes) : new Shards("INIT", 0, bytes);
    }

    private static Map<String, @Nullable Object> stages(List<Shards> shards) {
        return Json.map(
                "initializing", count(shards, "INIT"),
                "started", count(shards, "STARTED"),
                "finalizing", 0,
                "done", count(shards, "DONE"),
                "failed", count(shards, "FAILURE"),
                "total", shards.size());
    }

    private static long count(List<Shards> shards, String stage) {
        return shards.stream().filter(shard -> shard.stage().equals(stage)).count();
    }

    private Map<String, @Nullable Object> stats(
            SimulatedSnapshot snapshot, List<Shards> shards, long now, boolean withProcessed) {
        long done = shards.stream().mapToLong(Shards::done).sum();
        long total = shards.stream().mapToLong(Shards::total).sum();
        Map<String, @Nullable Object> stats = Json.map("incremental", files(shards.size(), total));
        if (withProcessed) {
            stats.put("processed", files(shards.size(), done));
        }
        stats.put("total", files(shards.size(), total));
        stats.put(
                "start_time_in_millis", engine.clock().instant(snapshot.start()).toEpochMilli());
        stats.put("time_in_millis", (Math.min(now, snapshot.end()) - snapshot.start()) / 1_000_000);
        return stats;
    }

    private static Map<String, @Nullable Object> files(int count, long bytes) {
        return Json.map("file_count", count, "size_in_bytes", bytes);
    }

    /**
     * @param stage the engine's word
     * @param done bytes that were written
     * @param total bytes to write
     */
    private record Shards(String stage, long done, long total) {}
}
