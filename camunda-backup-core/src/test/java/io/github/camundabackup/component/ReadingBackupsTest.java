package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of a component's description of a backup. */
class ReadingBackupsTest extends AbstractComponentTest {

    @Test
    void readsTheSnapshotsOfOperate() throws Exception {
        SnapshotBackup backup = operateSays(Recorded.OPERATE_IN_PROGRESS);

        assertThat(backup.component()).isEqualTo(Component.OPERATE);
        assertThat(backup.backupId().value()).isEqualTo(110);
        assertThat(backup.state()).isEqualTo(BackupState.IN_PROGRESS);
        assertThat(backup.failureReason()).isEmpty();
        assertThat(backup.parts())
                .containsExactly(
                        new SnapshotBackup.Part(
                                "camunda_operate_110_8.6.0_part_1_of_6",
                                SnapshotState.SUCCESS,
                                Optional.of(Instant.parse("2026-11-20T18:17:51.209Z")),
                                List.of()),
                        new SnapshotBackup.Part(
                                "camunda_operate_110_8.6.0_part_2_of_6",
                                SnapshotState.IN_PROGRESS,
                                Optional.of(Instant.parse("2026-11-20T18:17:51.409Z")),
                                List.of()));
        assertThat(backup.partsDone()).isEqualTo(1);
        assertThat(backup.partsShown()).isEqualTo(2);
    }

    @Test
    void readsNullForNoFailures() throws Exception {
        assertThat(operateSays(Recorded.OPERATE_COMPLETED).parts())
                .hasSize(6)
                .allSatisfy(part -> assertThat(part.failures()).isEmpty());
    }

    @Test
    void readsFailuresOfWhateverForm() throws Exception {
        SnapshotBackup backup = operateSays("""
            {"backupId":100,"state":"FAILED","failureReason":"There were failures","details":[
             {"snapshotName":"a","state":"PARTIAL","startTime":null,"failures":["shard 0", {"index":"x","reason":"y"}]},
             {"snapshotName":"b"}, {"state":"SUCCESS"}],"physicalTenants":[],"novelty":1}\
            """);

        assertThat(backup.failureReason()).contains("There were failures");
        assertThat(backup.parts())
                .containsExactly(
                        new SnapshotBackup.Part(
                                "a",
                                SnapshotState.PARTIAL,
                                Optional.empty(),
                                List.of("shard 0", "{\"index\":\"x\",\"reason\":\"y\"}")),
                        new SnapshotBackup.Part("b", SnapshotState.UNKNOWN, Optional.empty(), List.of()));
    }

    /** As the actuator of 8.10 answers where it is not told a tenant, and the cluster administrator's API always. */
    @Test
    void readsItsOwnPhysicalTenantWhereSeveralAreTold() throws Exception {
        SnapshotBackup backup = operateSays("""
            {"backupId":100,"state":"FAILED","failureReason":"of eu","details":[{"snapshotName":"a","state":"FAILED"}],
             "physicalTenants":[
             {"physicalTenantId":"eu","state":"FAILED","failureReason":"of eu","details":[{"snapshotName":"a","state":"FAILED"}]},
             {"physicalTenantId":"default","state":"COMPLETED","failureReason":null,"details":[]}]}\
            """);

        assertThat(backup.state()).isEqualTo(BackupState.COMPLETED);
        assertThat(backup.failureReason()).isEmpty();
        assertThat(backup.parts()).isEmpty();
    }

    @Test
    void leavesOutPartitionsOfOtherPhysicalTenants() throws Exception {
        ZeebeBackup backup = zeebeSays("""
            {"backupId":100,"state":"COMPLETED","details":[
             {"partitionId":1,"physicalTenantId":"default","state":"COMPLETED"},
             {"partitionId":1,"physicalTenantId":"eu","state":"COMPLETED"},
             {"partitionId":2,"state":"COMPLETED"}]}\
            """);

        assertThat(backup.partitions()).extracting(PartitionBackup::partitionId).containsExactly(1, 2);
    }

    @Test
    void readsABackupWithoutDetails() throws Exception {
        assertThat(operateSays("{\"backupId\":100,\"state\":\"COMPLETE\"}").state())
                .isEqualTo(BackupState.COMPLETED);
        assertThat(operateSays("{\"backupId\":\"100\",\"state\":\"NOVEL\",\"details\":null}")
                        .state())
                .isEqualTo(BackupState.UNKNOWN);
    }

    @Test
    void readsThePartitionsOfZeebe() throws Exception {
        ZeebeBackup backup = zeebeSays(Recorded.ZEEBE_COMPLETED);

        assertThat(backup.component()).isEqualTo(Component.ZEEBE);
        assertThat(backup.backupId()).isEqualTo(ID);
        assertThat(backup.partsDone()).isEqualTo(2);
        assertThat(backup.partsShown()).isEqualTo(2);
        PartitionBackup first = backup.partitions().get(0);
        assertThat(first.partitionId()).isEqualTo(1);
        assertThat(first.state()).isEqualTo(BackupState.COMPLETED);
        assertThat(first.createdAt()).contains(Instant.parse("2026-11-20T18:09:25.210825773Z"));
        assertThat(first.lastUpdatedAt()).contains(Instant.parse("2026-11-20T18:09:25.796388913Z"));
        assertThat(first.checkpointPosition()).hasValue(2714);
        assertThat(first.brokerVersion()).contains("8.6.0");
        // Left out where there is none.
        assertThat(first.snapshotId()).isEmpty();
        assertThat(first.brokerId()).isEmpty();
        assertThat(first.firstLogPosition()).isEmpty();
        assertThat(first.failureReason()).isEmpty();
    }

    @Test
    void readsWhatLaterVersionsAdd() throws Exception {
        PartitionBackup partition = zeebeSays("""
            {"backupId":100,"state":"FAILED","failureReason":"one failed","details":[{"partitionId":3,"state":"FAILED",
             "failureReason":"Backup is cancelled due to leader change.","createdAt":"2026-11-20T18:17:45.082+0000",
             "snapshotId":"545-1-4259-4271-0","checkpointPosition":9223372036854775807,"firstLogPosition":7,"brokerId":2,
             "physicalTenantId":"default"}]}\
            """).partitions().get(0);

        assertThat(partition.failureReason()).contains("Backup is cancelled due to leader change.");
        assertThat(partition.createdAt()).contains(Instant.parse("2026-11-20T18:17:45.082Z"));
        assertThat(partition.snapshotId()).contains("545-1-4259-4271-0");
        assertThat(partition.checkpointPosition()).hasValue(Long.MAX_VALUE);
        assertThat(partition.firstLogPosition()).hasValue(7);
        assertThat(partition.brokerId()).hasValue(2);
    }

    private SnapshotBackup operateSays(String json) throws Exception {
        server.on("GET /actuator/backups/100", 200, json);
        return resultOf(operate().get(ID)).found().orElseThrow();
    }

    private ZeebeBackup zeebeSays(String json) throws Exception {
        server.on("GET /actuator/backups/100", 200, json);
        return resultOf(zeebe().get(ID)).found().orElseThrow();
    }
}
