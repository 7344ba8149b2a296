package io.github.camundabackup.consistency;

import static io.github.camundabackup.consistency.KnownBackup.ID;
import static io.github.camundabackup.consistency.KnownBackup.at;

import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every single thing that can be wrong with a correct backup, and the finding that names it. */
final class Mutations {
    private final CamundaLine line;
    private final List<Mutation> all = new ArrayList<>();

    private Mutations(CamundaLine line) {
        this.line = line;
    }

    /** Takes up a mutation. */
    @FunctionalInterface
    interface Collector {
        void add(String name, FindingCode expected, Consumer<KnownBackup> change);
    }

    /**
     * One thing that goes wrong.
     *
     * @param name for the test's display
     * @param change makes the correct backup incorrect
     * @param expected the finding that names it
     */
    record Mutation(CamundaLine line, String name, Consumer<KnownBackup> change, FindingCode expected) {
        ConsistencyReport check() {
            KnownBackup backup = new KnownBackup(line);
            change.accept(backup);
            return backup.check();
        }

        @Override
        public String toString() {
            return line + ": " + name + " is " + expected;
        }
    }

    static List<Mutation> of(CamundaLine line) {
        Mutations mutations = new Mutations(line);
        SnapshotMutations snapshotMutations = new SnapshotMutations(line, mutations::add);
        PartitionMutations partitionMutations = new PartitionMutations(mutations::add);
        List<SnapshotInfo> snapshots = new KnownBackup(line).snapshots;
        for (int i = 0; i < snapshots.size(); i++) {
            if (SnapshotName.parse(snapshots.get(i).name()).isPresent()) {
                snapshotMutations.of(i, snapshots.get(i));
            }
        }
        for (int i = 0; i < KnownBackup.PARTITIONS; i++) {
            partitionMutations.of(i);
        }
        new PositionMutations(mutations::add).ofAll();
        new ContentMutations(line, mutations::add).ofAll();
        new KnownBackup(line).statements.keySet().forEach(mutations::statement);
        mutations.manifest();
        mutations.outcome();
        mutations.whole();
        return mutations.all;
    }

    private void add(String name, FindingCode expected, Consumer<KnownBackup> change) {
        all.add(new Mutation(line, name, change, expected));
    }

    private void statement(Component component) {
        String what = component.displayName() + " ";
        boolean zeebe = component.equals(Component.ZEEBE);
        add(
                what + "unreadable",
                FindingCode.SOURCE_UNREADABLE,
                b -> b.statements.put(component, new ComponentStatement.Unreadable("504")));
        add(
                what + "denies it",
                zeebe ? FindingCode.COMPONENT_MISSING : FindingCode.COMPONENT_DISAGREES,
                b -> b.statements.put(component, new ComponentStatement.Absent()));
        for (BackupState state : BackupState.values()) {
            Optional<FindingCode> expected = switch (state) {
                case COMPLETED -> Optional.empty();
                case IN_PROGRESS -> Optional.of(FindingCode.COMPONENT_RUNNING);
                case UNKNOWN -> Optional.of(FindingCode.COMPONENT_STATE_UNKNOWN);
                case FAILED, INCOMPATIBLE, DELETED ->
                    Optional.of(zeebe ? FindingCode.COMPONENT_FAILED : FindingCode.COMPONENT_DISAGREES);
                case INCOMPLETE -> Optional.of(FindingCode.COMPONENT_DISAGREES);
                case DOES_NOT_EXIST ->
                    Optional.of(zeebe ? FindingCode.COMPONENT_MISSING : FindingCode.COMPONENT_DISAGREES);
            };
            expected.ifPresent(code -> add(
                    what + "says " + state,
                    code,
                    b -> b.statements.put(
                            component,
                            new ComponentStatement.Reported(
                                    state,
                                    Optional.of("why"),
                                    List.of(),
                                    b.reported(component).partitions(),
                                    true))));
        }
    }

    private void manifest() {
        add(
                "a line that is not known",
                FindingCode.LINE_UNKNOWN,
                b -> b.changeManifest(metadata -> put(metadata, "line", "9.0")));
        add("no manifest", FindingCode.NO_MANIFEST, b -> b.changeManifest(metadata -> Map.of()));
        add(
                "a manifest of another backup",
                FindingCode.MANIFEST_FOREIGN,
                b -> b.changeManifest(metadata -> put(metadata, "backupId", "5")));
        add(
                "a manifest of another physical tenant",
                FindingCode.TENANT_FOREIGN,
                b -> b.changeManifest(metadata -> put(metadata, "physicalTenant", "eu")));
        add(
                "a manifest that cannot be read",
                FindingCode.MANIFEST_UNREADABLE,
                b -> b.changeManifest(metadata -> put(metadata, "exportedPositions", "x")));
        add(
                "a manifest without the pause",
                FindingCode.TIME_UNKNOWN,
                b -> b.changeManifest(metadata -> put(metadata, "pausedAt", null)));
        add(
                "a manifest of fewer partitions",
                FindingCode.PARTITION_UNEXPECTED,
                b -> b.changeManifest(metadata -> put(metadata, "partitions", "2")));
        add(
                "a manifest of more partitions",
                FindingCode.PARTITION_MISSING,
                b -> b.changeManifest(metadata -> put(metadata, "partitions", "4")));
        add("nobody knows the partitions", FindingCode.PARTITION_COUNT_UNKNOWN, b -> {
            b.changeManifest(metadata -> put(metadata, "partitions", null));
            b.livePartitions = Set.of();
        });
        add(
                "a manifest without Optimize",
                FindingCode.COMPONENT_UNEXPECTED,
                b -> b.changeManifest(metadata -> replace(metadata, "OPTIMIZE:[^ ]* ", "")));
        add(
                "a manifest with more parts",
                FindingCode.PART_COUNT_DIFFERS,
                b -> b.changeManifest(metadata -> replace(metadata, "(OPTIMIZE:[^ ]*):2", "$1:3")));
        add(
                "a manifest of another version",
                FindingCode.VERSIONS_DIFFER,
                b -> b.changeManifest(metadata -> replace(metadata, "OPTIMIZE:[^ ]*:2", "OPTIMIZE:8.6.7:2")));
    }

    private void outcome() {
        add(
                "a run that has not written down how it ended",
                FindingCode.RUN_OUTCOME_UNKNOWN,
                b -> b.snapshots.removeIf(info -> info.name().equals(SnapshotName.outcome(ID))));
        add(
                "a run that failed",
                FindingCode.RUN_FAILED,
                b -> b.changeOutcome(metadata -> put(put(metadata, "outcome", "FAILED"), "whole", "false")));
        add(
                "an outcome of another backup",
                FindingCode.MANIFEST_FOREIGN,
                b -> b.changeOutcome(metadata -> put(metadata, "backupId", "5")));
        for (String field : List.of("backupId", "outcome", "pause", "endedAt")) {
            add(
                    "an outcome without " + field,
                    FindingCode.MANIFEST_UNREADABLE,
                    b -> b.changeOutcome(metadata -> put(metadata, field, null)));
        }
        add(
                "an outcome that is older than the backup",
                FindingCode.RUN_OUTCOME_UNKNOWN,
                b -> b.change(
                        b.outcomeIndex(),
                        copy -> copy.startTime(KnownBackup.at(-500)).endTime(KnownBackup.at(-499))));
        add("an older run that failed", FindingCode.RUN_OUTCOME_UNKNOWN, b -> {
            b.changeOutcome(metadata -> put(put(metadata, "outcome", "FAILED"), "whole", "false"));
            b.change(
                    b.outcomeIndex(),
                    copy -> copy.startTime(KnownBackup.at(-500)).endTime(KnownBackup.at(-499)));
        });
        add("a pause that nobody saw to the end, without a cluster", FindingCode.PAUSE_NOT_OBSERVED, b -> {
            b.changeOutcome(metadata -> put(metadata, "pauseHeld", "false"));
            b.statements.clear();
        });
        add("a pause that nobody saw to the end", FindingCode.PAUSE_NOT_OBSERVED, b -> {
            b.changeOutcome(metadata -> put(metadata, "pauseHeld", "false"));
            b.changeManifest(metadata -> put(put(metadata, "exportedPositions", null), "recordPositions", null));
        });
    }

    private void whole() {
        add("the repository unreadable", FindingCode.SOURCE_UNREADABLE, b -> b.repositoryProblem = Optional.of("403"));
        add("no cluster", FindingCode.NOT_ASKED, b -> b.statements.clear());
        add("empty records", FindingCode.RECORDS_EMPTY, b -> b.change(b.recordsIndex(), copy -> copy.shards(0, 0)));
        add(
                "a component of another line",
                FindingCode.LINES_MIXED,
                b -> b.snapshots.add(KnownBackup.part(
                        line.equals(CamundaLine.UP_TO_8_7) ? Component.WEB_APPLICATIONS : Component.OPERATE,
                        ID,
                        b.version,
                        1,
                        1,
                        3)));
        add("all of Optimize of another minor version", FindingCode.MINOR_VERSIONS_DIFFER, b -> {
            for (int i = 0; i < 2; i++) {
                b.rename(i, new SnapshotName(Component.OPTIMIZE, ID, Optional.of("8.5.0"), i + 1, 2).toString());
            }
        });
        add(
                "a lower id that is younger",
                FindingCode.IDS_OUT_OF_ORDER,
                b -> b.snapshots.add(
                        KnownBackup.part(Component.OPTIMIZE, BackupId.of(ID.value() - 1), b.version, 1, 2, 9000)));
        add(
                "a higher id that is older",
                FindingCode.IDS_OUT_OF_ORDER,
                b -> b.snapshots.add(
                        KnownBackup.part(Component.OPTIMIZE, BackupId.of(ID.value() + 1), b.version, 1, 2, -9000)));
        add("nothing anywhere", FindingCode.BACKUP_NOT_FOUND, b -> {
            b.snapshots.clear();
            b.statements.replaceAll((component, statement) -> new ComponentStatement.Absent());
        });
        add("a part failed, and its component says so", FindingCode.COMPONENT_FAILED, b -> {
            SnapshotMutations.state(b, 0, SnapshotState.FAILED);
            b.statements.put(
                    Component.OPTIMIZE,
                    new ComponentStatement.Reported(BackupState.FAILED, Optional.empty(), List.of(), List.of(), true));
        });
        add("the last part not made yet", FindingCode.PART_AWAITED, b -> {
            b.snapshots.removeIf(info -> !info.name().equals(b.snapshots.get(0).name()));
            b.statements.replaceAll((component, statement) -> new ComponentStatement.Absent());
            b.checkedAt = at(60);
        });
        add("Zeebe not asked by the run yet", FindingCode.COMPONENT_AWAITED, b -> {
            b.statements.put(Component.ZEEBE, new ComponentStatement.Absent());
            b.checkedAt = at(60);
        });
        add("a partition not begun yet", FindingCode.PARTITION_AWAITED, b -> {
            b.changePartitions(list -> {
                list.set(
                        0,
                        PartitionMutations.with(
                                list.get(0),
                                1,
                                BackupState.IN_PROGRESS,
                                list.get(0).createdAt(),
                                list.get(0).version(),
                                list.get(0).checkpoint(),
                                list.get(0).snapshotId()));
                return PartitionMutations.without(list, 2);
            });
            b.checkedAt = at(60);
        });
    }

    private static Map<String, String> put(Map<String, String> metadata, String key, @Nullable String value) {
        if (value == null) {
            metadata.remove(key);
        } else {
            metadata.put(key, value);
        }
        return metadata;
    }

    private static Map<String, String> replace(Map<String, String> metadata, String pattern, String replacement) {
        metadata.compute("components", (key, text) -> String.valueOf(text).replaceFirst(pattern, replacement));
        return metadata;
    }
}
