package io.github.camundabackup.restore;

import io.github.camundabackup.component.PartitionBackup;
import io.github.camundabackup.component.ZeebeBackup;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.restore.Obstacle.Code;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a plan of what was found out. Asks nobody; every rule is applied even if another one forbids the restore already. */
final class PlanRules {
    private final PlanFacts facts;
    private final RestoreSettings settings;
    private final IndexRules indices;
    private final Map<String, String> wanted;
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    PlanRules(PlanFacts facts, RestoreSettings settings) {
        this.facts = facts;
        this.settings = settings;
        wanted = IndexRules.wanted(facts.snapshots());
        indices = new IndexRules(facts, settings, this::obstacle, warnings::add);
    }

    RestorePlan plan(List<Obstacle> known) {
        obstacles.addAll(known);
        parts();
        usable();
        indices.prefixes();
        Map<Component, Set<String>> versions = versions();
        OptionalInt partitions = zeebe(versions);
        version(versions);
        Map<String, String> restored = indices.restored();
        List<String> deletions = indices.deletions(restored);
        indices.target(deletions);
        facts.running().forEach(sentence -> {
            if (settings.control().isPresent()) {
                warnings.add(sentence + ". It is going to be stopped.");
            } else {
                obstacle(
                        Code.COMPONENTS_RUN,
                        sentence
                                + ". Stop it before this plan is executed: it would write into what is being restored.");
            }
        });
        if (facts.configured().isEmpty()) {
            warnings.add("No endpoint of Camunda is configured, so nobody checks that the components are stopped.");
        }
        return new RestorePlan(
                facts.backupId(),
                facts.snapshotStore(),
                versions,
                components(),
                deletions,
                restored,
                facts.snapshots().stream().map(BackupSnapshot::restore).toList(),
                new ZeebeRestore(facts.backupId(), settings.brokers(), partitions),
                standing(),
                warnings);
    }

    private List<Obstacle> standing() {
        return obstacles.stream()
                .filter(obstacle -> {
                    boolean accepted = settings.accepts(obstacle);
                    if (accepted) {
                        warnings.add("Accepted: " + obstacle);
                    }
                    return !accepted;
                })
                .toList();
    }

    private void parts() {
        Map<Component, List<SnapshotName>> byComponent = facts.snapshots().stream()
                .map(BackupSnapshot::name)
                .collect(Collectors.groupingBy(SnapshotName::component, TreeMap::new, Collectors.toList()));
        byComponent.forEach((component, names) -> {
            int count = names.stream().mapToInt(SnapshotName::partCount).max().orElse(0);
            Set<Integer> there = names.stream().map(SnapshotName::part).collect(Collectors.toSet());
            List<Integer> missing = IntStream.rangeClosed(1, count)
                    .boxed()
                    .filter(part -> !there.contains(part))
                    .toList();
            if (!missing.isEmpty()) {
                obstacle(
                        Code.PARTS_MISSING,
                        "Of the " + count + " snapshots of " + component.displayName() + ", parts " + missing
                                + " are missing in " + facts.snapshotStore()
                                + ". They were deleted, or the backup never was complete. Restore another backup.");
            } else if (names.size() > count) {
                obstacle(
                        Code.SNAPSHOT_UNUSABLE,
                        "There are " + names.size() + " snapshots of " + component.displayName()
                                + ", whose names speak of " + count + ": " + names
                                + ". Two clusters share the repository, or the version changed.");
            }
        });
    }

    private void usable() {
        facts.snapshots().stream()
                .filter(snapshot -> !snapshot.isUsable())
                .forEach(snapshot -> obstacle(
                        Code.SNAPSHOT_UNUSABLE,
                        "The snapshot " + snapshot.info() + " has "
                                + snapshot.info().shardsFailed()
                                + " failed shards. Only one that is SUCCESS can be restored. Restore another backup."));
        facts.snapshots()
                .forEach(snapshot -> snapshot.info().indices().stream()
                        .filter(index -> !snapshot.name().toString().equals(wanted.get(index)))
                        .forEach(index -> obstacle(
                                Code.SNAPSHOT_UNUSABLE,
                                "The index " + index + " is in two snapshots: " + wanted.get(index) + " and "
                                        + snapshot.name() + ". Nobody can tell which is right.")));
    }

    private Map<Component, Set<String>> versions() {
        Map<Component, Set<String>> versions = new EnumMap<>(Component.class);
        facts.snapshots()
                .forEach(snapshot -> snapshot.name()
                        .version()
                        .ifPresent(version -> versions.computeIfAbsent(
                                        snapshot.name().component(), key -> new TreeSet<>())
                                .add(version)));
        return versions;
    }

    /** Puts Zeebe's version to the others. The number of partitions, if it is known. */
    private OptionalInt zeebe(Map<Component, Set<String>> versions) {
        ZeebeBackup backup = facts.zeebe().backup();
        if (facts.zeebe().absent() || (backup != null && backup.state() != BackupState.COMPLETED)) {
            obstacle(
                    Code.ZEEBE_BACKUP_MISSING,
                    (backup == null ? "Zeebe has no backup " + facts.backupId() : "Zeebe's " + backup)
                            + ". Without a complete one of this id its state cannot be restored. Restore another backup.");
        }
        if (backup == null) {
            if (!facts.zeebe().absent()) {
                warnings.add("Zeebe's part of the backup is not checked: "
                        + facts.zeebe().silence()
                        + " Its restore application refuses if it is missing or incomplete; look for it in Zeebe's object store"
                        + " before you delete anything.");
            }
            return OptionalInt.empty();
        }
        backup.partitions().stream()
                .flatMap(partition -> partition.brokerVersion().stream())
                .forEach(version -> versions.computeIfAbsent(Component.ZEEBE, key -> new TreeSet<>())
                        .add(version));
        int partitions = (int) backup.partitions().stream()
                .map(PartitionBackup::partitionId)
                .distinct()
                .count();
        if (settings.partitions().orElse(partitions) != partitions) {
            obstacle(
                    Code.PARTITION_COUNT_MISMATCH,
                    "The backup has " + partitions + " partitions, and the cluster is configured with "
                            + settings.partitions().getAsInt()
                            + ". The restore application refuses that. Configure the brokers with the backup's number.");
        }
        return OptionalInt.of(partitions);
    }

    private void version(Map<Component, Set<String>> versions) {
        Set<String> all = versions.values().stream()
                .flatMap(Set::stream)
                .map(version -> version.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        versions.forEach((component, own) -> {
            if (own.size() > 1) {
                obstacle(
                        Code.VERSION_MISMATCH,
                        "The parts of " + component.displayName() + " are of several versions: " + own
                                + ". A backup that was taken during an upgrade cannot be run by any of them.");
            }
        });
        settings.installedVersion().ifPresent(installed -> {
            if (!all.isEmpty() && !all.equals(Set.of(installed.toLowerCase(Locale.ROOT)))) {
                obstacle(
                        Code.VERSION_MISMATCH,
                        "The backup is of version " + String.join(" and ", all) + ", and " + installed
                                + " is installed. Install exactly the backup's version, restore, and upgrade afterwards.");
            }
        });
    }

    private List<Component> components() {
        return facts.configured().isEmpty()
                ? Stream.concat(
                                facts.snapshots().stream()
                                        .map(snapshot -> snapshot.name().component())
                                        .filter(component -> component != Component.ZEEBE_RECORDS),
                                Stream.of(Component.ZEEBE))
                        .distinct()
                        .sorted()
                        .toList()
                : facts.configured();
    }

    private void obstacle(Code code, String message) {
        obstacles.add(Obstacle.of(code, message));
    }
}
