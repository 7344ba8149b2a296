package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.journal.RunInProgressException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.camunda.Workload.Load;
import io.github.camundabackup.test.runs.Recording;
import io.github.camundabackup.test.runs.Scene;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole backups of a real Camunda 8.6 with three partitions, while it works. */
class RealCamundaIT extends AbstractCamundaFailuresTest {
    /** Six of Operate's, six of Tasklist's, and the records'. */
    private static final int SNAPSHOTS = 13;

    @Test
    void takesEveryPartWhileTheClusterWorks() {
        Recording events = new Recording();
        AtomicLong records = new AtomicLong();
        AtomicReference<Map<Integer, String>> phases = new AtomicReference<>(Map.of());
        events.on("paused", () -> records.set(cluster().contents().records()));
        events.onStep(Component.ZEEBE_RECORDS, () -> {
            phases.set(cluster().phases());
            cluster().awaitMoreRecordsThan(records.get());
        });
        BackupId id = cluster().nextId();
        BackupReport report;
        try (CamundaBackupClient client = cluster().client(events);
                Load load = cluster().workload().keepGoing()) {
            int before = load.worked();
            report = client.backup(id).completion().join();
            assertThat(load.worked()).isGreaterThan(before);
        }

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(report.steps())
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepReport.State.COMPLETED))
                .extracting(StepReport::component)
                .containsExactlyInAnyOrder(
                        Component.OPERATE, Component.TASKLIST, Component.ZEEBE_RECORDS, Component.ZEEBE);
        cluster().assertThatClaimsHold(report);
        assertThat(cluster().contents().snapshots(id)).hasSize(SNAPSHOTS);
        assertThat(cluster().contents().snapshots(id).values()).containsOnly("SUCCESS");
        assertThat(cluster().zeebePartitions(id)).isEqualTo(Map.of(1, "COMPLETED", 2, "COMPLETED", 3, "COMPLETED"));
        assertThat(phases.get()).isEqualTo(Map.of(1, "SOFT_PAUSED", 2, "SOFT_PAUSED", 3, "SOFT_PAUSED"));
        assertThat(cluster().contents().recordsIn(id)).isGreaterThan(records.get());
        assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        assertThat(report.pause().confirmedByBrokers()).isTrue();
    }

    @Test
    void refusesTheSameIdAndALowerOne() {
        Recording events = new Recording();
        try (CamundaBackupClient client = cluster().client(events)) {
            BackupId id = cluster().nextId();
            client.backup(id).completion().join();
            int before = cluster().contents().snapshots(id).size();

            BackupFailedException same = Scene.failure(client.backup(id));
            BackupId lower = BackupId.of(7);
            BackupFailedException low = Scene.failure(client.backup(lower));

            assertThat(same).hasMessageContaining("is not higher than " + id);
            assertThat(same.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(cluster().contents().snapshots(id)).hasSize(before);
            assertThat(low).hasMessageContaining("The id 7 is not higher than " + id);
            assertRefused(low, lower);
            assertThat(cluster().zeebePartitions(lower)).isEmpty();
            assertThat(events.events()).containsOnlyOnce("paused").containsOnlyOnce("started");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"progress OPERATE", "started ZEEBE_RECORDS", "started ZEEBE"})
    void refusesASecondBackupWhileOneIsInProgress(String moment) {
        Recording events = new Recording();
        BackupId first = cluster().nextId();
        AtomicReference<BackupFailedException> refusal = new AtomicReference<>();
        try (ClientResources others = ClientResources.create();
                CamundaBackupClient client = cluster().client(events);
                CamundaBackupClient competitor = clusterOfSomebodyElse(others).client(new Recording())) {
            BackupId higher = cluster().nextId();
            events.on(moment, () -> refusal.set(Scene.failure(competitor.backup(higher))));

            BackupReport report = client.backup(first).completion().join();

            assertThat(refusal.get()).isNotNull();
            assertRefused(refusal.get(), higher);
            assertThat(refusal.get().getCause())
                    .isInstanceOfSatisfying(
                            RunInProgressException.class,
                            other -> assertThat(other.run().backupId()).isEqualTo(first));
            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            cluster().assertThatClaimsHold(report);
        }
    }
}
