package io.github.camundabackup.consistency;

import static io.github.camundabackup.consistency.KnownBackup.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.camundabackup.consistency.Mutations.Mutation;
import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.support.Lines;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules over evidence: a correct backup is consistent, and whatever is changed in it is found and named. */
class ConsistencyRulesTest {

    static Stream<Mutation> mutations() {
        return Lines.ALL.stream().flatMap(line -> Mutations.of(line).stream());
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.support.Lines#ALL")
    void aCorrectBackupIsConsistentAndNothingIsFound(CamundaLine line) {
        ConsistencyReport report = new KnownBackup(line).check();

        assertThat(report.findings()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(report.isRestorable()).isTrue();
        assertThat(report.partitions())
                .hasSize(3)
                .allSatisfy(proof -> assertThat(proof.result()).isEqualTo(PartitionProof.Result.PROVEN));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void whateverIsChangedIsNamedAndNeverConsistent(Mutation mutation) {
        ConsistencyReport report = mutation.check();

        assertThat(report.findings()).as("%s", report).extracting(Finding::code).contains(mutation.expected());
        assertThat(report.verdict()).as("%s", report).isNotEqualTo(Verdict.CONSISTENT);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void aSourceThatCannotBeReadNeverMakesAVerdictBetter(Mutation mutation) {
        KnownBackup backup = new KnownBackup(mutation.line());
        mutation.change().accept(backup);
        backup.statements.put(Component.OPTIMIZE, new ComponentStatement.Unreadable("504"));

        assertThat(backup.check().verdict()).isNotEqualTo(Verdict.CONSISTENT);
        assertThat(backup.check().isRestorable()).isFalse();
    }

    @Test
    void everyCodeIsTheNameOfSomeMutationOrHasATestOfItsOwn() {
        Set<FindingCode> tested = EnumSet.of(
                FindingCode.RECORDS_EMPTY_AS_EXPECTED,
                FindingCode.RECORDS_NOT_PROVABLE,
                FindingCode.INDEX_PREFIX_UNUSUAL,
                FindingCode.PARTITION_CHANGED,
                FindingCode.RUN_FAILED,
                FindingCode.SCRATCH_LEFT_BEHIND,
                // Found in an object store alone: in tests of whole runs.
                FindingCode.PARTITION_FILES_MISSING,
                FindingCode.PARTITION_MANIFEST_UNREADABLE,
                FindingCode.PARTITION_CONTRADICTORY,
                FindingCode.PARTITION_COUNT_DIFFERS,
                FindingCode.BUCKET_DISAGREES,
                FindingCode.ZEEBE_SILENT);
        mutations().map(Mutation::expected).forEach(tested::add);

        assertThat(tested).containsExactlyInAnyOrder(FindingCode.values());
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.support.Lines#ALL")
    void strangersInTheRepositoryAndTheOrderOfItsListingDoNotMatter(CamundaLine line) {
        KnownBackup backup = new KnownBackup(line);
        backup.snapshots.add(
                SnapshotInfo.builder("nightly", SnapshotState.FAILED).build());
        backup.snapshots.add(SnapshotInfo.builder("camunda_operate_mine", SnapshotState.PARTIAL)
                .build());
        for (long other : List.of(170_000_000L, 17_000_000_000L, 1_700_000_000_000L)) {
            boolean lower = other < ID.value();
            SnapshotInfo part =
                    KnownBackup.part(Component.OPTIMIZE, BackupId.of(other), "8.5.0", 1, 2, lower ? -9000 : 9000);
            backup.snapshots.add(KnownBackup.copy(part, part.name(), SnapshotState.FAILED, copy -> copy));
        }
        Collections.reverse(backup.snapshots);

        assertThat(backup.check().findings()).isEmpty();
    }

    @Test
    void clocksMayDifferByTheToleranceAndNotByMore() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.change(backup.recordsIndex(), copy -> copy.endTime(KnownBackup.at(60)));
        assertThat(backup.check().findings()).isEmpty();

        backup.change(backup.recordsIndex(), copy -> copy.endTime(KnownBackup.at(61)));
        assertThat(backup.check().has(FindingCode.ORDER_VIOLATED)).isTrue();
    }

    @Test
    void upTo87ApplicationsMustEndBeforeTheRecords() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.change(0, copy -> copy.startTime(KnownBackup.at(-1000)));
        assertThat(backup.check().findings()).isEmpty();

        backup.change(0, copy -> copy.endTime(KnownBackup.at(32)));
        assertThat(backup.check().has(FindingCode.ORDER_VIOLATED)).isTrue();
    }

    @Test
    void emptyRecordsAreFineWhereNothingImportsThem() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8, List.of(Component.WEB_APPLICATIONS));
        backup.change(backup.recordsIndex(), copy -> copy.shards(0, 0));
        backup.changeManifest(metadata -> {
            metadata.put("recordIndices", "0");
            return metadata;
        });

        ConsistencyReport report = backup.check();

        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.RECORDS_EMPTY_AS_EXPECTED);
        assertThat(report.isConsistent()).isTrue();
    }

    @Test
    void aBackupThatDoesNotTellPositionsIsConsistentButProvesNothing() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        backup.changeManifest(metadata -> {
            metadata.remove("exportedPositions");
            metadata.remove("recordPositions");
            return metadata;
        });

        ConsistencyReport report = backup.check();

        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.RECORDS_NOT_PROVABLE);
        assertThat(report.isConsistent()).isTrue();
        assertThat(report.partitions())
                .allSatisfy(proof -> assertThat(proof.result()).isEqualTo(PartitionProof.Result.NOT_PROVABLE));
    }

    @Test
    void withoutAClusterOnlyZeebeIsLeftOpenAndTheBackupMayBeRestored() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        backup.statements.clear();
        backup.livePartitions = Set.of();

        ConsistencyReport report = backup.check();

        assertThat(report.verdict()).isEqualTo(Verdict.UNVERIFIABLE);
        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.NOT_ASKED);
        assertThat(report.isRestorable()).isTrue();
    }

    @Test
    void missesAComponentOfWhichNothingIsLeft() {
        KnownBackup backup = new KnownBackup(CamundaLine.UP_TO_8_7);
        backup.statements.clear();
        backup.snapshots.removeIf(info -> info.name().contains("tasklist"));

        assertThat(backup.check().findings())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(FindingCode.COMPONENT_MISSING);
                    assertThat(finding.component()).contains(Component.TASKLIST);
                });
    }

    @Test
    void aPartitionThatIsNotTheOneThatTheRunSawIsFound() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        backup.report = Optional.of(report("1071", "545-1-980-990-0"));
        // Another one that fits in everything else.
        assertThat(backup.check().findings()).extracting(Finding::code).containsExactly(FindingCode.PARTITION_CHANGED);

        backup.report = Optional.of(report("1070", "545-1-980-990-0"));
        assertThat(backup.check().findings()).isEmpty();
    }

    @Test
    void aBackupWhoseRunFailedIsNone() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        backup.report = Optional.of(BackupReport.fromJson(report("1070", "545-1-980-990-0")
                .toJson()
                .replaceFirst("\"outcome\" : \"COMPLETED\"", "\"outcome\" : \"FAILED\"")));

        assertThat(backup.check().findings()).extracting(Finding::code).containsExactly(FindingCode.RUN_FAILED);
        assertThat(backup.check().isRestorable()).isFalse();
    }

    @Test
    void aBackupIsGoodThoughExportingCouldNotBeResumedAfterIt() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        backup.report = Optional.of(BackupReport.fromJson(report("1070", "545-1-980-990-0")
                .toJson()
                .replaceFirst("\"outcome\" : \"COMPLETED\"", "\"outcome\" : \"FAILED\"")
                .replace("\"RESUMED\"", "\"NOT_RESUMED\"")));

        assertThat(backup.check().findings()).isEmpty();
    }

    @Test
    void aPartitionThatZeebeDidNotTellTheRunOfIsMissing() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        backup.changeManifest(metadata -> {
            metadata.put("partitions", "4");
            return metadata;
        });
        backup.report = Optional.of(report("1070", "545-1-980-990-0"));

        assertThat(backup.check().findings()).extracting(Finding::code).contains(FindingCode.PARTITION_MISSING);
    }

    @Test
    void whatWasTakenAfterExportingWasResumedIsOutOfOrder() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        backup.report = Optional.of(BackupReport.fromJson(report("1070", "545-1-980-990-0")
                .toJson()
                .replace("\"resumedAt\" : \"" + KnownBackup.at(60), "\"resumedAt\" : \"" + KnownBackup.at(30))));

        assertThat(backup.check().findings())
                .extracting(Finding::code, finding -> finding.component().orElseThrow())
                .containsExactly(tuple(FindingCode.ORDER_VIOLATED, Component.ZEEBE));
    }

    @ParameterizedTest
    @EnumSource
    void everyFindingSaysWhatToDo(FindingCode code) {
        assertThat(code.advice()).endsWith(".");
    }

    @Test
    void aZeebeThatIsOnlyListedIsCheckedButNotProven() {
        KnownBackup backup = new KnownBackup(CamundaLine.V8_8);
        ComponentStatement.Reported reported = backup.reported(Component.ZEEBE);
        backup.statements.put(
                Component.ZEEBE,
                new ComponentStatement.Reported(
                        BackupState.COMPLETED, Optional.empty(), List.of(), reported.partitions(), false));

        assertThat(backup.check().isConsistent()).isTrue();
        assertThat(backup.check().has(FindingCode.RECORDS_NOT_PROVABLE)).isTrue();
    }

    private static BackupReport report(String checkpoint, String snapshotId) {
        Instant begin = KnownBackup.BEGIN;
        return BackupReport.fromJson("{\"formatVersion\":1,\"backupId\":" + ID + ",\"outcome\":\"COMPLETED\","
                + "\"line\":\"8.8\",\"snapshotStore\":\"s\",\"startedAt\":\"" + begin + "\",\"endedAt\":\""
                + KnownBackup.at(60) + "\",\"steps\":["
                + step("OPTIMIZE", "\"8.8.0\"", "") + ","
                + step("WEB_APPLICATIONS", "\"8.8.0\"", "") + ","
                + step("ZEEBE_RECORDS", "", "") + ","
                + step(
                        "ZEEBE",
                        "\"8.8.0\"",
                        partition(1, checkpoint, snapshotId) + "," + partition(2, "2070", "545-1-1980-1990-0") + ","
                                + partition(3, "3070", "545-1-2980-2990-0"))
                + "],\"pause\":{\"state\":\"RESUMED\",\"pausedAt\":\"" + begin + "\",\"resumedAt\":\""
                + KnownBackup.at(60) + "\"},\"coverage\":{\"missing\":0,\"indices\":[]}}");
    }

    private static String step(String component, String version, String partitions) {
        return "{\"component\":\"" + component + "\",\"state\":\"COMPLETED\",\"versions\":[" + version
                + "],\"partitions\":[" + partitions + "]}";
    }

    private static String partition(int id, String checkpoint, String snapshotId) {
        return "{\"partitionId\":" + id + ",\"state\":\"COMPLETED\",\"checkpointPosition\":" + checkpoint
                + ",\"snapshotId\":\"" + snapshotId + "\",\"brokerVersion\":\"8.8.0\"}";
    }
}
