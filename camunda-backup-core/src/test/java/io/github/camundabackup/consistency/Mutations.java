package io.github.camundabackup.consistency;

import static io.github.camundabackup.consistency.KnownBackup.ID;
import static io.github.camundabackup.consistency.KnownBackup.at;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Every single thing that can be wrong with a correct backup, and the finding that names it. */
final class Mutations {
    private final Protocol protocol;
    private final List<Mutation> all = new ArrayList<>();

    private Mutations(Protocol protocol) {
        this.protocol = protocol;
    }

    /**
     * One thing that goes wrong.
     *
     * @param name for the test's display
     * @param change makes the correct backup incorrect
     * @param expected the finding that names it
     */
    record Mutation(Protocol protocol, String name, Consumer<KnownBackup> change, FindingCode expected) {
        ConsistencyReport check() {
            KnownBackup backup = new KnownBackup(protocol);
            change.accept(backup);
            return backup.check();
        }

        @Override
        public String toString() {
            return protocol + ": " + name + " is " + expected;
        }
    }

    static List<Mutation> of(Protocol protocol) {
        Mutations mutations = new Mutations(protocol);
        List<SnapshotInfo> snapshots = new KnownBackup(protocol).snapshots;
        for (int i = 0; i < snapshots.size(); i++) {
            mutations.snapshot(i, snapshots.get(i));
        }
        for (int i = 0; i < KnownBackup.PARTITIONS; i++) {
            mutations.partition(i);
        }
        new KnownBackup(protocol).claims.keySet().forEach(mutations::claim);
        mutations.manifest();
        mutations.whole();
        return mutations.all;
    }

    private void add(String name, FindingCode expected, Consumer<KnownBackup> change) {
        all.add(new Mutation(protocol, name, change, expected));
    }

    private void snapshot(int i, SnapshotInfo info) {
        SnapshotName name = SnapshotName.parse(info.name()).orElseThrow();
        boolean records = name.component() == Component.ZEEBE_RECORDS;
        String what = name + " ";
        add(
                what + "dropped",
                records ? FindingCode.COMPONENT_MISSING : FindingCode.PART_MISSING,
                b -> b.snapshots.remove(i));
        add(what + "listed twice", FindingCode.PART_TWICE, b -> b.snapshots.add(b.snapshots.get(i)));
        for (SnapshotState state : List.of(SnapshotState.FAILED, SnapshotState.PARTIAL)) {
            add(what + state, FindingCode.SNAPSHOT_FAILED, b -> state(b, i, state));
        }
        add(what + "incompatible", FindingCode.SNAPSHOT_INCOMPATIBLE, b -> state(b, i, SnapshotState.INCOMPATIBLE));
        add(what + "running", FindingCode.SNAPSHOT_RUNNING, b -> state(b, i, SnapshotState.IN_PROGRESS));
        add(what + "in an unknown state", FindingCode.SNAPSHOT_STATE_UNKNOWN, b -> state(b, i, SnapshotState.UNKNOWN));
        add(what + "with a failed shard", FindingCode.SNAPSHOT_FAILED, b -> b.change(i, copy -> copy.shards(4, 1)));
        add(what + "without times", FindingCode.TIME_UNKNOWN, b -> untimed(b, i));
        add(what + "ended an hour later", FindingCode.ORDER_VIOLATED, b -> b.change(i, copy -> copy.endTime(at(3600))));
        metadata(what, i, "backupId", "1700000001");
        if (records || protocol == Protocol.FROM_8_8) {
            add(
                    what + "begun before the pause",
                    FindingCode.ORDER_VIOLATED,
                    b -> b.change(i, copy -> copy.startTime(at(-60))));
        }
        if (!records) {
            part(what, i, name);
        }
    }

    private void part(String what, int i, SnapshotName name) {
        metadata(what, i, "version", "8.5.0");
        metadata(what, i, "partNo", "9");
        metadata(what, i, "partCount", "9");
        int next = name.part() % name.partCount() + 1;
        add(
                what + "renumbered",
                FindingCode.PART_TWICE,
                b -> b.rename(i, text(name, ID, name.version().orElseThrow(), next, name.partCount())));
        add(
                what + "of one more",
                FindingCode.PART_COUNT_DIFFERS,
                b -> b.rename(i, text(name, ID, name.version().orElseThrow(), name.part(), name.partCount() + 1)));
        add(
                what + "of another version",
                FindingCode.VERSIONS_DIFFER,
                b -> b.rename(i, text(name, ID, name.version().orElseThrow() + "-rc1", name.part(), name.partCount())));
        for (long other : List.of(170_000_000L, 17_000_000_000L)) {
            add(
                    what + "under the id " + other,
                    FindingCode.PART_MISSING,
                    b -> b.rename(
                            i,
                            text(
                                    name,
                                    BackupId.of(other),
                                    name.version().orElseThrow(),
                                    name.part(),
                                    name.partCount())));
        }
        add(what + "under a foreign name", FindingCode.PART_MISSING, b -> b.rename(i, "nightly-" + i));
        add(
                what + "of two versions",
                FindingCode.PART_TWICE,
                b -> b.snapshots.add(KnownBackup.copy(
                        b.snapshots.get(i),
                        text(name, ID, "8.6.1", name.part(), name.partCount()),
                        SnapshotState.SUCCESS,
                        copy -> copy)));
    }

    private void metadata(String what, int i, String key, String value) {
        add(what + "with " + key + " " + value + " in its metadata", FindingCode.PART_METADATA_DIFFERS, b -> {
            Map<String, String> metadata =
                    new LinkedHashMap<>(b.snapshots.get(i).metadata());
            metadata.put(key, value);
            b.change(i, copy -> copy.metadata(metadata));
        });
    }

    private void partition(int i) {
        int id = i + 1;
        String what = "partition " + id + " ";
        add(what + "dropped", FindingCode.PARTITION_MISSING, b -> b.changePartitions(list -> without(list, i)));
        add(
                what + "told twice",
                FindingCode.PARTITION_TWICE,
                b -> b.changePartitions(list -> {
                    list.add(list.get(i));
                    return list;
                }));
        partition(
                what + "renumbered",
                i,
                FindingCode.PARTITION_UNEXPECTED,
                p -> with(p, 4, p.state(), p.createdAt(), p.version(), p.checkpoint(), p.snapshotId()));
        for (BackupState state : List.of(BackupState.FAILED, BackupState.DELETED, BackupState.INCOMPATIBLE)) {
            partitionState(what, i, state, FindingCode.PARTITION_FAILED);
        }
        partitionState(what, i, BackupState.IN_PROGRESS, FindingCode.PARTITION_RUNNING);
        partitionState(what, i, BackupState.UNKNOWN, FindingCode.PARTITION_STATE_UNKNOWN);
        partitionState(what, i, BackupState.DOES_NOT_EXIST, FindingCode.PARTITION_MISSING);
        partitionState(what, i, BackupState.INCOMPLETE, FindingCode.PARTITION_MISSING);
        partitionTime(what + "without a time", i, Optional.empty(), FindingCode.TIME_UNKNOWN);
        partitionTime(what + "an hour older", i, Optional.of(at(-3600)), FindingCode.ORDER_VIOLATED);
        partitionTime(what + "two hours newer", i, Optional.of(at(7200)), FindingCode.PARTITIONS_FAR_APART);
        partition(
                what + "of another broker version",
                i,
                FindingCode.VERSIONS_DIFFER,
                p -> with(
                        p,
                        id,
                        p.state(),
                        p.createdAt(),
                        p.version().map(v -> v + "-rc1"),
                        p.checkpoint(),
                        p.snapshotId()));
        partition(
                what + "of another minor version",
                i,
                FindingCode.MINOR_VERSIONS_DIFFER,
                p -> with(p, id, p.state(), p.createdAt(), Optional.of("8.5.9"), p.checkpoint(), p.snapshotId()));
        partition(
                what + "without a version",
                i,
                FindingCode.VERSION_UNKNOWN,
                p -> with(p, id, p.state(), p.createdAt(), Optional.empty(), p.checkpoint(), p.snapshotId()));
        partition(
                what + "of an older backup",
                i,
                FindingCode.RECORDS_FROM_THE_FUTURE,
                p -> with(
                        p,
                        id,
                        p.state(),
                        p.createdAt(),
                        p.version(),
                        OptionalLong.of(1000L * id - 1),
                        Optional.of("400-1-500-500-0")));
        partition(
                what + "exported after the pause",
                i,
                FindingCode.EXPORTED_TOO_FAR,
                p -> with(
                        p,
                        id,
                        p.state(),
                        p.createdAt(),
                        p.version(),
                        p.checkpoint(),
                        Optional.of("545-1-9-" + (1000 * id + 1) + "-0")));
    }

    private void partitionState(String what, int i, BackupState state, FindingCode expected) {
        partition(
                what + state,
                i,
                expected,
                p -> with(p, p.partitionId(), state, p.createdAt(), p.version(), p.checkpoint(), p.snapshotId()));
    }

    private void partitionTime(String name, int i, Optional<Instant> time, FindingCode expected) {
        partition(
                name,
                i,
                expected,
                p -> with(p, p.partitionId(), p.state(), time, p.version(), p.checkpoint(), p.snapshotId()));
    }

    private void partition(String name, int i, FindingCode expected, UnaryOperator<PartitionEvidence> change) {
        add(
                name,
                expected,
                b -> b.changePartitions(list -> {
                    list.set(i, change.apply(list.get(i)));
                    return list;
                }));
    }

    private void claim(Component component) {
        String what = component.displayName() + " ";
        boolean zeebe = component == Component.ZEEBE;
        add(
                what + "unreadable",
                FindingCode.SOURCE_UNREADABLE,
                b -> b.claims.put(component, new Claim.Unreadable("504")));
        add(
                what + "denies it",
                zeebe ? FindingCode.COMPONENT_MISSING : FindingCode.COMPONENT_DISAGREES,
                b -> b.claims.put(component, new Claim.Absent()));
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
                    b -> b.claims.put(
                            component,
                            new Claim.Told(
                                    state, Optional.of("why"), b.told(component).partitions(), true))));
        }
    }

    private void manifest() {
        add("no manifest", FindingCode.NO_MANIFEST, b -> b.changeManifest(metadata -> Map.of()));
        add(
                "a manifest of another backup",
                FindingCode.MANIFEST_FOREIGN,
                b -> b.changeManifest(metadata -> put(metadata, "backupId", "5")));
        add(
                "a manifest that cannot be read",
                FindingCode.MANIFEST_UNREADABLE,
                b -> b.changeManifest(metadata -> put(metadata, "protocol", "FROM_9_0")));
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

    private void whole() {
        add("the repository unreadable", FindingCode.SOURCE_UNREADABLE, b -> b.repositoryProblem = Optional.of("403"));
        add("no cluster", FindingCode.NOT_ASKED, b -> b.claims.clear());
        add("empty records", FindingCode.RECORDS_EMPTY, b -> b.change(b.recordsIndex(), copy -> copy.shards(0, 0)));
        add(
                "a component of the other protocol",
                FindingCode.PROTOCOLS_MIXED,
                b -> b.snapshots.add(KnownBackup.part(
                        protocol == Protocol.UP_TO_8_7 ? Component.WEB_APPLICATIONS : Component.OPERATE,
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
            b.claims.replaceAll((component, claim) -> new Claim.Absent());
        });
        add("a part failed, and its component says so", FindingCode.COMPONENT_FAILED, b -> {
            state(b, 0, SnapshotState.FAILED);
            b.claims.put(Component.OPTIMIZE, new Claim.Told(BackupState.FAILED, Optional.empty(), List.of(), true));
        });
        add("the last part not made yet", FindingCode.PART_AWAITED, b -> {
            b.snapshots.removeIf(info -> !info.name().equals(b.snapshots.get(0).name()));
            b.claims.replaceAll((component, claim) -> new Claim.Absent());
            b.checkedAt = at(60);
        });
        add("Zeebe not asked by the run yet", FindingCode.COMPONENT_AWAITED, b -> {
            b.claims.put(Component.ZEEBE, new Claim.Absent());
            b.checkedAt = at(60);
        });
        add("a partition not begun yet", FindingCode.PARTITION_AWAITED, b -> {
            b.changePartitions(list -> {
                list.set(
                        0,
                        with(
                                list.get(0),
                                1,
                                BackupState.IN_PROGRESS,
                                list.get(0).createdAt(),
                                list.get(0).version(),
                                list.get(0).checkpoint(),
                                list.get(0).snapshotId()));
                return without(list, 2);
            });
            b.checkedAt = at(60);
        });
    }

    private static PartitionEvidence with(
            PartitionEvidence p,
            int id,
            BackupState state,
            Optional<Instant> createdAt,
            Optional<String> version,
            OptionalLong checkpoint,
            Optional<String> snapshotId) {
        return new PartitionEvidence(id, state, createdAt, version, checkpoint, snapshotId, p.failure());
    }

    private static List<PartitionEvidence> without(List<PartitionEvidence> list, int i) {
        list.remove(i);
        return list;
    }

    private static void state(KnownBackup backup, int i, SnapshotState state) {
        SnapshotInfo info = backup.snapshots.get(i);
        backup.snapshots.set(i, KnownBackup.copy(info, info.name(), state, copy -> copy));
    }

    private static void untimed(KnownBackup backup, int i) {
        SnapshotInfo info = backup.snapshots.get(i);
        backup.snapshots.set(
                i,
                SnapshotInfo.builder(info.name(), info.state())
                        .metadata(info.metadata())
                        .shards(info.shardsTotal(), 0)
                        .build());
    }

    private static String text(SnapshotName name, BackupId id, String version, int part, int count) {
        return new SnapshotName(name.component(), id, Optional.of(version), part, count).toString();
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
