package io.github.camundabackup.test.camunda;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static io.github.camundabackup.test.camunda.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.recovery.InterruptedBackup;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.test.runs.ClientProcess;
import io.github.camundabackup.test.runs.Recording;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a backup whose own process is killed. */
abstract class AbstractCamundaInterruptionTest extends AbstractCamundaProofTest {
    @Test
    void abandonsWhatAKilledProcessLeft(@TempDir Path itsDirectory) throws IOException, InterruptedException {
        killInThePause(itsDirectory);
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            RecoveryReport recovery = client.recover(UnknownPause.REPORT, InterruptedBackup.ABANDON)
                    .join();

            assertThat(recovery.outcome()).isEqualTo(RecoveryReport.Outcome.ABANDONED);
            assertResumed(recovery);

            BackupReport next = client.backup(cluster().nextId()).completion().join();
            assertThat(client.consistency().check(next).join()).isConsistent();
        }
    }

    @Test
    void completesWhatAKilledProcessLeft(@TempDir Path itsDirectory) throws IOException, InterruptedException {
        killInThePause(itsDirectory);
        try (CamundaBackupClient client = cluster().client(new Recording())) {
            RecoveryReport recovery = client.recover().join();

            assertThat(recovery.outcome()).as(recovery.toString()).isEqualTo(RecoveryReport.Outcome.CONTINUED);
            assertResumed(recovery);
            BackupReport backup = recovery.backup().orElseThrow();
            assertThat(client.consistency().check(backup).join()).isConsistent().provesEveryPartition();
        }
    }

    private void killInThePause(Path itsDirectory) throws IOException, InterruptedException {
        try (ClientProcess process = ClientProcess.start(itsDirectory)) {
            process.backUp(cluster().target());
            await("exporting is paused", () -> cluster().phases().containsValue("SOFT_PAUSED"));
            // So that it cannot come to its end before it is killed.
            stack().objectStore().freeze();
            process.kill();
        }
        stack().bringBack();
        assertThat(cluster().phases()).containsValue("SOFT_PAUSED");
    }

    private void assertResumed(RecoveryReport recovery) {
        assertThat(recovery.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        assertThat(recovery.pause().confirmedByBrokers()).isTrue();
        assertThat(cluster().phases().values()).containsOnly("EXPORTING");
    }
}
