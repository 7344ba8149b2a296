package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.internal.text.Wildcards;
import io.github.camundabackup.snapshot.RestoreTarget.DataNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which nodes an index may be put on, as engines decide it by {@code index.routing.allocation.*}. */
final class AllocationFilters {
    private static final String PREFIX = "index.routing.allocation.";
    private static final String TIERS = PREFIX + "include._tier_preference";
    private static final List<String> KINDS =
            Stream.of("require.", "include.", "exclude.").map(PREFIX::concat).toList();

    private AllocationFilters() {}

    /** Those among the settings of an index. */
    static Map<String, String> of(Map<String, String> settings) {
        Map<String, String> filters = new TreeMap<>(settings);
        filters.entrySet()
                .removeIf(setting -> KINDS.stream().noneMatch(setting.getKey()::startsWith)
                        || setting.getValue().isBlank());
        return filters;
    }

    /** Whether an index with these filters may be put on a node. */
    static boolean accept(DataNode node, Map<String, String> filters) {
        List<Map.Entry<String, String>> includes = named(filters, KINDS.get(1));
        return hasTier(node, filters.getOrDefault(TIERS, ""))
                && named(filters, KINDS.get(0)).stream()
                        .allMatch(filter -> values(filter).allMatch(value -> is(node, filter.getKey(), value)))
                && (includes.isEmpty()
                        || includes.stream()
                                .anyMatch(filter -> values(filter).anyMatch(value -> is(node, filter.getKey(), value))))
                && named(filters, KINDS.get(2)).stream()
                        .noneMatch(filter -> values(filter).anyMatch(value -> is(node, filter.getKey(), value)));
    }

    private static boolean hasTier(DataNode node, String preference) {
        return preference.isEmpty()
                || node.roles().contains("data")
                || Stream.of(preference.split(",", -1)).map(String::strip).anyMatch(node.roles()::contains);
    }

    private static List<Map.Entry<String, String>> named(Map<String, String> filters, String kind) {
        return filters.entrySet().stream()
                .filter(filter ->
                        filter.getKey().startsWith(kind) && !filter.getKey().equals(TIERS))
                .map(filter -> Map.entry(filter.getKey().substring(kind.length()), filter.getValue()))
                .toList();
    }

    private static Stream<String> values(Map.Entry<String, String> filter) {
        return Stream.of(filter.getValue().split(",", -1)).map(String::strip);
    }

    private static boolean is(DataNode node, String attribute, String pattern) {
        String value = node.attributes().get(attribute);
        return value != null && Wildcards.matcher(pattern).test(value);
    }
}
