package io.github.camundabackup.consistency;

import static io.github.camundabackup.consistency.KnownBackup.at;

import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.model.BackupState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What can be wrong with one partition. */
final class PartitionMutations {
    private final Mutations.Collector all;

    PartitionMutations(Mutations.Collector all) {
        this.all = all;
    }

    void of(int i) {
        int id = i + 1;
        String what = "partition " + id + " ";
        all.add(what + "dropped", FindingCode.PARTITION_MISSING, b -> b.changePartitions(list -> without(list, i)));
        all.add(
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
                        Optional.of("545-1-9-" + (1000 * id + 6) + "-0")));
        new PositionMutations(all).of(id);
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
        all.add(
                name,
                expected,
                b -> b.changePartitions(list -> {
                    list.set(i, change.apply(list.get(i)));
                    return list;
                }));
    }

    static PartitionEvidence with(
            PartitionEvidence p,
            int id,
            BackupState state,
            Optional<Instant> createdAt,
            Optional<String> version,
            OptionalLong checkpoint,
            Optional<String> snapshotId) {
        return new PartitionEvidence(id, state, createdAt, version, checkpoint, snapshotId, p.failure());
    }

    static List<PartitionEvidence> without(List<PartitionEvidence> list, int i) {
        list.remove(i);
        return list;
    }
}
