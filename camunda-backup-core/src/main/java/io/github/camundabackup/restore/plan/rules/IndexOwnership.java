package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.internal.contents.IndexKinds;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.IndexNames;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which indices of an engine belong to the cluster of a backup. Names alone do not suffice:
 * {@code operate-test-event-8.3.0_} is an index of a cluster with the prefix {@code operate-test}, and begins with
 * {@code operate-}. So an index is this cluster's if the backup holds it, or one of the same kind (as a dated one of
 * another day), and in doubt an operator must say.
 */
final class IndexOwnership {
    private final IndexKinds index;
    private final Set<String> backedUp;
    private final Set<String> kinds;
    private final IndexNames names;
    private final boolean running;

    /**
     * @param prefixes of the components in the backup
     * @param backedUp all indices in the backup
     * @param lines how components name their indices
     * @param names under which they are restored. Of scratch names, only those are owned that are going to be restored
     * @param running whether the cluster runs while it is restored
     */
    IndexOwnership(
            Map<Component, List<String>> prefixes,
            Collection<String> backedUp,
            IndexNames names,
            CamundaLines lines,
            boolean running) {
        index = new IndexKinds(prefixes, lines);
        this.backedUp = Set.copyOf(backedUp);
        this.names = names;
        this.running = running;
        kinds = backedUp.stream().map(index::kind).collect(Collectors.toSet());
    }

    /** The components and kinds of indices, by the prefixes that are configured. */
    IndexKinds kinds() {
        return index;
    }

    /**
     * Whether an index is neither deleted nor restored, nor wondered at: a running cluster makes it again at any time,
     * and an engine restores none under the name of an open one.
     *
     * @see <a href="https://github.com/camunda/camunda/issues/63338">camunda#63338: the sessions of the web
     *     applications</a>
     */
    boolean isLeftAlone(String name) {
        return running && index.isWorthless(name);
    }

    /** Patterns for everything that may be the cluster's. */
    Set<String> patterns() {
        return names.areScratch() ? Set.copyOf(names.of(backedUp)) : ownPatterns();
    }

    private Set<String> ownPatterns() {
        List<String> beginnings = index.beginnings();
        Stream<String> others =
                backedUp.stream().filter(name -> beginnings.stream().noneMatch(name::startsWith));
        return Stream.concat(beginnings.stream().map(beginning -> beginning + "*"), others)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether an index that there is belongs to the cluster of the backup beyond doubt. */
    boolean isOwn(String name) {
        return names.areScratch()
                || backedUp.contains(name)
                || kinds.contains(index.kind(name))
                || index.isRecord(name)
                || index.isWorthless(name);
    }
}
