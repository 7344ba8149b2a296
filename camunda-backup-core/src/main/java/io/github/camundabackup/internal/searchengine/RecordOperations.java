package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.RecordRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Reads exported records with aggregations. Highest and lowest numbers come as the sort values of hits: engines compute
 * {@code max} and {@code min} in doubles, which are not exact from 2^53 on, where the sequences of the fourth partition
 * begin.
 */
final class RecordOperations implements ExportedRecords {
    /** Zeebe has at most 8192 partitions, and some fifty value types. */
    private static final int MAX_PARTITIONS = 8192;

    private static final int MAX_VALUE_TYPES = 1000;
    /** Exporting is paused while the engine searches: rather no answer than a late one. */
    private static final String PATIENCE = "10s";

    /**
     * Asked for no hit at all, OpenSearch 3 ends the counting of hits as soon as it knows or has passed their number,
     * and calls that {@code terminated_early}, though the aggregations go on over all records (tested with 3.6.0, and
     * EmptyTopDocsCollectorContext in its source). Asked for one, it says so only of what leaves records out.
     */
    private static final int COUNTED_ONE_BY_ONE = 1;

    private final Engine engine;

    RecordOperations(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CompletableFuture<SortedMap<Integer, Long>> highestPositions(String indexPattern) {
        return search(
                        "find the highest positions in " + indexPattern,
                        indexPattern,
                        all(exists("partitionId"), exists("position")),
                        Map.of("last", hit("position", "desc")))
                .thenApply(RecordOperations::positions);
    }

    @Override
    public CompletableFuture<List<RecordRange>> ranges(String indexPattern, Map<Integer, Long> upTo) {
        if (upTo.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<Object> partitions = new ArrayList<>();
        new TreeMap<>(upTo)
                .forEach((partition, position) -> partitions.add(all(
                        Map.of("term", Map.of("partitionId", partition)),
                        Map.of("range", Map.of("position", Map.of("lte", position))))));
        return search(
                        "look for gaps in " + indexPattern,
                        indexPattern,
                        all(
                                exists("sequence"),
                                Map.of("bool", Map.of("should", partitions, "minimum_should_match", 1))),
                        Map.of(
                                "types",
                                terms(
                                        "valueType",
                                        MAX_VALUE_TYPES,
                                        Map.of("first", hit("sequence", "asc"), "last", hit("sequence", "desc")))))
                .thenApply(RecordOperations::ranges);
    }

    @Override
    public CompletableFuture<Long> count(
            String indexPattern, int partitionId, long above, long upTo, Optional<Instant> notAfter) {
        List<Object> filters = new ArrayList<>();
        filters.add(Map.of("term", Map.of("partitionId", partitionId)));
        filters.add(Map.of("range", Map.of("position", Map.of("gt", above, "lte", upTo))));
        notAfter.ifPresent(time ->
                filters.add(Map.of("range", Map.of("timestamp", Map.of("lte", time.toEpochMilli())))));
        Names.requirePatterns(List.of(indexPattern));
        return refresh(indexPattern)
                .thenCompose(refreshed -> engine.read(
                        HttpCall.post("count records in " + indexPattern, indexPattern, "_count")
                                .json(Map.of("query", all(filters.toArray()))),
                        Privilege.READ_RECORDS))
                .thenApply(RecordOperations::requireWhole)
                .thenApply(answer ->
                        answer.json().number("count").orElseThrow(() -> answer.unexpected("there is no count in it")));
    }

    private CompletableFuture<HttpAnswer> search(
            String action, String pattern, Map<String, ?> query, Map<String, ?> inEachPartition) {
        Names.requirePatterns(List.of(pattern));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", COUNTED_ONE_BY_ONE);
        body.put("_source", false);
        body.put("track_total_hits", true);
        body.put("timeout", PATIENCE);
        body.put("query", query);
        body.put("aggs", Map.of("partitions", terms("partitionId", MAX_PARTITIONS, inEachPartition)));
        return refresh(pattern)
                .thenCompose(refreshed -> engine.read(
                        HttpCall.post(action, pattern, "_search")
                                .query("allow_partial_search_results", "false")
                                .json(body),
                        Privilege.READ_RECORDS))
                .thenApply(RecordOperations::requireWhole)
                .thenApply(RecordOperations::requireAllGrouped);
    }

    private CompletableFuture<HttpAnswer> refresh(String pattern) {
        return engine.read(HttpCall.post("refresh " + pattern, pattern, "_refresh"), Privilege.READ_RECORDS)
                .thenApply(RecordOperations::requireNoFailure);
    }

    private static Map<String, ?> exists(String field) {
        return Map.of("exists", Map.of("field", field));
    }

    private static Map<String, ?> all(Object... filters) {
        return Map.of("bool", Map.of("filter", List.of(filters)));
    }

    private static Map<String, ?> terms(String field, int size, Map<String, ?> within) {
        return Map.of("terms", Map.of("field", field, "size", size), "aggs", within);
    }

    private static Map<String, ?> hit(String field, String order) {
        return Map.of(
                "top_hits",
                Map.of(
                        "size",
                        1,
                        "_source",
                        false,
                        "sort",
                        List.of(Map.of(field, Map.of("order", order, "unmapped_type", "long")))));
    }

    private static SortedMap<Integer, Long> positions(HttpAnswer answer) {
        SortedMap<Integer, Long> positions = new TreeMap<>();
        buckets(answer, answer.json().at("aggregations").at("partitions"))
                .forEach(bucket -> positions.put(partition(answer, bucket), sortValue(answer, bucket, "last")));
        return Collections.unmodifiableSortedMap(positions);
    }

    private static List<RecordRange> ranges(HttpAnswer answer) {
        List<RecordRange> ranges = new ArrayList<>();
        for (JsonValue partition :
                buckets(answer, answer.json().at("aggregations").at("partitions"))) {
            for (JsonValue type : buckets(answer, partition.at("types"))) {
                ranges.add(new RecordRange(
                        partition(answer, partition),
                        type.text("key").orElseThrow(() -> answer.unexpected("a value type has no name")),
                        type.number("doc_count")
                                .orElseThrow(() -> answer.unexpected("a value type has no number of records")),
                        sortValue(answer, type, "first"),
                        sortValue(answer, type, "last")));
            }
        }
        return List.copyOf(ranges);
    }

    /** Without any index, engines leave the aggregations out. */
    private static List<JsonValue> buckets(HttpAnswer answer, JsonValue terms) {
        boolean noShards = answer.json().at("_shards").number("total").orElse(-1) == 0;
        if (noShards && terms.isAbsent()) {
            return List.of();
        }
        if (!terms.at("buckets").isArray()) {
            throw answer.unexpected("there are no groups in it");
        }
        boolean exact = terms.number("sum_other_doc_count").orElse(-1) == 0;
        if (!exact) {
            throw answer.unexpected("it leaves groups out");
        }
        return terms.elements("buckets");
    }

    private static int partition(HttpAnswer answer, JsonValue bucket) {
        OptionalLong key = bucket.number("key");
        if (key.isEmpty() || key.getAsLong() < 0 || key.getAsLong() > Integer.MAX_VALUE) {
            throw answer.unexpected("a group has no partition");
        }
        return (int) key.getAsLong();
    }

    private static long sortValue(HttpAnswer answer, JsonValue bucket, String name) {
        return bucket.at(name).at("hits").elements("hits").stream()
                .flatMap(hit -> hit.elements("sort").stream())
                .findFirst()
                .map(JsonValue::number)
                .filter(OptionalLong::isPresent)
                .orElseThrow(() -> answer.unexpected("there is no whole number in it where one was asked for"))
                .getAsLong();
    }

    /** An answer that did not see everything is no answer. */
    private static HttpAnswer requireWhole(HttpAnswer answer) {
        JsonValue json = answer.json();
        JsonValue shards = json.at("_shards");
        boolean allAnswered = shards.number("total").isPresent()
                && shards.number("successful").equals(shards.number("total"))
                && shards.number("failed").equals(OptionalLong.of(0));
        if (json.isTrue("timed_out") || json.isTrue("terminated_early") || !allAnswered) {
            throw answer.unexpected("it does not cover all records");
        }
        return answer;
    }

    /** Hits and groups are counted apart from each other: what ends one of them early makes them differ. */
    private static HttpAnswer requireAllGrouped(HttpAnswer answer) {
        JsonValue partitions = answer.json().at("aggregations").at("partitions");
        long grouped = 0;
        for (JsonValue bucket : buckets(answer, partitions)) {
            grouped +=
                    bucket.number("doc_count").orElseThrow(() -> answer.unexpected("a group has no number of records"));
        }
        JsonValue total = answer.json().at("hits").at("total");
        boolean exact = total.text("relation").equals(Optional.of("eq"));
        if (!exact || !total.number("value").equals(OptionalLong.of(grouped))) {
            throw answer.unexpected("it does not cover all records: " + grouped + " are in groups, of "
                    + (exact ? "" : "at least ") + total.number("value").orElse(0));
        }
        return answer;
    }

    /** Copies of shards that are not there count as not successful, and do no harm. */
    private static HttpAnswer requireNoFailure(HttpAnswer answer) {
        if (!answer.json().at("_shards").number("failed").equals(OptionalLong.of(0))) {
            throw answer.unexpected("not all shards were refreshed");
        }
        return answer;
    }
}
