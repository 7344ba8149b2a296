package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.internal.contents.BackupContents;
import io.github.camundabackup.internal.contents.Coverage;
import io.github.camundabackup.internal.contents.LeftOutByVersion;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.IndexNames;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules on the engine's present indices, and on what the engine must have. */
final class IndexRules {
    private final PlanFacts facts;
    private final RestoreSettings settings;
    private final IndexOwnership ownership;
    private final BackupContents contents;
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
        contents = BackupSnapshot.contents(facts.snapshots());
        wanted = wanted(facts.snapshots(), settings.names());
    }

    /**
     * The indices of a backup, by the names under which they are restored, and the snapshot that each is restored from.
     */
    static Map<String, String> wanted(List<BackupSnapshot> snapshots, IndexNames names) {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.indices().stream()
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
                        .flatMap(snapshot -> snapshot.indices().stream())
                        .toList(),
                settings.names(),
                lines,
                settings.recoveryMode());
    }

    void prefixes() {
        Set<Component> others = new HashSet<>();
        contents.byComponent().forEach((component, all) -> {
            if (!all.isEmpty() && !hasOwn(component, all)) {
                others.add(component);
                obstacles.accept(Code.OTHER_INDEX_PREFIX, otherPrefix(component, all));
            }
        });
        contents.foreign(ownership.kinds()).stream()
                .filter(foreign -> !others.contains(foreign.snapshot().component()))
                .forEach(foreign -> obstacles.accept(
                        Code.OTHER_INDEX_PREFIX,
                        foreign.describe() + ", which are not named as those with the prefix "
                                + settings.indexPrefixes(foreign.snapshot().component())
                                + ". Configure the index prefix of "
                                + foreign.snapshot().component().displayName()
                                + " if it is another one; what does not belong there, leave out of the restore by name"
                                + " (leaveOut of the RestoreSettings)." + foreign.explanation()));
        contents.twice()
                .forEach(twice -> obstacles.accept(
                        Code.SNAPSHOT_UNUSABLE,
                        twice.describe() + " Leave it out of one of them (leaveOut of the RestoreSettings), or restore"
                                + " another backup."));
    }

    /** Whether any index is beyond doubt one with the prefix that the settings name, or that is usual. */
    private boolean hasOwn(Component component, List<String> all) {
        return ownership.kinds().isProven(component, all)
                && all.stream().anyMatch(index -> ownership.kinds().isOf(component, index));
    }

    /**
     * Nothing is wrong with such a backup. The check, which knows no settings, goes by the prefix that the names show,
     * and notes it: it is here that somebody must say whether that is this cluster's.
     */
    private String otherPrefix(Component component, List<String> all) {
        List<String> shown = contents.kinds(facts.lines()).prefixes(component);
        String name = component.displayName();
        return "The snapshots of " + name + " hold " + Phrases.some(all)
                + ", and none of the indices that it has with the prefix " + settings.indexPrefixes(component) + ". "
                + (shown.isEmpty() ? "" : "Their names show the prefix " + shown + ". ")
                + "Configure the index prefix of " + name
                + (shown.isEmpty() ? " if it is another one" : " if that is this cluster's")
                + " (indexPrefixes of the RestoreSettings); otherwise it is another cluster's backup.";
    }

    /** What the settings leave out, and what that means. */
    void leftOut() {
        facts.snapshots().forEach(snapshot -> {
            List<String> left = snapshot.info().indices().stream()
                    .filter(index -> !snapshot.indices().contains(index) && !ownership.isLeftAlone(index))
                    .toList();
            if (!left.isEmpty()) {
                List<String> lost = left.stream()
                        .filter(index -> !wanted.containsKey(settings.names().of(index)))
                        .toList();
                warnings.accept("Left out of the snapshot " + snapshot.name() + ", as the settings say: "
                        + Phrases.some(left) + "."
                        + (lost.isEmpty()
                                ? " Other snapshots hold the same."
                                : " No other snapshot holds " + Phrases.some(lost)
                                        + ": what is in them is not restored."));
            }
        });
        List<String> alone = Stream.concat(
                        facts.indices().stream().map(IndexInfo::name),
                        facts.snapshots().stream().flatMap(snapshot -> snapshot.info().indices().stream()))
                .filter(ownership::isLeftAlone)
                .distinct()
                .sorted()
                .toList();
        if (!alone.isEmpty()) {
            warnings.accept("Neither deleted nor restored, as a running cluster makes it again at any time: "
                    + Phrases.some(alone) + ". It holds the sessions of those who are signed in (camunda#63338).");
        }
        List<String> inVain = settings.leftOutInVain(facts.snapshots().stream()
                .collect(Collectors.toMap(
                        snapshot -> snapshot.name().toString(),
                        snapshot -> snapshot.info().indices())));
        if (!inVain.isEmpty()) {
            warnings.accept("The settings leave out what the backup does not hold: " + Phrases.some(inVain)
                    + ". Check the names.");
        }
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
        List<IndexInfo> unknown = new ArrayList<>();
        List<IndexInfo> lost = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (IndexInfo index : facts.indices()) {
            String name = index.name();
            if (ownership.isLeftAlone(name) && !settings.keeps(name)) {
                // Said of it already, wherever it is.
                continue;
            }
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
                if (!isReplaced(index) && !settings.deletes(name)) {
                    lost.add(index);
                }
            } else {
                unknown.add(index);
            }
        }
        if (!kept.isEmpty()) {
            warnings.accept("Left alone, as the settings say: " + Phrases.some(kept) + ".");
        }
        // The indices of a snapshot that cannot be read are not known.
        boolean allKnown =
                facts.snapshots().stream().noneMatch(snapshot -> snapshot.info().state() == SnapshotState.UNREADABLE);
        if (!unknown.isEmpty() && allKnown) {
            obstacles.accept(
                    Code.UNKNOWN_INDICES,
                    "There are indices that begin as this cluster's do, and are of no kind that is in the backup: "
                            + described(unknown)
                            + ". If they are another cluster's, say that they are kept; if they are this one's, that"
                            + " they are deleted.");
        }
        if (!lost.isEmpty() && allKnown) {
            obstacles.accept(
                    Code.INDEX_NOT_IN_BACKUP,
                    "There are indices of this cluster that are older than the backup, and in none of its snapshots: "
                            + described(lost)
                            + ". They would be deleted, and nothing brings them back. Keep them as they are (keep of"
                            + " the RestoreSettings), or say that they are deleted (delete, or accept for all of"
                            + " them)."
                            + leavers());
        }
        return deletions;
    }

    /** Whether the backup makes up for an index that is deleted. What was made after it, a restore undoes. */
    private boolean isReplaced(IndexInfo index) {
        return wanted.containsKey(index.name())
                || ownership.kinds().isWorthless(index.name())
                || !Coverage.isOlder(index, contents.begunAt());
    }

    /** What is known of versions that leave indices out of their backups: sentences with a space in front. */
    private String leavers() {
        return LeftOutByVersion.of(contents.indices().keySet(), facts.lines(), Optional.of(contents)).stream()
                .map(sentence -> " " + sentence)
                .collect(Collectors.joining());
    }

    private static String described(List<IndexInfo> indices) {
        return Phrases.some(indices.stream()
                .map(index -> index.name() + " ("
                        + (index.open() ? Phrases.count(index.documents(), "document", "documents") : "closed")
                        + (index.bytes() > 0 ? ", " + Phrases.bytes(index.bytes()) : "") + ")")
                .toList());
    }

    /** Whether the engine has what the indices want; a copy to look at wants nothing. */
    void target(List<String> deletions) {
        new TargetRules(facts, settings, deletions, obstacles, warnings).apply();
        if (settings.names().areScratch()) {
            return;
        }
        if (facts.target().isEmpty()) {
            warnings.accept(
                    "The engine does not tell how many data nodes and which index templates it has (or the account"
                            + " lacks the privilege to see them), so these are not checked."
                            + templateDefects(component -> true));
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
            target.templatePatterns().ifPresent(this::templates);
        });
    }

    /**
     * Optimize makes its indices without templates, and Zeebe's exporter makes its templates right before the first
     * record that it exports after a start, so that a new cluster has none yet (tested with 8.6.0; so in the sources of
     * 8.5 to 8.9).
     */
    private void templates(List<String> patterns) {
        Predicate<Component> lacks = component -> !ownership.kinds().isProven(component, patterns);
        List<String> missing = facts.snapshots().stream()
                .filter(snapshot -> !snapshot.indices().isEmpty())
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
                            + ", which a snapshot does not hold: indices of later days would get wrong mappings. Start"
                            + " the whole cluster once, in the version of the backup, which creates them, and make a"
                            + " new plan."
                            + templateDefects(lacks));
        }
    }

    /** What is known of versions that do not make their templates after a restore; nothing, or sentences. */
    private String templateDefects(Predicate<Component> of) {
        return facts.snapshots().stream()
                .filter(snapshot -> of.test(snapshot.name().component()))
                .flatMap(snapshot -> snapshot.name().version().stream()
                        .flatMap(version -> facts.lines().ofVersion(version).stream()
                                .flatMap(line -> line.component(snapshot.name().component()).stream())
                                .flatMap(component -> component.templateDefects(version).stream())
                                .map(defect -> " Version " + version + " of "
                                        + snapshot.name().component().displayName() + " " + defect.consequence()
                                        + " So they must be there before the restore.")))
                .distinct()
                .collect(Collectors.joining());
    }
}
