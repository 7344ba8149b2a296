package io.github.camundabackup.consistency;

import static io.github.camundabackup.consistency.KnownBackup.ID;
import static io.github.camundabackup.consistency.KnownBackup.at;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be wrong with one snapshot. */
final class SnapshotMutations {
    private final CamundaLine line;
    private final Mutations.Collector all;

    SnapshotMutations(CamundaLine line, Mutations.Collector all) {
        this.line = line;
        this.all = all;
    }

    void of(int i, SnapshotInfo info) {
        SnapshotName name = SnapshotName.parse(info.name()).orElseThrow();
        boolean records = name.component().equals(Component.ZEEBE_RECORDS);
        String what = name + " ";
        all.add(
                what + "dropped",
                records ? FindingCode.COMPONENT_MISSING : FindingCode.PART_MISSING,
                b -> b.snapshots.remove(i));
        all.add(what + "listed twice", FindingCode.PART_TWICE, b -> b.snapshots.add(b.snapshots.get(i)));
        for (SnapshotState state : List.of(SnapshotState.FAILED, SnapshotState.PARTIAL)) {
            all.add(what + state, FindingCode.SNAPSHOT_FAILED, b -> state(b, i, state));
        }
        all.add(what + "incompatible", FindingCode.SNAPSHOT_INCOMPATIBLE, b -> state(b, i, SnapshotState.INCOMPATIBLE));
        all.add(what + "unreadable", FindingCode.SNAPSHOT_UNREADABLE, b -> state(b, i, SnapshotState.UNREADABLE));
        all.add(what + "running", FindingCode.SNAPSHOT_RUNNING, b -> state(b, i, SnapshotState.IN_PROGRESS));
        all.add(
                what + "in an unknown state",
                FindingCode.SNAPSHOT_STATE_UNKNOWN,
                b -> state(b, i, SnapshotState.UNKNOWN));
        all.add(what + "with a failed shard", FindingCode.SNAPSHOT_FAILED, b -> b.change(i, copy -> copy.shards(4, 1)));
        all.add(what + "without times", FindingCode.TIME_UNKNOWN, b -> untimed(b, i));
        all.add(
                what + "ended an hour later",
                FindingCode.ORDER_VIOLATED,
                b -> b.change(i, copy -> copy.endTime(at(3600))));
        metadata(what, i, "backupId", "1700000001");
        if (records || !line.equals(CamundaLine.UP_TO_8_7)) {
            all.add(
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
        all.add(
                what + "renumbered",
                FindingCode.PART_TWICE,
                b -> b.rename(i, text(name, ID, name.version().orElseThrow(), next, name.partCount())));
        all.add(
                what + "of one more",
                FindingCode.PART_COUNT_DIFFERS,
                b -> b.rename(i, text(name, ID, name.version().orElseThrow(), name.part(), name.partCount() + 1)));
        all.add(
                what + "of another version",
                FindingCode.VERSIONS_DIFFER,
                b -> b.rename(i, text(name, ID, name.version().orElseThrow() + "-rc1", name.part(), name.partCount())));
        for (long other : List.of(170_000_000L, 17_000_000_000L)) {
            all.add(
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
        all.add(what + "under a foreign name", FindingCode.PART_MISSING, b -> b.rename(i, "nightly-" + i));
        all.add(
                what + "of two versions",
                FindingCode.PART_TWICE,
                b -> b.snapshots.add(KnownBackup.copy(
                        b.snapshots.get(i),
                        text(name, ID, "8.6.1", name.part(), name.partCount()),
                        SnapshotState.SUCCESS,
                        copy -> copy)));
    }

    private void metadata(String what, int i, String key, String value) {
        all.add(what + "with " + key + " " + value + " in its metadata", FindingCode.PART_METADATA_DIFFERS, b -> {
            Map<String, String> metadata =
                    new LinkedHashMap<>(b.snapshots.get(i).metadata());
            metadata.put(key, value);
            b.change(i, copy -> copy.metadata(metadata));
        });
    }

    static void state(KnownBackup backup, int i, SnapshotState state) {
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
}
