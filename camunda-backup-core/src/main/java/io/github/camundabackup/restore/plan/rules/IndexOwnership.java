package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.IndexNaming;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.IndexNames;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which indices of an engine belong to the cluster of a backup. Names alone do not suffice:
 * {@code operate-test-event-8.3.0_} is an index of a cluster with the prefix {@code operate-test}, and begins with
 * {@code operate-}. So an index is this cluster's if the backup holds it, or one of the same kind (as a dated one of
 * another day), and in doubt an operator must say.
 */
final class IndexOwnership {
    private static final Pattern OPTIMIZE_INSTANCES =
            Pattern.compile("(?<kind>(process|decision)-instance-).+_v\\d+(-\\d+)?");

    private final Map<Component, List<String>> prefixes;
    private final Set<String> backedUp;
    private final Set<String> kinds;
    private final IndexNames names;
    private final CamundaLines lines;

    /**
     * @param prefixes of the components in the backup
     * @param backedUp all indices in the backup
     * @param lines how components name their indices
     * @param names under which they are restored. Of scratch names, only those are owned that are going to be restored
     */
    IndexOwnership(
            Map<Component, List<String>> prefixes, Collection<String> backedUp, IndexNames names, CamundaLines lines) {
        this.prefixes = prefixes;
        this.backedUp = Set.copyOf(backedUp);
        this.names = names;
        this.lines = lines;
        kinds = backedUp.stream().map(this::kind).collect(Collectors.toSet());
    }

    /** Patterns for everything that may be the cluster's. */
    Set<String> patterns() {
        return names.areScratch() ? Set.copyOf(names.of(backedUp)) : ownPatterns();
    }

    private Set<String> ownPatterns() {
        List<String> beginnings = prefixes.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(naming(entry.getKey())::beginning))
                .toList();
        Stream<String> others =
                backedUp.stream().filter(index -> beginnings.stream().noneMatch(index::startsWith));
        return Stream.concat(beginnings.stream().map(beginning -> beginning + "*"), others)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Whether an index of the backup is one that this component makes; of records, which are all named alike, beyond
     * doubt.
     */
    boolean isOf(Component component, String index) {
        return prefixes.getOrDefault(component, List.of()).stream()
                .anyMatch(prefix -> naming(component) == IndexNaming.RECORDS
                        ? index.matches(Pattern.quote(prefix) + "_[a-z-]+_\\d.*")
                        : index.startsWith(prefix));
    }

    /**
     * Whether any of the indices, or of the patterns of templates, has one of the component's prefixes and not a longer
     * one: a component makes these from its first start on, in every version. Where a component has no such index, as
     * Optimize, they are taken for its own.
     */
    boolean isProven(Component component, Collection<String> indices) {
        Optional<String> proof = lines.component(component).flatMap(LineComponent::provingIndex);
        return proof.isEmpty()
                || indices.stream()
                        .anyMatch(index -> prefixes.getOrDefault(component, List.of()).stream()
                                .anyMatch(prefix -> index.matches(Pattern.quote(prefix) + proof.get())));
    }

    /** Whether an index that there is belongs to the cluster of the backup beyond doubt. */
    boolean isOwn(String index) {
        return names.areScratch() || backedUp.contains(index) || kinds.contains(kind(index)) || isRecord(index);
    }

    /**
     * What an index has in common with those of other days: {@code operate-event-8.3.0_2026-11-21} is
     * {@code operate-event-8.3.0_}.
     */
    private String kind(String index) {
        Optional<String> ofOptimize = withoutPrefix(IndexNaming.OPTIMIZE, index);
        if (ofOptimize.isPresent()) {
            String entity = ofOptimize.get();
            Matcher instances = OPTIMIZE_INSTANCES.matcher(entity);
            return "optimize:" + (instances.matches() ? instances.group("kind") : entity.replaceAll("-\\d{6}$", ""));
        }
        int end = index.lastIndexOf('_');
        return end < 0 ? index : index.substring(0, end + 1);
    }

    private Optional<String> withoutPrefix(IndexNaming naming, String index) {
        return prefixes(naming).filter(index::startsWith).findFirst().map(prefix -> index.substring(prefix.length()));
    }

    private Stream<String> prefixes(IndexNaming naming) {
        return prefixes.entrySet().stream()
                .filter(entry -> naming(entry.getKey()) == naming)
                .flatMap(entry -> entry.getValue().stream());
    }

    private IndexNaming naming(Component component) {
        return lines.component(component).map(LineComponent::indexNaming).orElse(IndexNaming.VERSIONED);
    }

    /**
     * The exporter writes an index for each type of record, version and day: {@code zeebe-record_job_8.6.0_2026-11-21}.
     */
    private boolean isRecord(String index) {
        return prefixes(IndexNaming.RECORDS)
                .anyMatch(prefix -> index.matches(
                        Pattern.quote(prefix) + "_[a-z-]+_(\\d+\\.\\d+\\.\\d+[^_]*_)?\\d{4}-\\d{2}-\\d{2}(_\\d{2})?"));
    }
}
