package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.DirectoryJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.RunInProgressException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.InterruptedBackup;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.RecoveryReport.Outcome;
import io.github.camundabackup.recovery.StepOutcome;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Locks, leases, journals that fail, and pauses that nobody owns. For processes that are killed, see
 * {@link KillMatrixTest}.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class InterruptionTest extends AbstractEngineTest {
    private static final RequestMatcher JOURNAL = RequestMatcher.of("PUT", "/hot-backup-journal/_doc/*");
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");
    private static final RequestMatcher RESUME = RequestMatcher.post("/actuator/exporting/resume");

    @TempDir
    private Path directory;

    @Test
    void ofTwoThatBeginAtOnceOneIsRefusedWhichNamesTheOther() {
        try (Scene scene = slow(new Recording());
                CamundaBackupClient other = another(scene)) {
            CompletableFuture<BackupReport> first = scene.client().backup().completion();
            CompletableFuture<BackupReport> second =
                    other.backup(BackupId.of(9_999_999_999L)).completion();

            List<Throwable> refusals = Stream.of(first, second)
                    .map(backup -> backup.handle((report, error) -> Optional.ofNullable(error))
                            .join())
                    .flatMap(Optional::stream)
                    .map(Throwable::getCause)
                    .toList();

            assertThat(refusals).hasSize(1);
            Throwable refusal = refusals.get(0);
            assertThat(refusal)
                    .isInstanceOf(BackupFailedException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(refusal.getCause()).isInstanceOf(RunInProgressException.class);
            scene.cluster().invariants().assertHold();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {86_400, -86_400})
    void aRunThatLivesIsRecognizedWhateverTheClocksSay(long jump) {
        Recording events = new Recording();
        CompletableFuture<BackupHandle> second = new CompletableFuture<>();
        try (Scene scene = slow(events);
                CamundaBackupClient other = another(scene)) {
            events.on("started ZEEBE_RECORDS", () -> {
                scene.time().adjustWallClock(Duration.ofSeconds(jump));
                second.complete(other.backup());
            });

            BackupReport report = scene.backUp();

            assertThat(Scene.failure(second.join()).getCause())
                    .isInstanceOfSatisfying(
                            RunInProgressException.class,
                            e -> assertThat(List.of(e, Serialization.copy(e)))
                                    .allSatisfy(error ->
                                            assertThat(error.run().backupId()).isEqualTo(report.backupId())));
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void recoveryLeavesALiveRunAlone() {
        Recording events = new Recording();
        CompletableFuture<RecoveryReport> recovery = new CompletableFuture<>();
        try (Scene scene = slow(events);
                CamundaBackupClient other = another(scene)) {
            events.on(
                    "started ZEEBE_RECORDS",
                    () -> other.recover(UnknownPause.RESUME).thenAccept(recovery::complete));

            BackupReport report = scene.backUp();

            assertThat(recovery.join().outcome()).isEqualTo(Outcome.RUN_IN_PROGRESS);
            assertThat(recovery.join().toString()).contains(report.backupId().toString());
            assertThat(resumptions(scene)).isEqualTo(1);
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void runWhoseLockWasTakenHasNoFurtherEffect() {
        Recording events = new Recording();
        try (Scene scene = slow(events)) {
            BackupJournal journal = journal(scene);
            events.on("started ZEEBE_RECORDS", () -> {
                JournalEntry ours = journal.read().join().orElseThrow();
                String theirs = ours.text().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"other\"");
                assertThat(journal.write(theirs, Optional.of(ours)).join()).isPresent();
            });

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("The lock was lost");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.TAKEN_OVER);
            assertThat(resumptions(scene)).isZero();
            assertThat(scene.cluster().requests()).noneMatch(RequestMatcher.post("/actuator/backupRuntime")::matches);

            // The other one never comes back either.
            RecoveryReport recovery = scene.client()
                    .recover(UnknownPause.REPORT, InterruptedBackup.ABANDON)
                    .join();

            assertThat(recovery.outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(recovery.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(recovery.settled())
                    .anySatisfy(settled -> {
                        assertThat(settled.component()).isEqualTo(Component.ZEEBE_RECORDS);
                        assertThat(settled.found()).isEqualTo(StepOutcome.Found.IN_PROGRESS);
                    })
                    .noneMatch(settled -> settled.component().equals(Component.ZEEBE));
            scene.time().delay(Duration.ofMinutes(10)).join();
            assertThat(scene.backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void aRunWhoseLockWasTakenBeforeThePauseSaysNothingOfItsEnd() {
        Recording events = new Recording();
        try (Scene scene = Scene.of(
                CamundaLine.UP_TO_8_7,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.OPERATE, Duration.ofMinutes(10)),
                client -> client.listener(events))) {
            BackupJournal journal = journal(scene);
            events.on("started OPERATE", () -> {
                JournalEntry ours = journal.read().join().orElseThrow();
                String theirs = ours.text().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"other\"");
                assertThat(journal.write(theirs, Optional.of(ours)).join()).isPresent();
            });

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("The lock was lost");
            assertThat(scene.cluster().requests())
                    .noneMatch(RequestMatcher.put("/_snapshot/*/camunda_backup_outcome_*")::matches);
        }
    }

    @Test
    void aRunThatCannotReachItsJournalForTenMinutesGivesUp() {
        Recording events = new Recording();
        try (Scene scene = slow(events)) {
            events.on(
                    "started ZEEBE_RECORDS",
                    () -> scene.cluster().faults().at(JOURNAL).always().answer(Fault.status(503)));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("could not be renewed for 600 s");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(failure.pause().duration().orElseThrow()).isLessThan(Duration.ofSeconds(630));
            assertThat(failure.report().warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("recover"));
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutageInThePauseIsWaitedForAndSaid(Outage outage) {
        Recording events = new Recording();
        try (Scene scene = slow(events)) {
            outage.begin(scene, scene.cluster());

            BackupReport report = scene.backUp();

            assertThat(scene.cluster().faults().outstanding()).isZero();
            assertThat(report.pause().duration().orElseThrow()).isGreaterThan(outage.length);
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("had to wait"));
            assertThat(events.events()).contains("waiting");
            assertThat(scene.client().consistency().check(report.backupId()).join())
                    .satisfies(check -> assertThat(check.isConsistent()).isTrue());
            scene.cluster().invariants().assertHold();
        }
    }

    /** Who is away, from the moment at which exporting is paused. */
    enum Outage {
        JOURNAL_BEHIND_A_PROXY(Duration.ofMinutes(5)) {
            @Override
            void begin(Scene scene, SimulatedCluster cluster) {
                cluster.faults().at(PAUSE).act(() -> {
                    cluster.faults().at(JOURNAL).always().answer(Fault.status(502));
                    scene.time().delay(length).thenRun(cluster.faults()::clear);
                });
            }
        },
        SEARCH_ENGINE(Duration.ofMinutes(5)) {
            @Override
            void begin(Scene scene, SimulatedCluster cluster) {
                cluster.faults().at(PAUSE).act(() -> {
                    cluster.faults().unreachable(Server.SEARCH_ENGINE);
                    scene.time().delay(length).thenRun(() -> cluster.faults().reachable(Server.SEARCH_ENGINE));
                });
            }
        };

        final Duration length;

        Outage(Duration length) {
            this.length = length;
        }

        abstract void begin(Scene scene, SimulatedCluster cluster);
    }

    @Test
    void anOutageOfAComponentWhosePartIsWaitedForIsSaid() {
        Recording events = new Recording();
        try (Scene scene = Scene.of(
                CamundaLine.UP_TO_8_7,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.OPERATE, Duration.ofMinutes(10)),
                client -> client.listener(events))) {
            events.onProgress(Component.OPERATE, () -> {
                scene.cluster().faults().unreachable(Server.OPERATE);
                scene.time()
                        .delay(Duration.ofMinutes(4))
                        .thenRun(() -> scene.cluster().faults().reachable(Server.OPERATE));
            });

            BackupReport report = scene.backUp();

            assertThat(report.warnings())
                    .singleElement()
                    .asString()
                    .matches("The run had to wait for 2[34]\\d s: .*"
                            + scene.cluster().operateUri() + ".*");
            assertThat(events.events()).containsOnlyOnce("waiting");
        }
    }

    @Test
    void soIsOneOfTheEngineThatMakesTheRecordsSnapshot() {
        Recording events = new Recording();
        try (Scene scene = slow(events)) {
            events.onProgress(Component.ZEEBE_RECORDS, () -> {
                Stream.of("", "/_status")
                        .map(end -> RequestMatcher.of("GET", "/_snapshot/*/camunda_zeebe_records_backup_*" + end))
                        .forEach(asking ->
                                scene.cluster().faults().at(asking).always().answer(Fault.status(502)));
                scene.time()
                        .delay(Duration.ofMinutes(2))
                        .thenRun(scene.cluster().faults()::clear);
            });

            assertThat(scene.backUp().warnings())
                    .singleElement()
                    .asString()
                    .contains("The run had to wait for 1", "status 502");
            assertThat(events.events()).containsOnlyOnce("waiting");
        }
    }

    @Test
    void withoutThePrivilegeABackupIsTakenAndSaysThatThereIsNoJournal() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.of("GET", "/hot-backup-journal/**"))
                    .always()
                    .answer(Fault.status(403));

            assertThat(scene.backUp().warnings())
                    .hasSize(2)
                    .anySatisfy(warning -> assertThat(warning).contains("hot-backup-journal"))
                    .anySatisfy(warning -> assertThat(warning).contains("There is no journal"));
        }
    }

    @Test
    void whoeverWrapsTheStoreToDoWithoutItsJournalIsTold() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores());
                CamundaBackupClient client = Scene.client(scene.cluster(), stores(), scene.resources())
                        .snapshotStore(
                                new ForwardingSnapshotStore(scene.client().snapshotStore()) {
                                    @Override
                                    public Optional<BackupJournal> journal() {
                                        return Optional.empty();
                                    }
                                })
                        .build()) {
            assertThat(client.backup().completion().join().warnings())
                    .singleElement()
                    .asString()
                    .startsWith("There is no journal");
            assertThat(scene.cluster().requests(JOURNAL)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aJournalThatRefusesForAMomentIsAskedAgain(Fault passing) {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.cluster().faults().at(JOURNAL).times(2).answer(passing);
            scene.cluster().faults().at(JOURNAL).after(4).answer(passing);

            assertThat(scene.backUp().warnings()).isEmpty();
            assertThat(scene.cluster().faults().outstanding()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("passing")
    void noBackupIsBegunWithoutALockThatMayBeHeld(Fault passing) {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.cluster().faults().at(JOURNAL).always().answer(passing);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
        }
    }

    static Stream<Fault> passing() {
        return Stream.of(Fault.status(429), Fault.status(503), Fault.of(Fault.Kind.CUT_BEFORE));
    }

    @Test
    void aJournalThatCannotBeReadIsNotTakenForAnEmptyOne() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.of("GET", "/hot-backup-journal/**"))
                    .always()
                    .answer(Fault.status(500));

            assertThat(scene.failToBackUp().report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withAFullDiskForTheJournalNothingIsBegun() throws IOException {
        fillTheDisk();
        try (Scene scene = withDirectory(new Recording())) {
            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("No space left");
            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(scene.cluster().requests()).noneMatch(RequestMatcher.post("/actuator/exporting/*")::matches);
            assertThat(journal(scene).read().join().orElseThrow().text()).contains("CANCELLED");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whenTheDiskFillsUpInThePauseExportingIsResumedAllTheSame() {
        try (Scene scene = withDirectory(new Recording())) {
            scene.cluster().faults().at(PAUSE).act(() -> {
                try {
                    fillTheDisk();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("No space left");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void aPauseThatNoJournalKnowsIsReportedAndResumedOnlyWhenAskedFor() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.client().cluster().join().exporting().softPause().join();

            RecoveryReport seen = scene.client().recover().join();

            assertThat(seen.outcome()).isEqualTo(Outcome.UNKNOWN_PAUSE);
            assertThat(seen.pause().state()).isEqualTo(PauseReport.State.PAUSED);
            assertThat(seen.toJson()).contains("\"UNKNOWN_PAUSE\"");
            assertThat(scene.cluster().exportingPaused()).isTrue();
            assertThat(scene.failToBackUp()).hasMessageContaining("paused already");

            RecoveryReport resumed = scene.client().recover(UnknownPause.RESUME).join();

            assertThat(resumed.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
        }
    }

    @Test
    void aPauseThatSomebodyElseEndsMakesNoBackup() {
        Recording events = new Recording();
        try (Scene scene = slow(events)) {
            events.on(
                    "started ZEEBE",
                    () -> scene.client().cluster().join().exporting().resume().join());

            assertThat(scene.failToBackUp()).hasMessageContaining("Another process resumed exporting");
        }
    }

    @Test
    void whatCouldNotBeResumedIsResumedByTheNextBackup() {
        Recording events = new Recording();
        try (Scene scene = slow(events)) {
            scene.cluster().faults().at(RESUME).always().answer(Fault.status(500));
            assertThat(scene.failToBackUp().pause().state()).isEqualTo(PauseReport.State.NOT_RESUMED);
            assertThat(scene.client().recover().join().outcome()).isEqualTo(Outcome.NOT_RESUMED);
            scene.cluster().faults().clear();

            BackupReport next = scene.backUp();

            assertThat(next.warnings()).singleElement().asString().contains("Exporting was resumed");
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPauseIsNotForgottenByARecoveryThatCannotTakeTheLock() throws IOException {
        try (Scene scene = slow(new Recording())) {
            scene.cluster().faults().at(RESUME).always().answer(Fault.status(500));
            assertThat(scene.failToBackUp().pause().state()).isEqualTo(PauseReport.State.NOT_RESUMED);
            scene.cluster().faults().clear();
            fillTheDisk();
            try (CamundaBackupClient other = withDirectory(scene)) {
                assertThatThrownBy(() -> other.recover().join())
                        .hasMessageContaining("No space left")
                        .hasMessageContaining("EXPORTING WAS NOT RESUMED");
            }
            assertThat(scene.cluster().exportingPaused()).isTrue();

            RecoveryReport recovery = scene.client().recover().join();

            assertThat(recovery.outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(recovery.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRunIsNotForgottenByARecoveryThatCannotTakeTheLock() throws IOException {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.backUp();
            JournalEntry ended = journal(scene).read().join().orElseThrow();
            String running = ended.text().replaceFirst("\"state\":\"COMPLETED\"", "\"state\":\"RUNNING\"");
            assertThat(journal(scene).write(running, Optional.of(ended)).join()).isPresent();
            fillTheDisk();
            try (CamundaBackupClient other = withDirectory(scene)) {
                assertThatThrownBy(() -> other.recover().join())
                        .hasMessageContaining("No space left")
                        .hasMessageNotContaining("NOT RESUMED");
            }

            assertThat(scene.client().recover().join().outcome()).isEqualTo(Outcome.ABANDONED);
        }
    }

    @Test
    void checkingTellsOfARunThatHasNotEnded() {
        Recording events = new Recording();
        List<String> before = new ArrayList<>();
        List<Throwable> during = new ArrayList<>();
        try (Scene scene = slow(events);
                CamundaBackupClient other = another(scene)) {
            scene.cluster()
                    .faults()
                    .at(PAUSE)
                    .act(() -> before.addAll(other.preflight().join()));
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.put("/_snapshot/*/camunda_zeebe_records*"))
                    .act(() -> during.add(catchThrowable(() -> other.preflight().join())));

            String run = "Backup " + scene.backUp().backupId() + " (RUNNING";

            assertThat(before).singleElement().asString().startsWith(run).contains("going on, or was interrupted");
            assertThat(during)
                    .singleElement()
                    .asString()
                    .contains("paused already", run, "going on, or was interrupted");
            assertThat(other.preflight().join()).isEmpty();
        }
    }

    @Test
    void checkingTellsThatThereIsNoJournal() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.of("GET", "/hot-backup-journal/**"))
                    .always()
                    .answer(Fault.status(403));

            assertThat(scene.client().preflight().join())
                    .anySatisfy(warning -> assertThat(warning).contains("There is no journal"));
        }
    }

    @Test
    void stoppedProcessDoesNotResumeUnderAnothersPause() throws IOException, InterruptedException {
        VirtualTime time = new VirtualTime(Instant.parse("2999-01-01T00:00:00Z"));
        Recording events = new Recording();
        CompletableFuture<String> end = new CompletableFuture<>();
        CompletableFuture<Void> inThePause = new CompletableFuture<>();
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .line(CamundaLine.V8_8)
                        .engine(engine())
                        .duration(Duration.ZERO)
                        .settling(Duration.ZERO)
                        .time(time)
                        .build();
                ClientResources resources = ClientResources.builder().time(time).build();
                CamundaBackupClient client = Scene.client(cluster, stores(), resources)
                        .listener(events)
                        .build();
                ClientProcess victim = ClientProcess.start()) {
            // It is stopped before it has read the answer.
            cluster.faults()
                    .at(RequestMatcher.put("/_snapshot/*/*"))
                    .answer(Fault.slowBody(Duration.ofMillis(20)), () -> inThePause.complete(null));
            stopAt(victim, cluster, inThePause);
            assertThat(cluster.exportingPaused()).isTrue();
            events.on("started ZEEBE", () -> {
                try {
                    victim.signal("CONT");
                    end.complete(victim.line());
                } catch (IOException | InterruptedException e) {
                    end.completeExceptionally(e);
                }
            });

            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.warnings()).singleElement().asString().contains("is abandoned");
            assertThat(end.join()).contains("another one has taken the lock");
            cluster.invariants().assertHold();
        } catch (CompletionException e) {
            throw new AssertionError(e);
        }
    }

    private void fillTheDisk() throws IOException {
        Files.createSymbolicLink(directory.resolve("journal.json.new"), Path.of("/dev/full"));
    }

    private static void stopAt(ClientProcess victim, SimulatedCluster cluster, CompletableFuture<Void> moment)
            throws IOException, InterruptedException {
        CompletableFuture<Void> stopped = moment.thenRun(() -> {
            try {
                victim.signal("STOP");
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        victim.backUp(cluster);
        stopped.join();
    }

    private static long resumptions(Scene scene) {
        return scene.cluster().requests().stream().filter(RESUME::matches).count();
    }

    private static BackupJournal journal(Scene scene) {
        return scene.client().snapshotStore().journal().orElseThrow();
    }

    /** Minutes of a snapshot of records, so that the lock has to be renewed. */
    private Scene slow(Recording events) {
        return Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.ZEEBE_RECORDS, Duration.ofMinutes(10)),
                client -> client.listener(events).resumeTimeout(Duration.ofMinutes(1)));
    }

    private Scene withDirectory(Recording events) {
        return Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster,
                client -> client.listener(events).journal(DirectoryJournal.in(directory)));
    }

    private CamundaBackupClient withDirectory(Scene scene) {
        return Scene.client(scene.cluster(), stores(), scene.resources())
                .journal(DirectoryJournal.in(directory))
                .build();
    }

    private CamundaBackupClient another(Scene scene) {
        return Scene.client(scene.cluster(), stores(), scene.resources()).build();
    }
}
