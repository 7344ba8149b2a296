package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.DirectoryJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunInProgressException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock that a restore shares with backups and with other restores. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class RestoreLockTest extends AbstractEngineTest {
    private static final RequestMatcher DELETION = RequestMatcher.of("DELETE", "/*");
    private static final RequestMatcher RESTORE = RequestMatcher.post("/_snapshot/*/*/_restore");
    private static final RequestMatcher JOURNAL = RequestMatcher.of("PUT", "/hot-backup-journal/_doc/*");

    private static final int REFUSALS = 60;

    @TempDir
    private Path directory;

    @Test
    void aBackupBesideARestoreIsRefusedWhichNamesIt() {
        try (RestoreScene scene = scene();
                CamundaBackupClient other = another(scene)) {
            CompletableFuture<BackupHandle> backup = new CompletableFuture<>();
            scene.stop();

            RestoreReport restore = restoreAnd(scene, () -> backup.complete(other.backup()));

            Throwable refusal = Scene.failure(backup.join()).getCause();
            assertThat(refusal)
                    .isInstanceOf(RunInProgressException.class)
                    .hasMessageContaining("The restore of backup " + scene.backupId())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(((RunInProgressException) refusal).run().kind()).isEqualTo(JournaledRun.Kind.RESTORE);
            assertThat(restore.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);

            scene.start();
            assertThat(scene.scene().backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
        }
    }

    @Test
    void aRestoreBesideABackupIsRefusedWhichNamesItAndChangesNothing() {
        Recording events = new Recording();
        try (RestoreScene scene = new RestoreScene(Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.ZEEBE_RECORDS, Duration.ofMinutes(2)),
                client -> client.listener(events)))) {
            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(scene.backupId()).join();
            CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
            events.on("started ZEEBE_RECORDS", () -> handle.complete(restore.execute(plan)));
            scene.scene().time().delay(Duration.ofMinutes(1)).join();

            BackupReport backup = scene.scene().backUp();

            RestoreFailedException refused = RestoreScene.failure(handle.join());
            assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused.getCause())
                    .isInstanceOf(RunInProgressException.class)
                    .hasMessageContaining("Backup " + backup.backupId() + " (RUNNING");
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @Test
    void ofTwoRestoresTheSecondIsRefused() {
        try (RestoreScene scene = scene();
                CamundaBackupClient other = another(scene)) {
            scene.goOn();
            scene.stop();
            RestoreClient second = other.restore();
            RestorePlan plan = second.plan(scene.backupId()).join();
            CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();

            restoreAnd(scene, () -> handle.complete(second.execute(plan)));

            assertThat(RestoreScene.failure(handle.join()).report().failure())
                    .hasValueSatisfying(
                            failure -> assertThat(failure).contains("The restore of backup " + scene.backupId()));
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @Test
    void takesNoBackupAfterAKilledRestore() {
        try (RestoreScene scene = scene()) {
            killInTheMiddle(scene);
            scene.start();

            assertThat(scene.scene().failToBackUp())
                    .hasMessageContaining("The restore of backup " + scene.backupId() + " (RUNNING")
                    .hasMessageContaining("half restored")
                    .hasMessageContaining("recover()");
            assertThat(scene.journaled()).contains("\"kind\":\"RESTORE\"", "\"state\":\"RUNNING\"");

            scene.stop();
            RestoreReport restored = scene.restore();

            assertThat(restored.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("did not end well"));
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
            scene.start();
            assertThat(scene.scene().backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
        }
    }

    @Test
    void recoversFromAFailedRestoreOfAWholeCluster() {
        try (RestoreScene scene = scene()) {
            cancelInTheMiddle(scene);
            scene.start();
            assertThat(scene.scene().failToBackUp()).hasMessageContaining("(FAILED");

            RecoveryReport recovery = scene.scene().client().recover().join();

            assertThat(recovery.outcome()).isEqualTo(RecoveryReport.Outcome.ABANDONED);
            assertThat(recovery.toString()).contains("a restore did not end well");
            assertThat(RecoveryReport.fromJson(recovery.toJson()).run())
                    .hasValueSatisfying(run -> assertThat(run.kind()).isEqualTo(JournaledRun.Kind.RESTORE));
            // The next id is that of another second.
            scene.scene().time().delay(Duration.ofSeconds(1)).join();
            scene.web().write(RestoreScene.NEXT_DAY, "exported-again");
            assertThat(scene.scene().backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
        }
    }

    @Test
    void aRestoreThatIsRefusedForgetsNoInterruptedBackup() {
        try (RestoreScene scene = scene()) {
            JournalEntry ended = journal(scene).read().join().orElseThrow();
            String interrupted = ended.text()
                    .replace("\"state\":\"COMPLETED\"", "\"state\":\"RUNNING\"")
                    .replace("\"RESUMED\"", "\"PAUSED\"");
            write(scene, interrupted);
            RestoreClient restore = scene.scene().client().restore();

            RestoreFailedException refused = RestoreScene.failure(
                    restore.execute(restore.plan(scene.backupId()).join()));

            assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused).hasMessageContaining("COMPONENTS_RUN");
            assertThat(scene.journaled())
                    .contains("\"kind\":\"BACKUP\"", "\"state\":\"RUNNING\"", "\"pause\":\"PAUSED\"");
        }
    }

    @Test
    void aRestoreWhoseLockWasTakenStopsBeforeItsNextChange() {
        try (RestoreScene scene = scene()) {
            scene.goOn();
            scene.stop();
            int before = scene.requests();
            scene.scene().cluster().faults().at(DELETION).act(() -> {
                JournalEntry ours = journal(scene).read().join().orElseThrow();
                write(scene, ours.text().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"other\""));
            });
            RestoreClient restore = scene.scene().client().restore();

            RestoreFailedException failure = RestoreScene.failure(
                    restore.execute(restore.plan(scene.backupId()).join()));

            assertThat(failure).hasMessageContaining("The lock was lost");
            assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(Serialization.copy(failure).report())
                    .hasToString(failure.report().toString());
            assertThat(scene.changes(before)).noneMatch(change -> change.contains("_restore"));
            assertThat(scene.journaled()).contains("\"id\":\"other\"", "\"state\":\"RUNNING\"");
        }
    }

    @Test
    void aJournalThatIsAwayForAWhileIsWaitedForAndSaid() {
        try (RestoreScene scene = scene()) {
            scene.goOn();
            scene.stop();
            List<String> said = new CopyOnWriteArrayList<>();
            // So that there is something left to be begun when the journal has been away for long.
            scene.scene().cluster().faults().at(RESTORE).times(REFUSALS).answer(Fault.status(429));
            scene.scene().cluster().faults().at(DELETION).act(() -> {
                scene.scene().cluster().faults().at(JOURNAL).always().answer(Fault.status(503));
                scene.scene()
                        .time()
                        .delay(Duration.ofMinutes(4))
                        .thenRun(scene.scene().cluster().faults()::clear);
            });

            RestoreReport report = scene.restore(scene.settings().listener(new RestoreListener() {
                @Override
                public void waiting(BackupId backupId, String why, Instant at) {
                    said.add(why);
                }
            }));

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.duration()).isGreaterThan(Duration.ofMinutes(4));
            assertThat(said).singleElement().asString().contains("status 503");
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("The restore had to wait for 2", "status 503"));
        }
    }

    @Test
    void aJournalThatStaysAwayEndsTheRestoreAtTheStepsLimit() {
        try (RestoreScene scene = scene()) {
            scene.goOn();
            scene.stop();
            scene.scene().cluster().faults().at(RESTORE).times(REFUSALS).answer(Fault.status(429));
            scene.scene()
                    .cluster()
                    .faults()
                    .at(DELETION)
                    .act(() -> scene.scene()
                            .cluster()
                            .faults()
                            .at(JOURNAL)
                            .always()
                            .answer(Fault.status(503)));
            RestoreClient restore = scene.scene()
                    .client()
                    .restore(scene.settings().stepTimeout(Duration.ofMinutes(3)).build());

            RestoreFailedException failure = RestoreScene.failure(
                    restore.execute(restore.plan(scene.backupId()).join()));

            assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failure.report().duration()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
        }
    }

    @Test
    void withoutThePrivilegeARestoreGoesOnAndSaysThatThereIsNoJournal() {
        try (RestoreScene scene = scene()) {
            scene.goOn();
            scene.stop();
            scene.scene().cluster().faults().at(JOURNAL).always().answer(Fault.status(403));

            RestoreReport restored = scene.restore();

            assertThat(restored.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(restored.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("hot-backup-journal"))
                    .anySatisfy(warning -> assertThat(warning).contains("There is no journal", "another restore"));
        }
    }

    @Test
    void aRestoreUnderScratchNamesTakesNoLock() {
        try (RestoreScene scene = scene()) {
            int before = scene.requests();

            scene.restore(scene.settings().scratchPrefix("scratch-"));

            assertThat(scene.scene().cluster().requests().stream().skip(before)).noneMatch(JOURNAL::matches);
        }
    }

    @Test
    void theLockIsTakenInTheJournalThatBackupsAreConfiguredWithToo() {
        BackupJournal configured = DirectoryJournal.in(directory);
        try (RestoreScene scene = new RestoreScene(Scene.of(
                CamundaLine.V8_8, engine(), stores(), cluster -> cluster, client -> client.journal(configured)))) {
            scene.stop();

            scene.restore();

            assertThat(configured.read().join().orElseThrow().text())
                    .contains("\"formatVersion\":2", "\"kind\":\"RESTORE\"", "\"state\":\"COMPLETED\"");
        }
    }

    @Test
    void closingCancelsRestoresAndGivesTheLockBack() {
        try (RestoreScene scene = scene()) {
            scene.goOn();
            scene.stop();
            BackupJournal journal = journal(scene);
            CompletableFuture<TimeSource.Activity> standstill = new CompletableFuture<>();
            RestoreClient restore = restoreThat(
                    scene,
                    Step.RESTORING,
                    () -> standstill.complete(scene.scene().time().activity()));
            RestorePlan plan = restore.plan(scene.backupId()).join();
            RestoreHandle handle = restore.execute(plan);

            try (TimeSource.Activity stopped = standstill.join()) {
                scene.scene().client().close();

                assertThat(stopped).isNotNull();
                assertThat(handle.completion()).isDone();
            }

            RestoreFailedException cancelled = RestoreScene.failure(handle);
            assertThat(cancelled.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(cancelled).hasMessageContaining("The client was closed.");
            assertThat(journal.read().join().orElseThrow().text()).contains("\"state\":\"FAILED\"");
            assertThatThrownBy(() -> scene.scene().client().restore().execute(plan))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    /** As a process does that is killed: what it wrote last stays. */
    private void killInTheMiddle(RestoreScene scene) {
        CompletableFuture<String> last = new CompletableFuture<>();
        cancelInTheMiddle(scene, () -> last.complete(scene.journaled()));
        write(scene, last.join());
    }

    private void cancelInTheMiddle(RestoreScene scene) {
        cancelInTheMiddle(scene, () -> {});
    }

    private void cancelInTheMiddle(RestoreScene scene, Runnable before) {
        scene.goOn();
        scene.stop();
        CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
        RestoreClient restore = restoreThat(scene, Step.RESTORING, () -> {
            before.run();
            handle.join().cancel();
        });
        handle.complete(restore.execute(restore.plan(scene.backupId()).join()));
        assertThat(RestoreScene.failure(handle.join()).report().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    private static RestoreReport restoreAnd(RestoreScene scene, Runnable inTheMiddle) {
        RestoreClient restore = restoreThat(scene, Step.RESTORING, inTheMiddle);
        return restore.execute(restore.plan(scene.backupId()).join())
                .completion()
                .join();
    }

    /** A restore during which something happens, once. */
    private static RestoreClient restoreThat(RestoreScene scene, Step at, Runnable event) {
        AtomicBoolean happened = new AtomicBoolean();
        return scene.scene()
                .client()
                .restore(scene.settings()
                        .listener(new RestoreListener() {
                            @Override
                            public void progress(BackupId backupId, RestoreStatus status) {
                                if (status.step() == at && happened.compareAndSet(false, true)) {
                                    event.run();
                                }
                            }
                        })
                        .build());
    }

    private static void write(RestoreScene scene, String text) {
        Optional<JournalEntry> there = journal(scene).read().join();
        assertThat(journal(scene).write(text, there).join()).isPresent();
    }

    private static BackupJournal journal(RestoreScene scene) {
        return scene.scene().client().snapshotStore().journal().orElseThrow();
    }

    /** A restore that others can come upon while it runs. */
    private RestoreScene scene() {
        return new RestoreScene(Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Scene.TWO_QUESTIONS).restoreDuration(Duration.ofMinutes(1)),
                client -> client));
    }

    private CamundaBackupClient another(RestoreScene scene) {
        return Scene.client(scene.scene().cluster(), stores(), scene.scene().resources())
                .build();
    }
}
