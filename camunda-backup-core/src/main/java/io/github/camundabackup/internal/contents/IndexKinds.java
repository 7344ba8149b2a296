package io.github.camundabackup.internal.contents;

import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.IndexNaming;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the component and the kind of an index by its name. Immutable. */
public final class IndexKinds {
    private static final Pattern OPTIMIZE_INSTANCES =
            Pattern.compile("(?<kind>(process|decision)-instance-).+_v\\d+(-\\d+)?");
    private static final String TYPE_AND_VERSION = "_[a-z-]+_\\d.*";
    // Exporters accept no underscore in the prefix.
    private static final Pattern RECORDS = Pattern.compile("(?<prefix>[^._][^_]*)" + TYPE_AND_VERSION);

    private final Map<Component, List<String>> prefixes;
    private final CamundaLines lines;

    /**
     * @param prefixes what the names of each component's indices begin with
     * @param lines how components name their indices
     */
    public IndexKinds(Map<Component, List<String>> prefixes, CamundaLines lines) {
        this.prefixes = new TreeMap<>(prefixes);
        this.lines = lines;
    }

    /**
     * With the prefixes that the indices of a backup show: for each component those of the lines, if any of its indices
     * begins so, and otherwise what precedes the names of indices that every version of it makes. A component whose
     * prefix nothing shows has none.
     */
    public static IndexKinds learned(Map<Component, List<String>> indices, CamundaLines lines) {
        Map<Component, List<String>> learned = new TreeMap<>();
        indices.forEach((component, names) -> {
            List<String> shown = learned(component, names, lines);
            if (!shown.isEmpty()) {
                learned.put(component, shown);
            }
        });
        return new IndexKinds(learned, lines);
    }

    private static List<String> learned(Component component, List<String> names, CamundaLines lines) {
        IndexNaming naming = naming(component, lines);
        List<String> usual = lines.indexPrefixes(component).stream()
                .filter(prefix -> names.stream().anyMatch(name -> name.startsWith(naming.beginning(prefix))))
                .toList();
        // Those of a cluster with the prefix operate-test begin with operate-, too.
        if (!usual.isEmpty() && new IndexKinds(Map.of(component, usual), lines).isProven(component, names)) {
            // What has no index today has one tomorrow.
            return lines.indexPrefixes(component);
        }
        Optional<Pattern> proof = naming == IndexNaming.RECORDS
                ? Optional.of(RECORDS)
                : lines.component(component)
                        .flatMap(LineComponent::provingIndex)
                        .map(proving -> Pattern.compile("(?<prefix>.+?-)" + proving));
        return proof.stream()
                .flatMap(pattern -> mostFrequent(pattern, names).stream())
                .toList();
    }

    private static Optional<String> mostFrequent(Pattern pattern, List<String> names) {
        return names.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group("prefix"))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    /** What the names of all indices begin with. */
    public List<String> beginnings() {
        return prefixes.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(naming(entry.getKey())::beginning))
                .toList();
    }

    /** Whether it is known, or was configured, what the names of a component's indices begin with. */
    boolean knows(Component component) {
        return prefixes.containsKey(component);
    }

    /** What the names of a component's indices begin with; none if that is not known. */
    public List<String> prefixes(Component component) {
        return prefixes.getOrDefault(component, List.of());
    }

    /**
     * Whether an index is one that this component makes; of records, which are all named alike, beyond doubt.
     */
    public boolean isOf(Component component, String index) {
        return prefixes(component).stream()
                .anyMatch(prefix -> naming(component) == IndexNaming.RECORDS
                        ? index.matches(Pattern.quote(prefix) + TYPE_AND_VERSION)
                        : index.startsWith(prefix));
    }

    /**
     * Whether any of the indices, or of the patterns of templates, has one of the component's prefixes and not a longer
     * one: a component makes these from its first start on, in every version. Where a component has no such index, as
     * Optimize, they are taken for its own.
     */
    public boolean isProven(Component component, Collection<String> indices) {
        Optional<String> proof = lines.component(component).flatMap(LineComponent::provingIndex);
        return proof.isEmpty() || indices.stream().anyMatch(index -> hasPrefixAnd(component, proof.get(), index));
    }

    /** Whether nothing in an index is worth keeping. */
    public boolean isWorthless(String index) {
        return prefixes.keySet().stream()
                .anyMatch(component -> lines.component(component).flatMap(LineComponent::worthlessIndex).stream()
                        .anyMatch(worthless -> hasPrefixAnd(component, worthless, index)));
    }

    /** Whether the rest of a name, behind one of the component's prefixes, is such a one. */
    boolean hasPrefixAnd(Component component, String rest, String index) {
        return prefixes(component).stream().anyMatch(prefix -> index.matches(Pattern.quote(prefix) + rest));
    }

    /**
     * What an index has in common with those of other days: {@code operate-event-8.3.0_2026-11-21} is
     * {@code operate-event-8.3.0_}.
     */
    public String kind(String index) {
        Optional<String> ofOptimize = prefixes(IndexNaming.OPTIMIZE)
                .filter(index::startsWith)
                .findFirst()
                .map(prefix -> index.substring(prefix.length()));
        if (ofOptimize.isPresent()) {
            String entity = ofOptimize.get();
            Matcher instances = OPTIMIZE_INSTANCES.matcher(entity);
            return "optimize:" + (instances.matches() ? instances.group("kind") : entity.replaceAll("-\\d{6}$", ""));
        }
        int end = index.lastIndexOf('_');
        return end < 0 ? index : index.substring(0, end + 1);
    }

    /**
     * Whether it is an index of exported records, for each type of which, version and day there is one:
     * {@code zeebe-record_job_8.6.0_2026-11-21}.
     */
    public boolean isRecord(String index) {
        return prefixes(IndexNaming.RECORDS)
                .anyMatch(prefix -> index.matches(
                        Pattern.quote(prefix) + "_[a-z-]+_(\\d+\\.\\d+\\.\\d+[^_]*_)?\\d{4}-\\d{2}-\\d{2}(_\\d{2})?"));
    }

    private Stream<String> prefixes(IndexNaming naming) {
        return prefixes.entrySet().stream()
                .filter(entry -> naming(entry.getKey(), lines) == naming)
                .flatMap(entry -> entry.getValue().stream());
    }

    private IndexNaming naming(Component component) {
        return naming(component, lines);
    }

    private static IndexNaming naming(Component component, CamundaLines lines) {
        return lines.component(component).map(LineComponent::indexNaming).orElse(IndexNaming.VERSIONED);
    }
}
