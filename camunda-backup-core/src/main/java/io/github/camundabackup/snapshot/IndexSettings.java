package io.github.camundabackup.snapshot;

import io.github.camundabackup.internal.text.Wildcards;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * In which settings restored indices differ from those in the snapshot. Immutable.
 *
 * @param leftOut whole names, or patterns with {@code *}, such as {@code index.routing.allocation.*}. What engines need
 *     is not left out by a pattern
 * @param set values by whole names
 */
public record IndexSettings(List<String> leftOut, Map<String, String> set) {
    /** As in the snapshot. */
    public static final IndexSettings UNCHANGED = new IndexSettings(List.of(), Map.of());

    private static final String REPLICAS = "index.number_of_replicas";
    // Engines say so when the indices are deleted already (tested with Elasticsearch 8.19.21 and OpenSearch 2.19.6).
    private static final Set<String> FIXED = Set.of(
            "index.number_of_shards",
            "index.version.created",
            "index.uuid",
            "index.creation_date",
            "index.history.uuid");

    /**
     * @throws IllegalArgumentException for what engines refuse: a name that is none of an index setting, or one of a
     *     setting that cannot be changed
     */
    public IndexSettings {
        leftOut = List.copyOf(leftOut);
        set = Map.copyOf(set);
        requireChangeable(leftOut);
        requireChangeable(set.keySet());
        if (set.keySet().stream().anyMatch(name -> name.contains("*"))) {
            throw new IllegalArgumentException("Only what is left out can be given as a pattern: " + set.keySet());
        }
        if (leftOut.contains(REPLICAS) || leftOut.contains("index.auto_expand_replicas")) {
            throw new IllegalArgumentException("The number of replicas can be set, and not left out.");
        }
        if (!set.getOrDefault(REPLICAS, "0").matches("\\d{1,4}")) {
            throw new IllegalArgumentException("Not a number of replicas: " + set.get(REPLICAS));
        }
    }

    private static void requireChangeable(Collection<String> names) {
        names.forEach(name -> {
            if (!name.matches("index\\.[A-Za-z0-9_.*-]+")) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no name of an index setting. Give it whole, such as index.blocks.write.");
            }
            if (FIXED.contains(name)) {
                throw new IllegalArgumentException("No engine changes " + name + " in a restore.");
            }
        });
    }

    /** Whether nothing is changed. */
    public boolean areUnchanged() {
        return leftOut.isEmpty() && set.isEmpty();
    }

    /** How many replicas the restored indices want; empty if as in the snapshot. */
    public OptionalInt replicas() {
        String value = set.get(REPLICAS);
        return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
    }

    /** What a restored index is set to that has these settings in the snapshot. */
    public Map<String, String> applyTo(Map<String, String> settings) {
        Map<String, String> changed = new TreeMap<>(settings);
        leftOut.forEach(pattern -> changed.keySet().removeIf(Wildcards.matcher(pattern)));
        changed.putAll(set);
        return changed;
    }

    /** In words: {@code without index.routing.allocation.*, and with index.number_of_replicas=0}. */
    @Override
    public String toString() {
        String without = leftOut.isEmpty() ? "" : "without " + String.join(", ", leftOut);
        String with =
                set.isEmpty() ? "" : "with " + new TreeMap<>(set).toString().replaceAll("[{}]", "");
        return without + (without.isEmpty() || with.isEmpty() ? "" : ", and ") + with;
    }
}
