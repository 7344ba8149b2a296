package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.internal.text.Phrases;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The policies that indices name in their settings, by which an engine deletes old ones: those of ILM and of ISM. */
public final class IndexPolicies {
    private static final Set<String> SETTINGS = Set.of(
            "index.lifecycle.name",
            "index.plugins.index_state_management.policy_id",
            "index.opendistro.index_state_management.policy_id");

    private IndexPolicies() {}

    /**
     * The names of all policies.
     *
     * @param settings of each index, by whole names
     */
    public static Set<String> named(Map<String, Map<String, String>> settings) {
        return byPolicy(settings).keySet();
    }

    /**
     * A warning of policies that are not there; empty if no index names one of them.
     *
     * @param settings of each index, by whole names
     * @param missing names of policies
     */
    public static Optional<String> warning(Map<String, Map<String, String>> settings, Collection<String> missing) {
        Map<String, List<String>> lost = byPolicy(settings);
        lost.keySet().retainAll(missing);
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("The engine lacks the policies by which indices are deleted when they are old: "
                        + lost.entrySet().stream()
                                .map(policy -> policy.getKey() + " (named by " + Phrases.some(policy.getValue()) + ")")
                                .collect(Collectors.joining(", "))
                        + ". A snapshot does not hold them, and without them nothing is deleted. Camunda makes its own when it is"
                        + " started with retention configured.");
    }

    private static Map<String, List<String>> byPolicy(Map<String, Map<String, String>> settings) {
        Map<String, List<String>> policies = new TreeMap<>();
        new TreeMap<>(settings)
                .forEach((index, set) -> set.forEach((name, value) -> {
                    if (SETTINGS.contains(name) && !value.isBlank()) {
                        policies.computeIfAbsent(value, key -> new ArrayList<>())
                                .add(index);
                    }
                }));
        return policies;
    }
}
