package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.test.process.Http;
import io.github.camundabackup.test.runs.Recording;
import io.github.camundabackup.test.runs.Scene;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a backup whose cluster loses a process: a true error, and exporting resumed as soon as that is
 * possible.
 */
abstract class AbstractCamundaFailuresTest extends AbstractCamundaInterruptionTest {
    // Longer than a step takes here when nothing is lost, also on a busy machine.
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Duration RESUME = Duration.ofSeconds(10);
    private static final Pattern INSTRUCTION = Pattern.compile(
            "Send POST (\\S+/actuator/exporting/resume) until the body of the answer says \"status\":204");

    @Test
    void failsWhenOperateDiesAndRefusesWhileItAndTasklistAreDown() {
        Recording events = new Recording();
        events.onProgress(Component.OPERATE, stack().operate()::kill);
        try (CamundaBackupClient client = impatientClient(events)) {
            BackupFailedException failure =
                    Scene.failure(client.backup(cluster().nextId()));

            assertNotComplete(failure, Component.OPERATE);
            assertThat(failure).hasMessageContaining("Operate");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            assertThat(stateOf(Component.ZEEBE_RECORDS, failure)).isEqualTo(StepReport.State.NOT_STARTED);

            stack().tasklist().kill();
            BackupId refused = cluster().nextId();
            assertThat(Scene.failure(client.backup(refused)))
                    .hasMessageContaining(stack().operate().uri().toString())
                    .hasMessageContaining(stack().tasklist().uri().toString())
                    .satisfies(refusal -> assertRefused(refusal, refused));
        }
    }

    @Test
    void failsWhenTasklistDiesDuringItsBackup() {
        Recording events = new Recording();
        events.onProgress(Component.TASKLIST, stack().tasklist()::kill);
        try (CamundaBackupClient client = impatientClient(events)) {
            BackupFailedException failure =
                    Scene.failure(client.backup(cluster().nextId()));

            assertNotComplete(failure, Component.TASKLIST);
            assertThat(failure).hasMessageContaining("Tasklist");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            assertThat(stateOf(Component.ZEEBE_RECORDS, failure)).isEqualTo(StepReport.State.NOT_STARTED);
            assertThat(stateOf(Component.ZEEBE, failure)).isEqualTo(StepReport.State.NOT_STARTED);
        }
        stack().bringBack();
        assertBackupSucceeds();
    }

    @Test
    void failsWhenTheObjectStoreDiesAndRefusesWhileItIsDown() {
        Recording events = new Recording();
        events.onStep(Component.ZEEBE, stack().objectStore()::kill);
        BackupId id = cluster().nextId();
        try (CamundaBackupClient client = impatientClient(events)) {
            BackupFailedException failure = Scene.failure(client.backup(id));

            assertNotComplete(failure, Component.ZEEBE);
            assertResumed(failure);
            BackupId refused = cluster().nextId();
            assertThat(Scene.failure(client.backup(refused)))
                    .hasMessageContaining("Zeebe")
                    .satisfies(refusal -> assertRefused(refusal, refused));
        }
        stack().bringBack();
        assertThat(cluster().zeebePartitions(id).values()).doesNotContain("COMPLETED");
    }

    @Test
    void resumesExportingAlthoughTheEngineDied() {
        Recording events = new Recording();
        events.onStep(Component.ZEEBE_RECORDS, stack()::slowRepositoryDown);
        events.onProgress(Component.ZEEBE_RECORDS, this::killTheEngine);
        BackupId id = cluster().nextId();
        try (CamundaBackupClient client = impatientClient(events)) {
            BackupFailedException failure = Scene.failure(client.backup(id));

            assertResumed(failure);
            assertThat(cluster().phases().values()).containsOnly("EXPORTING");
            stack().bringBack();
            assertNotComplete(failure, Component.ZEEBE_RECORDS);
            assertThat(stateOf(Component.ZEEBE, failure)).isEqualTo(StepReport.State.NOT_STARTED);
            assertThat(cluster().zeebePartitions(id)).isEmpty();
            assertThat(cluster().contents().snapshots(id).get("camunda_zeebe_records_backup_" + id))
                    .isNotEqualTo("SUCCESS");
        }
        stack().speedRepositoryUp();
        assertBackupSucceeds();
    }

    @Test
    void saysWhatToDoWhenTheBrokerDiesDuringZeebesBackup() {
        try (CamundaBackupClient client = impatientClient(new Recording())) {
            BackupHandle handle = client.backup(cluster().nextId());
            killTheBrokerDuringItsBackup(handle);
            BackupFailedException failure = Scene.failure(handle);

            stack().bringBack();
            cluster().awaitPartitions();
            assertNotComplete(failure, Component.ZEEBE);
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_RESUMED);
            assertThat(cluster().phases().values()).containsOnly("SOFT_PAUSED");

            Matcher instruction = INSTRUCTION.matcher(Objects.requireNonNull(failure.getMessage()));
            assertThat(instruction.find()).as(failure.getMessage()).isTrue();
            // As the instruction says, since the gateway learns of the leaders later than the broker itself.
            RealCluster.await(
                    "the answer says 204",
                    Duration.ofMillis(500),
                    () -> new Http()
                            .call("POST", URI.create(instruction.group(1)), "")
                            .contains("\"status\":204"));
        }
    }

    @Test
    void resumesExportingAsSoonAsTheBrokerIsBack() {
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            BackupHandle handle = client.backup(cluster().nextId());
            killTheBrokerDuringItsBackup(handle);
            stack().bringBack();
            BackupFailedException failure = Scene.failure(handle);

            assertNotComplete(failure, Component.ZEEBE);
            assertResumed(failure);
        }
        assertBackupSucceeds();
    }

    /** The store hangs as soon as it has the first object, so that no partition can complete meanwhile. */
    private void killTheBrokerDuringItsBackup(BackupHandle handle) {
        RealCluster.await(
                "Zeebe's backup has begun",
                () -> cluster().hasObjects(handle.backupId())
                        || handle.completion().isDone());
        assertThat(handle.completion()).isNotDone();
        stack().objectStore().freeze();
        stack().zeebe().kill();
    }

    /** Without an engine, Tasklist would write gigabytes into its log. */
    private void killTheEngine() {
        stack().tasklist().freeze();
        stack().operate().freeze();
        stack().engine().kill();
    }

    private CamundaBackupClient impatientClient(Recording events) {
        return cluster().client(events, client -> client.stepTimeout(STEP).resumeTimeout(RESUME));
    }

    private void assertBackupSucceeds() {
        BackupReport report = cluster().backUp();
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
        cluster().assertThatClaimsHold(report);
    }

    /** Nothing was touched. */
    final void assertRefused(BackupFailedException refusal, BackupId id) {
        assertThat(refusal.report().outcome()).as(refusal.getMessage()).isEqualTo(Outcome.REFUSED);
        assertThat(refusal.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
        assertThat(refusal.report().steps())
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepReport.State.NOT_STARTED));
        assertThat(cluster().contents().snapshots(id)).isEmpty();
    }

    private void assertNotComplete(BackupFailedException failure, Component component) {
        assertThat(failure.report().outcome()).as(failure.getMessage()).isEqualTo(Outcome.FAILED);
        assertThat(stateOf(component, failure)).isIn(StepReport.State.FAILED, StepReport.State.ABANDONED);
        cluster().assertThatClaimsHold(failure.report());
    }

    private static void assertResumed(BackupFailedException failure) {
        assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        assertThat(failure.pause().confirmedByBrokers()).isTrue();
    }

    private static StepReport.State stateOf(Component component, BackupFailedException failure) {
        return failure.report().step(component).orElseThrow().state();
    }
}
