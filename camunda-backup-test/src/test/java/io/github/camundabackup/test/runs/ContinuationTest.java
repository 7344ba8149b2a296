package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.InterruptedBackup;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.RecoveryReport.Outcome;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * When an interrupted backup is continued, and when not. A process is killed in the middle of each; at which moments it
 * can be, see {@link KillMatrixTest}.
 */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class ContinuationTest extends AbstractEngineTest {
    private static final RequestMatcher RECORDS = RequestMatcher.put("/_snapshot/*/camunda_zeebe_records_backup_*");
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");
    private static final RequestMatcher RESUME = RequestMatcher.post("/actuator/exporting/resume");

    // Later than in the processes, whose time is real, so that ids grow.
    private final VirtualTime time = new VirtualTime(Instant.now().plus(Duration.ofMinutes(10)));
    private final ClientResources resources =
            ClientResources.builder().time(time).build();
    private final Recording events = new Recording();

    @AfterEach
    void close() {
        resources.close();
    }

    @Test
    void continuesInOneAndTheSamePause() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster)) {
            RecoveryReport recovery = client.recover().join();

            assertThat(recovery.outcome()).as(recovery.toString()).isEqualTo(Outcome.CONTINUED);
            BackupReport backup = recovery.backup().orElseThrow();
            assertThat(backup.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(backup.backupId()).isEqualTo(recovery.run().orElseThrow().backupId());
            assertThat(backup.step(Component.ZEEBE_RECORDS).orElseThrow().startedAt())
                    .as("nobody saw it")
                    .isEmpty();
            assertThat(backup.warnings()).singleElement().asString().contains("was interrupted", "continuation");
            assertThat(events.events())
                    .startsWith("started", "paused")
                    .contains("started ZEEBE_RECORDS", "finished ZEEBE_RECORDS", "started ZEEBE")
                    .endsWith("resumed", "finished");
            assertThat(cluster.requests(PAUSE)).hasSize(1);
            assertThat(cluster.requests(RECORDS)).hasSize(1);
            assertThat(client.consistency().check(backup).join()).isConsistent().provesEveryPartition();
            assertThat(client.recover().join().outcome()).isEqualTo(Outcome.NOTHING_FOUND);
            cluster.invariants().assertHold();
        }
    }

    @Test
    void onRequestItIsAbandonedAllTheSame() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster)) {
            RecoveryReport recovery = client.recover(UnknownPause.REPORT, InterruptedBackup.ABANDON)
                    .join();

            assertAbandoned(cluster, recovery);
            assertThat(recovery.warnings()).isEmpty();
        }
    }

    @Test
    void theNextBackupAbandonsIt() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster)) {
            BackupReport next = failureOrReport(client);

            assertThat(next.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("is abandoned"));
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    @Test
    void aPauseThatSomebodyEndedAndBeganAgainForbidsIt() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster)) {
            client.cluster().join().exporting().resume().join();
            time.delay(Duration.ofMinutes(1)).join();
            client.cluster().join().exporting().softPause().join();

            assertDoubted(cluster, client.recover().join(), "not known to have been paused all the time");
        }
    }

    @Test
    void aPartThatFailedForbidsIt() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted(BackupFate.FAILS);
                CamundaBackupClient client = client(cluster)) {
            time.delay(Duration.ofMinutes(11)).join();

            assertDoubted(cluster, client.recover().join(), "What Zeebe records has of it is FAILED");
        }
    }

    @Test
    void aPauseThatIsOlderThanItMayBecomeForbidsIt() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster, changed -> changed.pauseLimit(Duration.ofMinutes(9)))) {
            assertDoubted(cluster, client.recover().join(), "too long ago");
        }
    }

    @Test
    void thePausesLimitCountsFromItsBeginning() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster, changed -> changed.pauseLimit(Duration.ofMinutes(15)))) {
            RecoveryReport recovery = client.recover().join();

            assertThat(recovery.outcome()).as(recovery.toString()).isEqualTo(Outcome.ABANDONED);
            assertThat(recovery.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(recovery.pause().duration().orElseThrow()).isLessThan(Duration.ofMinutes(16));
            assertThat(recovery.backup().orElseThrow().failure().orElseThrow()).contains("The pause of exporting");
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    @Test
    void otherSettingsForbidIt() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster, changed -> changed.recordIndexPrefix("other-record"))) {
            assertDoubted(cluster, client.recover().join(), "other settings");
        }
    }

    @Test
    void aJournalOfAnEarlierVersionForbidsIt() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster)) {
            BackupJournal journal = client.snapshotStore().journal().orElseThrow();
            JournalEntry entry = journal.read().join().orElseThrow();
            String without = entry.text().replaceFirst("\"pauseEvidence\":", "\"unknown\":");
            assertThat(journal.write(without, Optional.of(entry)).join()).isPresent();

            assertDoubted(cluster, client.recover().join(), "not known to have been paused all the time");
        }
    }

    @Test
    void closingTheClientEndsItAndThePause() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster)) {
            events.onProgress(
                    Component.ZEEBE_RECORDS, () -> resources.executor().execute(client::close));

            RecoveryReport recovery = client.recover().join();

            assertThat(recovery.outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(recovery.backup().orElseThrow().outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
            assertThat(recovery.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    @Test
    void whatFailsAfterwardsEndsThePauseToo() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = interrupted();
                CamundaBackupClient client = client(cluster)) {
            cluster.faults().fate(Component.ZEEBE, BackupFate.FAILS);

            RecoveryReport recovery = client.recover().join();

            assertThat(recovery.outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(recovery.warnings()).singleElement().asString().contains("It was continued, and that failed");
            assertThat(recovery.backup()
                            .orElseThrow()
                            .step(Component.ZEEBE)
                            .orElseThrow()
                            .state())
                    .isEqualTo(StepReport.State.FAILED);
            assertThat(cluster.exportingPaused()).isFalse();
            assertThat(client.recover().join().outcome()).isEqualTo(Outcome.NOTHING_FOUND);
        }
    }

    private static void assertDoubted(SimulatedCluster cluster, RecoveryReport recovery, String doubt) {
        assertAbandoned(cluster, recovery);
        assertThat(recovery.warnings()).singleElement().asString().contains("It was not continued.", doubt);
    }

    private static void assertAbandoned(SimulatedCluster cluster, RecoveryReport recovery) {
        assertThat(recovery.outcome()).as(recovery.toString()).isEqualTo(Outcome.ABANDONED);
        assertThat(recovery.backup()).isEmpty();
        assertThat(recovery.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        assertThat(cluster.exportingPaused()).isFalse();
        assertThat(cluster.requests(RESUME)).isNotEmpty();
        assertThat(cluster.requests(RequestMatcher.post("/actuator/backupRuntime")))
                .isEmpty();
    }

    /** The next backup, whatever becomes of it: the interrupted one's snapshot is still being made. */
    private static BackupReport failureOrReport(CamundaBackupClient client) {
        return Scene.failure(client.backup()).report();
    }

    private SimulatedCluster interrupted() throws IOException, InterruptedException {
        return interrupted(BackupFate.SUCCEEDS);
    }

    /** A cluster whose backup was interrupted while the records' snapshot was being made, which takes ten minutes. */
    private SimulatedCluster interrupted(BackupFate ofRecords) throws IOException, InterruptedException {
        SimulatedCluster cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .engine(engine())
                .duration(Duration.ZERO)
                .duration(Component.ZEEBE_RECORDS, Duration.ofMinutes(10))
                .settling(Duration.ZERO)
                .time(time)
                .build();
        cluster.faults().fate(Component.ZEEBE_RECORDS, ofRecords);
        CompletableFuture<Void> inTheMiddle = new CompletableFuture<>();
        cluster.faults().at(RECORDS).answer(Fault.of(Fault.Kind.SILENCE_AFTERWARDS), () -> inTheMiddle.complete(null));
        try (ClientProcess victim = ClientProcess.start()) {
            victim.backUp(cluster);
            inTheMiddle.join();
            victim.kill();
        }
        assertThat(cluster.exportingPaused()).isTrue();
        return cluster;
    }

    private CamundaBackupClient client(SimulatedCluster cluster) {
        return client(cluster, client -> client);
    }

    private CamundaBackupClient client(SimulatedCluster cluster, UnaryOperator<CamundaBackupClient.Builder> changes) {
        return changes.apply(Scene.client(cluster, stores(), resources).listener(events))
                .build();
    }
}
