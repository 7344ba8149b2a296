package io.github.camundabackup.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.bucket.BucketBackup;
import io.github.camundabackup.bucket.BucketPartition;
import io.github.camundabackup.bucket.PartitionCopy;
import io.github.camundabackup.consistency.evidence.BucketStatement;
import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A running Zeebe and its object store, side by side; what the store alone shows is tested with whole runs. */
class BucketRulesTest {
    private final KnownBackup backup = new KnownBackup(CamundaLine.V8_8);

    /** What Zeebe says of one partition, where the store says that all are completed. */
    private ConsistencyReport check(UnaryOperator<List<PartitionEvidence>> said) {
        List<PartitionEvidence> all = List.of(backup.partition(1), backup.partition(2), backup.partition(3));
        ComponentStatement.Reported zeebe = new ComponentStatement.Reported(
                BackupState.COMPLETED, Optional.empty(), List.of(), said.apply(new ArrayList<>(all)), true);
        BucketStatement stored = new BucketStatement(
                "test store",
                Optional.empty(),
                Optional.of(new BucketBackup(
                        KnownBackup.ID, all.stream().map(this::stored).toList())),
                Optional.of(zeebe));
        backup.bucket = Optional.of(stored);
        backup.statements.put(Component.ZEEBE, stored.decisive());
        return backup.check();
    }

    private BucketPartition stored(PartitionEvidence partition) {
        return new BucketPartition(
                partition.partitionId(),
                List.of(new PartitionCopy(
                        "0",
                        "manifests/" + partition.partitionId() + "/17/0/manifest.json",
                        BackupState.COMPLETED,
                        Optional.of(new PartitionCopy.Checkpoint(
                                partition.checkpoint(),
                                OptionalInt.of(3),
                                partition.version(),
                                partition.snapshotId(),
                                OptionalLong.empty(),
                                Optional.empty(),
                                "MANUAL_BACKUP")),
                        Optional.empty(),
                        partition.createdAt(),
                        partition.createdAt(),
                        1,
                        1,
                        List.of(),
                        0,
                        List.of(),
                        Optional.empty())));
    }

    private static PartitionEvidence with(PartitionEvidence partition, BackupState state, OptionalLong checkpoint) {
        return new PartitionEvidence(
                partition.partitionId(),
                state,
                partition.createdAt(),
                partition.version(),
                checkpoint,
                partition.snapshotId(),
                partition.failure());
    }

    @Test
    void agree() {
        assertThat(check(said -> said).findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = BackupState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COMPLETED", "IN_PROGRESS", "UNKNOWN"})
    void whateverElseZeebeSaysOfWhatIsStoredIsFound(BackupState state) {
        ConsistencyReport report = check(said -> {
            said.set(1, with(said.get(1), state, said.get(1).checkpoint()));
            return said;
        });

        assertThat(report.has(FindingCode.BUCKET_DISAGREES)).as("%s", report).isTrue();
        assertThat(report.isRestorable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = BackupState.class,
            names = {"IN_PROGRESS", "UNKNOWN"})
    void whatMayHaveChangedBetweenTheQuestionsIsNoContradiction(BackupState state) {
        assertThat(check(said -> {
                            said.set(1, with(said.get(1), state, said.get(1).checkpoint()));
                            return said;
                        })
                        .has(FindingCode.BUCKET_DISAGREES))
                .isFalse();
    }

    @Test
    void anotherCheckpointIsFound() {
        assertThat(check(said -> {
                            said.set(1, with(said.get(1), BackupState.COMPLETED, OptionalLong.of(7)));
                            return said;
                        })
                        .has(FindingCode.BUCKET_DISAGREES))
                .isTrue();
    }

    @Test
    void aPartitionThatZeebeDoesNotNameIsFound() {
        assertThat(check(said -> said.subList(0, 2)).has(FindingCode.BUCKET_DISAGREES))
                .isTrue();
    }
}
