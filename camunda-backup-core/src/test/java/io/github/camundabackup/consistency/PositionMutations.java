package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.consistency.evidence.PositionEvidence;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.RecordRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What can be wrong with the positions of one partition, in the manifest and in the snapshots themselves. */
final class PositionMutations {
    private final Mutations.Collector all;

    PositionMutations(Mutations.Collector all) {
        this.all = all;
    }

    void of(int id) {
        String what = "partition " + id + " ";
        all.add(
                what + "exported beyond its checkpoint",
                FindingCode.EXPORTED_BEYOND_CHECKPOINT,
                b -> exported(b, id, 1000L * id + 71));
        all.add(
                what + "with records above its checkpoint in the manifest",
                FindingCode.RECORDS_FROM_THE_FUTURE,
                b -> manifest(b, "recordPositions", id + ":\\+5", id + ":+71"));
        all.add(
                what + "exported after the pause, and nothing known of the records",
                FindingCode.EXPORTED_TOO_FAR,
                b -> {
                    manifest(b, "recordPositions", id + ":\\+5 ?", "");
                    exported(b, id, 1000L * id + 1);
                });
        all.add(
                what + "exported after the pause, and the records reach less far than the manifest says",
                FindingCode.EXPORTED_TOO_FAR,
                b -> {
                    manifest(b, "recordPositions", id + ":\\+5", id + ":-5");
                    exported(b, id, 1000L * id + 1);
                });
        snapshot(
                what + "with records above its checkpoint",
                FindingCode.RECORDS_FROM_THE_FUTURE,
                b -> held(b, id, 1071));
        snapshot(what + "with fewer records than there were", FindingCode.RECORDS_MISSING, b -> held(b, id, 1004));
        snapshot(
                what + "without any record",
                FindingCode.RECORDS_MISSING,
                b -> b.ask(read -> {
                    Map<Integer, Long> less = new HashMap<>(read.records());
                    less.remove(id);
                    return copy(read, less, read.ranges(), read.live());
                }));
        snapshot(
                what + "with a gap",
                FindingCode.RECORDS_MISSING,
                b -> b.ask(read -> copy(read, read.records(), range(read, id, 89), read.live())));
        snapshot(what + "without a record that the engine still has", FindingCode.RECORDS_MISSING, b -> {
            manifest(b, "recordPositions", id + ":\\+5 ?", "");
            b.ask(read -> copy(read, read.records(), read.ranges(), Map.of(id, 1L)));
        });
        snapshot(
                what + "imported above its checkpoint",
                FindingCode.IMPORTED_FROM_THE_FUTURE,
                b -> imported(b, id, 1000L * id + 71));
        snapshot(
                what + "imported above the records",
                FindingCode.IMPORTED_AHEAD_OF_RECORDS,
                b -> imported(b, id, 1000L * id + 7));
    }

    /** What concerns no partition in particular. */
    void ofAll() {
        snapshot(
                "records that cannot be asked",
                FindingCode.POSITIONS_NOT_READ,
                b -> b.positions = Optional.of(PositionEvidence.unread("403")));
        snapshot(
                "imports that cannot be asked",
                FindingCode.POSITIONS_NOT_READ,
                b -> b.ask(read -> read.withImports(Map.of(), Map.of(Component.OPERATE, "403"), List.of())));
    }

    private void snapshot(String name, FindingCode expected, Consumer<KnownBackup> change) {
        all.add("asked: " + name, expected, change);
    }

    private static void held(KnownBackup b, int id, int position) {
        b.ask(read -> {
            Map<Integer, Long> other = new HashMap<>(read.records());
            other.put(id, 1000L * (id - 1) + position);
            return copy(read, other, read.ranges(), read.live());
        });
    }

    private static void imported(KnownBackup b, int id, long position) {
        b.ask(read -> read.withImports(Map.of(application(b), Map.of(id, position)), Map.of(), List.of()));
    }

    /** From 8.8 on there is no such thing; the rule does not ask. */
    private static Component application(KnownBackup b) {
        return b.line.equals(CamundaLine.UP_TO_8_7) ? Component.OPERATE : Component.WEB_APPLICATIONS;
    }

    static List<RecordRange> range(PositionEvidence read, int id, long count) {
        List<RecordRange> ranges = new ArrayList<>(read.ranges());
        ranges.replaceAll(
                range -> range.partitionId() == id && range.valueType().equals("JOB")
                        ? new RecordRange(id, "JOB", count, range.lowestSequence(), range.highestSequence())
                        : range);
        return ranges;
    }

    static PositionEvidence copy(
            PositionEvidence read, Map<Integer, Long> records, List<RecordRange> ranges, Map<Integer, Long> live) {
        return new PositionEvidence(
                read.problem(), records, ranges, live, read.imported(), read.importProblems(), read.leftBehind());
    }

    static void exported(KnownBackup b, int id, long position) {
        b.changePartitions(list -> {
            PartitionEvidence p = list.get(id - 1);
            list.set(
                    id - 1,
                    PartitionMutations.with(
                            p,
                            id,
                            p.state(),
                            p.createdAt(),
                            p.version(),
                            p.checkpoint(),
                            Optional.of("545-1-9-" + position + "-0")));
            return list;
        });
    }

    static void manifest(KnownBackup b, String key, String pattern, String replacement) {
        b.changeManifest(metadata -> {
            metadata.compute(key, (k, text) -> String.valueOf(text).replaceFirst(pattern, replacement));
            return metadata;
        });
    }
}
