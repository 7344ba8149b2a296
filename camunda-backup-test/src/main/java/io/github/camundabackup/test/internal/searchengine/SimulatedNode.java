package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The only node, and which shards it takes: the settings of the cluster, and what its deciders of allocation say. In
 * the words of Elasticsearch 8.19.21 and OpenSearch 2.19.6. Guarded by the engine's lock.
 */
final class SimulatedNode {
    private static final String FILTERS = "index.routing.allocation.";

    private final SearchEngine engine;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> transients = new TreeMap<>();
    private long diskTotal = 100L << 30;
    private long diskFree = 60L << 30;

    SimulatedNode(SearchEngine engine) {
        this.engine = engine;
    }

    void setDisk(long total, long free) {
        diskTotal = total;
        diskFree = free;
    }

    long diskTotal() {
        return diskTotal;
    }

    long diskFree() {
        return diskFree;
    }

    /** What the cluster is set to for the time being, which hides what it is set to for good. */
    Map<String, String> transients() {
        return transients;
    }

    /** What the cluster is set to for good, defaults left out. */
    Map<String, String> settings() {
        return settings;
    }

    String setting(String name) {
        return transients.getOrDefault(
                name, settings.getOrDefault(name, defaults().getOrDefault(name, "")));
    }

    boolean isTrue(String setting) {
        return setting(setting).equals("true");
    }

    List<String> roles() {
        return engine == SearchEngine.ELASTICSEARCH
                ? List.of(
                        "data", "data_cold", "data_content", "data_frozen", "data_hot", "data_warm", "ingest", "master")
                : List.of("cluster_manager", "data", "ingest", "remote_cluster_client");
    }

    Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>(Map.of(
                "cluster.max_shards_per_node",
                "1000",
                "cluster.routing.allocation.enable",
                "all",
                "cluster.routing.allocation.node_initial_primaries_recoveries",
                "4",
                "indices.recovery.max_bytes_per_sec",
                "40mb",
                "cluster.routing.allocation.disk.threshold_enabled",
                "true",
                "cluster.routing.allocation.disk.watermark.low",
                "85%",
                "cluster.routing.allocation.disk.watermark.high",
                "90%",
                "cluster.routing.allocation.disk.watermark.flood_stage",
                "95%",
                "cluster.blocks.read_only",
                "false",
                "cluster.blocks.read_only_allow_delete",
                "false"));
        switch (engine) {
            case ELASTICSEARCH ->
                defaults.putAll(Map.of(
                        "cluster.routing.allocation.disk.watermark.enable_for_single_data_node",
                        "true",
                        "cluster.routing.allocation.disk.watermark.low.max_headroom",
                        "200GB",
                        "cluster.routing.allocation.disk.watermark.high.max_headroom",
                        "150GB"));
            case OPENSEARCH ->
                defaults.putAll(Map.of(
                        "cluster.routing.allocation.disk.watermark.enable_for_single_data_node",
                        "false",
                        "cluster.blocks.create_index",
                        "false"));
        }
        defaults.keySet().removeAll(settings.keySet());
        defaults.keySet().removeAll(transients.keySet());
        return defaults;
    }

    /** Why it takes no primary shard of such an index; none if it does. */
    List<Map<String, @Nullable Object>> refusals(IndexMetadata index, long bytes) {
        List<Map<String, @Nullable Object>> refusals = new ArrayList<>();
        if (setting("cluster.routing.allocation.enable").equals("none")) {
            refusals.add(no(
                    "enable",
                    "no allocations are allowed due to cluster setting [cluster.routing.allocation.enable=none]"));
        }
        filter(index, "require", values -> !values.isEmpty(), "does not match", refusals);
        filter(index, "include", values -> !values.isEmpty(), "does not match", refusals);
        // It has no attributes, so that it is never among those that are left out.
        filter(index, "exclude", values -> false, "matches", refusals);
        long minimum = (long) (diskTotal * 0.15);
        if (engine == SearchEngine.ELASTICSEARCH && diskFree - bytes < minimum) {
            refusals.add(no(
                    "disk_threshold",
                    "the node is above the low watermark cluster setting"
                            + " [cluster.routing.allocation.disk.watermark.low=85%], having less than the minimum required"
                            + " ["
                            + minimum + "b] free space, actual free: [" + diskFree + "b], actual used: ["
                            + (100 - 100 * diskFree / diskTotal) + "%]"));
        }
        return refusals;
    }

    private static void filter(
            IndexMetadata index,
            String kind,
            Predicate<Map<String, String>> refuses,
            String how,
            List<Map<String, @Nullable Object>> refusals) {
        Map<String, String> values = new TreeMap<>();
        index.settings().forEach((name, value) -> {
            // Of the tiers, this node has all.
            if (name.startsWith(FILTERS + kind + ".") && !name.endsWith("._tier_preference")) {
                values.put(name.substring((FILTERS + kind + ".").length()), value);
            }
        });
        if (refuses.test(values)) {
            refusals.add(no(
                    "filter",
                    "node " + how + " index setting [" + FILTERS + kind + "] filters ["
                            + values.entrySet().stream()
                                    .map(value -> value.getKey() + ":\"" + value.getValue() + "\"")
                                    .collect(Collectors.joining(kind.equals("require") ? " AND " : " OR "))
                            + "]"));
        }
    }

    static Map<String, @Nullable Object> no(String decider, String explanation) {
        return Json.map("decider", decider, "decision", "NO", "explanation", explanation);
    }
}
