package io.github.camundabackup.test.camunda;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static io.github.camundabackup.test.camunda.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.test.camunda.Workload.Load;
import io.github.camundabackup.test.runs.Recording;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whether the check tells good backups of a busy cluster from those that were made wrong on purpose. */
abstract class AbstractCamundaProofTest extends AbstractCamundaRestoreTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void provesOfEveryPartitionThatNoRecordIsMissing() {
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            somethingHappens();
            cluster().makeZeebeSnapshots();
            BackupReport backup;
            try (Load load = cluster().workload().keepGoing()) {
                await("some work is done", () -> load.worked() > 0);
                backup = client.backup(cluster().nextId()).completion().join();
            }
            Set<String> indices = indices(client);

            assertThat(client.consistency().check(backup).join()).isConsistent().provesEveryPartition();
            assertThat(check(client, backup.backupId()))
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
            assertThat(indices(client)).isEqualTo(indices);
        }
    }

    @Test
    void convictsABackupWhoseRecordsWereTakenBeforeThePause() {
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            BackupId id = cluster().nextId();
            CamundaCluster camunda = client.cluster().join();
            camunda.snapshotClients().forEach(web -> {
                web.take(id).join();
                web.awaitCompletion(id, PATIENCE, progress -> {}).join();
            });
            cluster().contents().snapshotRecords(id);
            somethingHappens();
            cluster().makeZeebeSnapshots();
            camunda.exporting().softPause().join();
            camunda.zeebe().take(id).join();
            camunda.zeebe().awaitCompletion(id, PATIENCE, progress -> {}).join();
            camunda.exporting().resume().join();

            assertThat(check(client, id))
                    .isInconsistent()
                    .hasFinding(FindingCode.RECORDS_MISSING, Component.ZEEBE_RECORDS);
        }
    }

    @Test
    void convictsABackupWhoseRecordsWereTakenAfterZeebes() {
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            BackupId id = client.backup(cluster().nextId()).completion().join().backupId();
            somethingHappens();
            cluster().contents().deleteSnapshot(SnapshotName.records(id));
            cluster().contents().snapshotRecords(id);

            assertThat(check(client, id))
                    .isInconsistent()
                    .hasFinding(FindingCode.RECORDS_FROM_THE_FUTURE, Component.ZEEBE);
        }
    }

    @Test
    void convictsABackupWithAnOlderOneOfOnePartition() throws IOException {
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            BackupId older =
                    client.backup(cluster().nextId()).completion().join().backupId();
            somethingHappens();
            BackupId id = client.backup(cluster().nextId()).completion().join().backupId();
            assertThat(check(client, id)).isConsistent();

            cluster().replacePartition(2, id, older);

            ConsistencyReport report = client.consistency().check(id).join();
            assertThat(report).isInconsistent().hasFinding(FindingCode.RECORDS_FROM_THE_FUTURE, Component.ZEEBE);
        }
    }

    /** On every partition, and exported. */
    private void somethingHappens() {
        long before = cluster().contents().records();
        List<Long> started = List.of();
        for (int i = 0; i < 2 * CamundaSettings.PARTITIONS; i++) {
            started = cluster().workload().startInstances();
        }
        List<Long> last = started;
        await(
                "the last instances are exported",
                Duration.ofMillis(200),
                () -> cluster().contents().exported().begun().containsAll(last));
        assertThat(cluster().contents().records()).isGreaterThan(before);
    }

    private static ConsistencyReport check(CamundaBackupClient client, BackupId id) {
        return client.consistency().check(id, Depth.POSITIONS).join();
    }

    private static Set<String> indices(CamundaBackupClient client) {
        return client.snapshotStore().listIndices(List.of("*")).join().stream()
                .map(IndexInfo::name)
                .collect(Collectors.toSet());
    }
}
