package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.IndexNames;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreTarget;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rules on the engine's present indices, and on what the engine must have. */
final class IndexRules {
    private final PlanFacts facts;
    private final RestoreSettings settings;
    private final IndexOwnership ownership;
    private final Map<String, String> wanted;
    private final BiConsumer<Code, String> obstacles;
    private final Consumer<String> warnings;

    IndexRules(
            PlanFacts facts, RestoreSettings settings, BiConsumer<Code, String> obstacles, Consumer<String> warnings) {
        this.facts = facts;
        this.settings = settings;
        this.obstacles = obstacles;
        this.warnings = warnings;
        ownership = ownership(facts.snapshots(), settings, facts.lines());
        wanted = wanted(facts.snapshots(), settings.names());
    }

    /**
     * The indices of a backup, by the names under which they are restored, and the snapshot that each is restored from.
     */
    static Map<String, String> wanted(List<BackupSnapshot> snapshots, IndexNames names) {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.info().indices().stream()
                        .map(index -> Map.entry(names.of(index), snapshot.name().toString())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    /** Which indices belong to the cluster of these snapshots. */
    static IndexOwnership ownership(List<BackupSnapshot> snapshots, RestoreSettings settings, CamundaLines lines) {
        return new IndexOwnership(
                snapshots.stream()
                        .map(snapshot -> snapshot.name().component())
                        .distinct()
                        .collect(Collectors.toMap(component -> component, settings::indexPrefixes)),
                snapshots.stream()
                        .flatMap(snapshot -> snapshot.info().indices().stream())
                        .toList(),
                settings.names(),
                lines);
    }

    void prefixes() {
        facts.snapshots().stream()
                .collect(Collectors.groupingBy(
                        snapshot -> snapshot.name().component(),
                        () -> new TreeMap<>(),
                        Collectors.flatMapping(snapshot -> snapshot.info().indices().stream(), Collectors.toList())))
                .forEach((component, all) -> {
                    if (!all.isEmpty() && !ownership.isProven(component, all)) {
                        obstacles.accept(
                                Code.OTHER_INDEX_PREFIX,
                                "The snapshots of " + component.displayName() + " hold " + some(all)
                                        + ", and none of the indices that it has with the prefix "
                                        + settings.indexPrefixes(component)
                                        + ". They are another cluster's, whose prefix begins so, or the prefix must be configured.");
                    }
                });
        facts.snapshots().forEach(snapshot -> {
            Component component = snapshot.name().component();
            List<String> others = snapshot.info().indices().stream()
                    .filter(index -> !ownership.isOf(component, index))
                    .toList();
            if (!others.isEmpty()) {
                obstacles.accept(
                        Code.OTHER_INDEX_PREFIX,
                        "The snapshot " + snapshot.name() + " holds " + some(others)
                                + ", which are not named as those with the prefix "
                                + settings.indexPrefixes(component)
                                + ". It is another cluster's, or the index prefix of "
                                + component.displayName() + " must be configured.");
            }
        });
    }

    /** Those that an interrupted restore has restored already. */
    Map<String, String> restored() {
        return wanted.entrySet().stream()
                .filter(index -> index.getValue().equals(facts.restored().get(index.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Those that are in the way, or left over. */
    List<String> deletions(Map<String, String> restored) {
        List<String> deletions = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (IndexInfo index : facts.indices()) {
            String name = index.name();
            if (wanted.containsKey(name) && settings.keeps(name)) {
                obstacles.accept(
                        Code.UNKNOWN_INDICES,
                        "The index " + name + " is in the backup, and the settings say to keep it. Keep less.");
            } else if (settings.keeps(name)) {
                kept.add(name);
            } else if (ownership.isOwn(name) || settings.deletes(name)) {
                if (!restored.containsKey(name)) {
                    deletions.add(name);
                }
            } else {
                unknown.add(name);
            }
        }
        if (!kept.isEmpty()) {
            warnings.accept("Left alone, as the settings say: " + some(kept) + ".");
        }
        // The indices of a snapshot that cannot be read are not known.
        boolean allKnown =
                facts.snapshots().stream().noneMatch(snapshot -> snapshot.info().state() == SnapshotState.UNREADABLE);
        if (!unknown.isEmpty() && allKnown) {
            obstacles.accept(
                    Code.UNKNOWN_INDICES,
                    "There are indices that begin as this cluster's do, and are of no kind that is in the backup: "
                            + unknown
                            + ". If they are another cluster's, say that they are kept; if they are this one's, that they are"
                            + " deleted.");
        }
        return deletions;
    }

    /** Whether the engine has what the indices want; a copy to look at wants nothing. */
    void target(List<String> deletions) {
        new TargetRules(facts, settings, deletions, obstacles, warnings).apply();
        if (settings.names().areScratch()) {
            return;
        }
        if (facts.target().isEmpty()) {
            warnings.accept(
                    "The engine does not tell how many data nodes and which index templates it has (or the account lacks the"
                            + " privilege to see them), so these are not checked.");
        }
        facts.target().ifPresent(target -> {
            int replicas = settings.indexSettings()
                    .replicas()
                    .orElseGet(() -> facts.indices().stream()
                            .filter(index -> deletions.contains(index.name()))
                            .mapToInt(IndexInfo::replicas)
                            .max()
                            .orElse(0));
            if (target.dataNodes() <= replicas) {
                obstacles.accept(
                        Code.TOO_FEW_DATA_NODES,
                        "The indices want " + replicas + " replicas, for which " + (replicas + 1)
                                + " data nodes are needed, and there are " + target.dataNodes()
                                + ". They can be restored, but would not be as safe as they were. Add data nodes.");
            }
            templates(target);
        });
    }

    /**
     * Optimize makes its indices without templates, and Zeebe's exporter makes its templates right before the first
     * record that it exports after a start, so that a new cluster has none yet (tested with 8.6.0; so in the sources of
     * 8.5 to 8.9).
     */
    private void templates(RestoreTarget target) {
        Predicate<Component> lacks = component -> !ownership.isProven(component, target.templatePatterns());
        List<String> missing = facts.snapshots().stream()
                .filter(snapshot -> !snapshot.info().indices().isEmpty())
                .map(snapshot -> snapshot.name().component())
                .distinct()
                .filter(component -> facts.lines()
                        .component(component)
                        .flatMap(LineComponent::provingIndex)
                        .isPresent())
                .filter(lacks)
                .map(Component::displayName)
                .toList();
        if (!missing.isEmpty()) {
            obstacles.accept(
                    Code.TEMPLATES_MISSING,
                    "The engine has no index templates of " + String.join(", ", missing)
                            + ", which a snapshot does not hold: indices of later days would get wrong mappings. Start the whole"
                            + " cluster once, in the version of the backup, which creates them, and make a new plan.");
        }
    }

    /** A few of them, for a message. */
    static String some(List<String> names) {
        return names.size() <= 5
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 5)) + " and " + (names.size() - 5) + " more";
    }
}
