package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Queries and aggregations over documents, as far as they are needed to read exported records: {@code exists},
 * {@code term}, {@code range} and {@code bool}; {@code terms}, and {@code top_hits} of one hit. Anything else is
 * refused, so that no test passes because it was ignored.
 */
final class SearchRest {
    /** How many hits are counted unless a search asks for more. */
    private static final int COUNTED_HITS = 10_000;

    private SearchRest() {}

    /**
     * A document.
     *
     * @param index where it is
     * @param id its id there
     * @param source what it says
     */
    record Document(String index, String id, Map<?, ?> source) {}

    static List<Document> documents(List<SimulatedIndex> indices) {
        List<Document> documents = new ArrayList<>();
        for (SimulatedIndex index : indices) {
            index.documents()
                    .forEach((id, source) -> documents.add(new Document(
                            index.name(), id, source instanceof Map<?, ?> fields ? fields : Map.of())));
        }
        return documents;
    }

    /** Those that match the {@code query} of a request's body; all if there is none. */
    static List<Document> matching(Map<?, ?> body, List<Document> documents) {
        Predicate<Document> query = Optional.ofNullable(body.get("query"))
                .map(SearchRest::predicate)
                .orElse(document -> true);
        return documents.stream().filter(query).toList();
    }

    private static Predicate<Document> predicate(Object query) {
        Map.Entry<?, ?> clause = only(query);
        Map<?, ?> content = (Map<?, ?>) clause.getValue();
        return switch (String.valueOf(clause.getKey())) {
            case "exists" -> document -> document.source().get(content.get("field")) != null;
            case "term" -> {
                Map.Entry<?, ?> field = only(content);
                yield document ->
                        String.valueOf(document.source().get(field.getKey())).equals(String.valueOf(field.getValue()));
            }
            case "range" -> range(only(content));
            case "bool" -> bool(content);
            default -> throw unknown(clause.getKey());
        };
    }

    private static Predicate<Document> bool(Map<?, ?> content) {
        List<Predicate<Document>> filters = predicates(content.get("filter"));
        List<Predicate<Document>> should = predicates(content.get("should"));
        return document -> filters.stream().allMatch(filter -> filter.test(document))
                && (should.isEmpty() || should.stream().anyMatch(one -> one.test(document)));
    }

    private static List<Predicate<Document>> predicates(@Nullable Object clauses) {
        return clauses instanceof List<?> list
                ? list.stream().map(SearchRest::predicate).toList()
                : List.of();
    }

    private static Predicate<Document> range(Map.Entry<?, ?> field) {
        Map<?, ?> bounds = (Map<?, ?>) field.getValue();
        return document -> {
            Object value = document.source().get(field.getKey());
            return value instanceof Number number
                    && bounds.entrySet().stream().allMatch(bound -> {
                        long limit = ((Number) bound.getValue()).longValue();
                        return switch (String.valueOf(bound.getKey())) {
                            case "gt" -> number.longValue() > limit;
                            case "lte" -> number.longValue() <= limit;
                            default -> throw unknown(bound.getKey());
                        };
                    });
        };
    }

    static Map<String, @Nullable Object> aggregations(Map<?, ?> aggregations, List<Document> documents) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        aggregations.forEach((name, content) -> {
            Map<?, ?> aggregation = (Map<?, ?>) content;
            Map<?, ?> within = aggregation.get("aggs") instanceof Map<?, ?> inner ? inner : Map.of();
            answer.put(String.valueOf(name), aggregation(aggregation, within, documents));
        });
        return answer;
    }

    private static Object aggregation(Map<?, ?> aggregation, Map<?, ?> within, List<Document> documents) {
        if (aggregation.get("terms") instanceof Map<?, ?> terms) {
            return terms(terms.get("field"), within, documents);
        }
        if (aggregation.get("top_hits") instanceof Map<?, ?> hits && hits.get("sort") instanceof List<?> sort) {
            return topHit(only(sort.get(0)), documents);
        }
        throw unknown(aggregation.keySet());
    }

    private static Object terms(@Nullable Object field, Map<?, ?> within, List<Document> documents) {
        Map<String, List<Document>> groups = new TreeMap<>();
        Map<String, Object> keys = new TreeMap<>();
        for (Document document : documents) {
            Object key = document.source().get(field);
            if (key != null) {
                keys.put(key.toString(), key);
                groups.computeIfAbsent(key.toString(), k -> new ArrayList<>()).add(document);
            }
        }
        List<Object> buckets = new ArrayList<>();
        groups.forEach((key, group) -> {
            Map<String, @Nullable Object> bucket = Json.map("key", keys.get(key), "doc_count", group.size());
            bucket.putAll(aggregations(within, group));
            buckets.add(bucket);
        });
        return Json.map("doc_count_error_upper_bound", 0, "sum_other_doc_count", 0, "buckets", buckets);
    }

    private static Object topHit(Map.Entry<?, ?> sort, List<Document> documents) {
        String field = String.valueOf(sort.getKey());
        boolean highest = "desc".equals(((Map<?, ?>) sort.getValue()).get("order"));
        Comparator<Document> order = Comparator.comparingLong(document -> number(document, field));
        List<Object> hits = documents.stream()
                .filter(document -> document.source().get(field) instanceof Number)
                .min(highest ? order.reversed() : order)
                .map(document -> (Object) Json.map(
                        "_index",
                        document.index(),
                        "_id",
                        document.id(),
                        "_score",
                        null,
                        "sort",
                        List.of(number(document, field))))
                .stream()
                .toList();
        return Json.map("hits", hits(documents.size(), null, hits));
    }

    /** With a number that is exact if the body wants that, or if it is not large. */
    static Map<String, @Nullable Object> hits(Map<?, ?> body, int total, @Nullable Object maxScore, List<Object> hits) {
        Map<String, @Nullable Object> answer = hits(total, maxScore, hits);
        if (passesLimit(body, total)) {
            answer.put("total", Json.map("value", COUNTED_HITS, "relation", "gte"));
        }
        return answer;
    }

    /**
     * Whether OpenSearch 3 ends the counting of hits, though not the aggregations, before it has seen all (tested with
     * 3.6.0): where it knows the number from the index, or has passed the number that must be exact.
     */
    static boolean endsCounting(Map<?, ?> body, int total) {
        boolean known = !(body.get("query") instanceof Map<?, ?> query) || query.containsKey("exists");
        return Integer.valueOf(0).equals(body.get("size")) && (known || passesLimit(body, total));
    }

    private static boolean passesLimit(Map<?, ?> body, int total) {
        return total > COUNTED_HITS && !Boolean.TRUE.equals(body.get("track_total_hits"));
    }

    static Map<String, @Nullable Object> hits(int total, @Nullable Object maxScore, List<Object> hits) {
        return Json.map("total", Json.map("value", total, "relation", "eq"), "max_score", maxScore, "hits", hits);
    }

    private static long number(Document document, String field) {
        return document.source().get(field) instanceof Number number ? number.longValue() : 0;
    }

    private static Map.Entry<?, ?> only(Object object) {
        return ((Map<?, ?>) object).entrySet().iterator().next();
    }

    private static EngineException unknown(Object what) {
        return EngineException.of(400, "parsing_exception", "The simulated engine does not know [" + what + "]");
    }
}
