package io.github.camundabackup.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.consistency.PartitionProof.Result;
import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What proves a partition, and what does not. */
class PositionRulesTest {
    private static final long CONFIRMED = 1000;
    private static final long WRITTEN = 1005;
    private static final long HELD = 1006;

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.support.Lines#ALL")
    void aCorrectBackupThatIsAskedItselfIsConsistentAndNothingIsFound(CamundaLine line) {
        KnownBackup backup = new KnownBackup(line);
        backup.ask(read -> read);

        assertThat(backup.check().findings()).isEmpty();
        assertThat(proof(backup).result()).isEqualTo(Result.PROVEN);
    }

    @Test
    void theRecordsProveWhatAnOldLeaderToldTooLittleOf() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);

        PositionMutations.exported(backup, 1, WRITTEN);
        assertThat(backup.check().findings()).isEmpty();
        assertThat(proof(backup).reason()).contains("the records go up to " + WRITTEN);

        PositionMutations.exported(backup, 1, WRITTEN + 1);
        assertThat(backup.check().has(FindingCode.EXPORTED_TOO_FAR)).isTrue();
        assertThat(proof(backup).result()).isEqualTo(Result.NOT_PROVABLE);
    }

    @Test
    void from88OnRecordsDoNotProveWhatExportersWroteElsewhere() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        PositionMutations.exported(backup, 1, CONFIRMED + 1);

        assertThat(backup.check().has(FindingCode.EXPORTED_TOO_FAR)).isTrue();
        backup.ask(read -> read);
        assertThat(backup.check().has(FindingCode.EXPORTED_TOO_FAR)).isTrue();

        backup.changeManifest(metadata -> {
            metadata.remove("exportedPositions");
            metadata.put("recordPositions", "1:" + WRITTEN);
            return metadata;
        });
        assertThat(proof(backup).result()).isEqualTo(Result.NOT_PROVABLE);
        assertThat(proof(backup).reason()).contains("web applications");
    }

    @Test
    void whatTheSnapshotHoldsCountsMoreThanWhatWasThereBefore() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        PositionMutations.exported(backup, 1, HELD);
        assertThat(proof(backup).result()).isEqualTo(Result.NOT_PROVABLE);

        backup.ask(read -> read);
        assertThat(proof(backup).result()).isEqualTo(Result.PROVEN);
        PositionMutations.exported(backup, 1, HELD + 1);
        assertThat(proof(backup).result()).isEqualTo(Result.NOT_PROVABLE);
    }

    @Test
    void nothingInTheEngineInUseProvesThatExportersLeftOutTheRest() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        PositionMutations.exported(backup, 1, HELD + 10);
        backup.ask(read -> PositionMutations.copy(read, read.records(), read.ranges(), Map.of(1, 0L)));

        assertThat(backup.check().findings()).isEmpty();
        assertThat(proof(backup).result()).isEqualTo(Result.PROVEN);
    }

    @Test
    void aPartitionWithoutASnapshotMissesNothingWhateverItsRecordsAre() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.changePartitions(list -> {
            PartitionEvidence p = list.get(0);
            list.set(
                    0,
                    PartitionMutations.with(
                            p, 1, p.state(), p.createdAt(), p.version(), p.checkpoint(), Optional.empty()));
            return list;
        });
        backup.ask(read -> PositionMutations.copy(
                read, Map.of(2, 2006L, 3, 3006L), PositionMutations.range(read, 1, 1), Map.of()));

        assertThat(backup.check().findings()).isEmpty();
        assertThat(proof(backup).result()).isEqualTo(Result.PROVEN);
    }

    @Test
    void recordsThatAreThereTwiceHideGapsAndProveNothing() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.ask(
                read -> PositionMutations.copy(read, read.records(), PositionMutations.range(read, 1, 91), Map.of()));

        assertThat(proof(backup).result()).isEqualTo(Result.NOT_PROVABLE);
        assertThat(proof(backup).reason()).contains("more than once");
        assertThat(backup.check().has(FindingCode.RECORDS_NOT_PROVABLE)).isTrue();
    }

    @Test
    void withoutZeebeAGapIsFoundAndNothingIsProven() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.statements.clear();
        backup.livePartitions = Set.of();

        backup.ask(read -> read);
        assertThat(backup.check().isRestorable()).isTrue();
        assertThat(proof(backup).result()).isEqualTo(Result.NOT_PROVABLE);

        backup.ask(
                read -> PositionMutations.copy(read, read.records(), PositionMutations.range(read, 1, 80), Map.of()));
        assertThat(backup.check().verdict()).isEqualTo(Verdict.INCONSISTENT);
        assertThat(proof(backup).result()).isEqualTo(Result.VIOLATED);
        assertThat(proof(backup).reason()).contains("10 of JOB");
    }

    @Test
    void aPartitionThatWasAddedAfterTheBackupDoesNoHarm() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.livePartitions = Set.of(1, 2, 3, 4);
        backup.ask(read -> read);

        assertThat(backup.check().findings()).isEmpty();
    }

    @Test
    void aPartitionThatWasAddedWhileTheBackupWasTakenIsConvicted() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.livePartitions = Set.of(1, 2, 3, 4);
        backup.changePartitions(list -> {
            list.add(backup.partition(4));
            return list;
        });

        assertThat(backup.check().has(FindingCode.PARTITION_UNEXPECTED)).isTrue();
        assertThat(ConsistencyReport.of(backup.evidence(), "store")
                        .partitions()
                        .get(3)
                        .result())
                .isEqualTo(Result.NOT_PROVABLE);
    }

    @Test
    void retentionDoesNotMakeAnApplicationLookAhead() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.changeManifest(metadata -> {
            metadata.remove("recordPositions");
            return metadata;
        });
        backup.ask(read -> PositionMutations.copy(read, Map.of(), List.of(), Map.of())
                .withImports(Map.of(Component.OPERATE, Map.of(1, CONFIRMED)), Map.of(), List.of()));

        assertThat(backup.check().findings()).isEmpty();
    }

    @Test
    void scratchIndicesThatStayedAreNamedAndChangeNothing() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.ask(read -> read.withImports(read.imported(), Map.of(), List.of("consistency-check-17-1-a")));

        assertThat(backup.check().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.SCRATCH_LEFT_BEHIND);
            assertThat(finding.evidence()).contains("consistency-check-17-1-a");
        });
        assertThat(backup.check().isConsistent()).isTrue();
    }

    private static PartitionProof proof(KnownBackup backup) {
        return backup.check().partitions().stream()
                .filter(proof -> proof.partitionId() == 1)
                .findFirst()
                .orElseThrow();
    }
}
