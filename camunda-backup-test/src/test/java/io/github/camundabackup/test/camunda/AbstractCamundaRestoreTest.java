package io.github.camundabackup.test.camunda;

import static io.github.camundabackup.test.camunda.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.camunda.Workload.Load;
import io.github.camundabackup.test.runs.Recording;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The whole circle: a backup under load, the loss of everything, its restore, and life that goes on where it was. */
abstract class AbstractCamundaRestoreTest extends AbstractCamundaTest {
    private static final int SOME_INSTANCES = 20;
    // All records are read each time.
    private static final Duration LOOK = Duration.ofMillis(500);

    // The last one: what the others need is lost with it.
    @Test
    @Order(Integer.MAX_VALUE)
    void bringsBackWhatExistedAtTheBackup() {
        BackupId id = cluster().nextId();
        List<Long> before;
        List<Long> lost;
        try (CamundaBackupClient client = cluster().client(new Recording());
                Load load = cluster().workload().keepGoing()) {
            await("some instances", () -> load.started().size() >= SOME_INSTANCES);
            before = load.started();
            client.backup(id).completion().join();
            int then = load.started().size();
            await("life goes on", () -> load.started().size() >= then + SOME_INSTANCES);
            lost = load.started().subList(then, then + SOME_INSTANCES);
        }

        stack().loseEverything();
        RestoreReport restored = restoreLatest(id);

        assertThat(restored.outcome()).isEqualTo(RestoreReport.Outcome.COMPLETED);
        assertThat(restored.remaining()).isEmpty();
        awaitAgreement();
        ExportedRecords records = cluster().contents().exported();
        assertThat(records.begun()).containsAll(before).doesNotContainAnyElementsOf(lost);
        records.assertWhole();

        List<Long> started = cluster().workload().startInstances();
        workToTheEnd();
        records = cluster().contents().exported();
        assertThat(records.ended())
                .isEqualTo(records.begun())
                .containsAll(before)
                .containsAll(started);
        records.assertWhole();
    }

    private RestoreReport restoreLatest(BackupId expected) {
        RestoreSettings settings = RestoreSettings.builder()
                .installedVersion(stack().version())
                .brokers(1)
                .partitions(CamundaSettings.PARTITIONS)
                .control(new StackControl(stack(), resources()))
                .build();
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            assertThat(ConsistencyChecker.of(client.snapshotStore(), resources())
                            .latestRestorable()
                            .join())
                    .hasValueSatisfying(latest -> assertThat(latest.backupId()).isEqualTo(expected));
            RestoreClient restore = client.restore(settings);
            RestorePlan plan = restore.plan(expected).join();
            assertThat(plan.obstacles()).as(plan.toString()).isEmpty();
            return restore.execute(plan).completion().join();
        }
    }

    /** Every instance comes to its end, and Operate and Tasklist show it. */
    private void workToTheEnd() {
        await("all work is done", LOOK, () -> {
            cluster().workload().work();
            ExportedRecords records = cluster().contents().exported();
            records.waitingTasks().forEach(cluster().workload()::complete);
            return records.ended().equals(records.begun());
        });
        awaitAgreement();
    }

    /** Returns when Operate and Tasklist show as many instances and tasks, in their states, as Zeebe has exported. */
    private void awaitAgreement() {
        await("Operate and Tasklist agree with Zeebe", LOOK, () -> {
            EngineContents contents = cluster().contents();
            ExportedRecords records = contents.exported();
            return contents.operatesInstances()
                            .equals(states(
                                    "ACTIVE",
                                    records.begun().size(),
                                    records.ended().size()))
                    && contents.tasklistsTasks()
                            .equals(states(
                                    "CREATED",
                                    records.tasks().size(),
                                    records.doneTasks().size()));
        });
    }

    private static Map<String, Long> states(String open, int all, int done) {
        Map<String, Long> states = new HashMap<>(Map.of(open, (long) all - done, "COMPLETED", (long) done));
        states.values().removeIf(count -> count == 0);
        return states;
    }
}
