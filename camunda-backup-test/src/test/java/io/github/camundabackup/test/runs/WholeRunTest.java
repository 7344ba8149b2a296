package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a whole backup promises, on each engine. */
class WholeRunTest extends AbstractEngineTest {
    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void completeEverywhereAndExportingRuns(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupReport report = scene.backUp();

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.steps())
                    .allSatisfy(step ->
                            assertThat(step.state()).as(step.component().name()).isEqualTo(StepReport.State.COMPLETED));
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(report.pause().confirmedByBrokers()).isTrue();
            assertThat(report.warnings()).isEmpty();
            assertThat(scene.cluster().exportingPaused()).isFalse();
            scene.cluster().invariants().assertHold();
            scene.client()
                    .cluster()
                    .join()
                    .snapshotClients()
                    .forEach(client -> assertThat(client.list().join())
                            .singleElement()
                            .satisfies(backup -> {
                                assertThat(backup.backupId()).isEqualTo(report.backupId());
                                assertThat(backup.state()).isEqualTo(BackupState.COMPLETED);
                            }));
        }
    }

    @Test
    void saysWhatTheEngineSaysWhereTheComponentIsSilent() {
        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, engine(), stores())) {
            scene.cluster()
                    .faults()
                    .fate(Component.OPERATE, BackupFate.STAYS_INCOMPLETE)
                    .at(RequestMatcher.post("/actuator/backups").on(Server.OPERATE))
                    .act(() -> scene.cluster().faults().repositoryUnusable(true));

            assertThat(scene.failToBackUp())
                    .hasMessageContaining("INCOMPLETE")
                    .hasMessageContaining("The repository cannot be used")
                    .hasMessageContaining("is not accessible on master node");
        }
    }

    @Test
    void aFullDiskInTheMiddleEndsTheRunWithItsReasonAndWithExportingResumed() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            EngineWeb web = new EngineWeb(scene.cluster().searchEngineUri());
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/exporting/pause"))
                    .act(() -> web.send("PUT", "/_all/_settings", "{\"index.blocks.read_only_allow_delete\":true}"));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("disk usage exceeded flood-stage watermark");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void anIdThatLeavesNoRoomForLaterOnesIsRefused() {
        try (Scene scene = scene(CamundaLine.V8_8, cluster -> cluster)) {
            assertThatThrownBy(() -> scene.client().backup(BackupId.of(Long.MAX_VALUE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("18 digits");
            assertThat(scene.cluster().requests()).isEmpty();
        }
    }

    @Test
    void theLeaseOfTheLockIsInTheJournal() {
        try (Scene scene = Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster,
                client -> client.lockLease(Duration.ofSeconds(20)))) {
            scene.backUp();

            assertThat(scene.client()
                            .snapshotStore()
                            .journal()
                            .orElseThrow()
                            .read()
                            .join()
                            .orElseThrow()
                            .text())
                    .contains("\"leaseMillis\":20000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT19.9S", "PT1H0.1S", "PT0S", "PT-20S"})
    void aLeaseThatIsTooShortOrTooLongIsRefused(Duration lease) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CamundaBackupClient.builder().lockLease(lease))
                .withMessageContaining("must be 20 to 3600 s");
    }

    @Test
    void anIdCanBeCheckedBeforehand() {
        try (Scene scene = scene(CamundaLine.V8_8, cluster -> cluster)) {
            BackupId used = scene.backUp().backupId();

            assertThatThrownBy(() -> scene.client().preflight(used).join()).hasMessageContaining(used.toString());
            assertThat(scene.client()
                            .preflight(BackupId.of(used.value() + 1000))
                            .join())
                    .isEmpty();
        }
    }

    @Test
    void aFailureKeepsItsReportThroughSerialization() {
        try (Scene scene = scene(CamundaLine.V8_8, cluster -> cluster)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/backupHistory"))
                    .answer(Fault.status(500));
            BackupFailedException failure = scene.failToBackUp();

            BackupFailedException read = Serialization.copy(failure);

            assertThat(read).hasMessage(failure.getMessage());
            assertThat(read.report()).hasToString(failure.report().toString());
            assertThat(read.pause()).isEqualTo(failure.pause());
        }
    }

    /** Zeebe's list of partitions is what its gateway has heard; the brokers' is fixed when the pause begins. */
    @Test
    void aBackupOfZeebeThatLacksAPartitionIsNotComplete() {
        try (Scene scene = scene(CamundaLine.V8_8, cluster -> cluster)) {
            scene.cluster().faults().forgetPartition(3);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("tells nothing of partition 3 of 1, 2, 3");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        }
    }

    @Test
    void aPauseThatWasEndedAndBegunAgainFailsTheBackup() {
        try (Scene scene = scene(CamundaLine.V8_8, cluster -> cluster)) {
            EngineWeb other = new EngineWeb(scene.cluster().orchestrationUri());
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/backupRuntime"))
                    .act(() -> {
                        other.send("POST", "/actuator/exporting/resume", "");
                        scene.cluster().load(10);
                        other.send("POST", "/actuator/exporting/pause?soft=true", "");
                    });

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("Another process resumed exporting during the backup");
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void upTo87ThePauseHoldsRecordsAndZeebeOnly() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            BackupReport report = scene.backUp();

            assertThat(report.steps().stream().map(StepReport::component))
                    .containsExactly(
                            Component.OPTIMIZE,
                            Component.OPERATE,
                            Component.TASKLIST,
                            Component.ZEEBE_RECORDS,
                            Component.ZEEBE);
            assertThat(report.pause().pausedAt().orElseThrow())
                    .isAfterOrEqualTo(end(report, Component.OPTIMIZE))
                    .isAfterOrEqualTo(end(report, Component.OPERATE))
                    .isAfterOrEqualTo(end(report, Component.TASKLIST));
        }
    }

    @Test
    void from88ThePauseHoldsEverything() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupReport report = scene.backUp();

            assertThat(report.steps().stream().map(StepReport::component))
                    .containsExactly(
                            Component.OPTIMIZE, Component.WEB_APPLICATIONS, Component.ZEEBE_RECORDS, Component.ZEEBE);
            assertThat(report.steps())
                    .allSatisfy(step -> assertThat(step.startedAt().orElseThrow())
                            .isAfterOrEqualTo(report.pause().pausedAt().orElseThrow()));
        }
    }

    @Test
    void backsUpUnorderedComponentsAtTheSameTime() {
        try (Scene scene = scene(
                CamundaLine.UP_TO_8_7,
                cluster -> cluster.duration(Component.OPTIMIZE, Duration.ofMinutes(40))
                        .duration(Component.OPERATE, Duration.ofMinutes(30))
                        .duration(Component.TASKLIST, Duration.ofMinutes(20)))) {
            BackupReport report = scene.backUp();

            assertThat(report.duration()).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(42));
            assertThat(report.pause().duration().orElseThrow()).isLessThan(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void noComponentIsCompleteBeforeItsTime(CamundaLine line) {
        Duration each = Duration.ofSeconds(30);
        try (Scene scene = scene(line, cluster -> cluster.duration(each))) {
            assertThat(scene.backUp().steps())
                    .allSatisfy(step -> assertThat(Duration.between(
                                    step.startedAt().orElseThrow(),
                                    step.endedAt().orElseThrow()))
                            .as(step.component().name())
                            .isBetween(each, each.plusSeconds(2)));
        }
    }

    @Test
    void reportIsCompleteAndSurvivesJson() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            BackupReport report = scene.backUp();

            StepReport operate = report.step(Component.OPERATE).orElseThrow();
            assertThat(operate.versions()).containsExactly("8.6.0");
            assertThat(operate.snapshots())
                    .hasSize(6)
                    .allSatisfy(name ->
                            assertThat(name).startsWith("camunda_operate_" + report.backupId() + "_8.6.0_part_"));
            assertThat(report.step(Component.ZEEBE_RECORDS).orElseThrow().snapshots())
                    .containsExactly("camunda_zeebe_records_backup_" + report.backupId());
            assertThat(report.step(Component.ZEEBE).orElseThrow().partitions())
                    .hasSize(3)
                    .allSatisfy(partition ->
                            assertThat(partition.checkpointPosition()).isPresent());
            String json = report.toJson();
            assertThat(BackupReport.fromJson(json).toJson()).isEqualTo(json);
            assertThat(report.toString())
                    .contains(
                            "Not in it: a relational database",
                            "Identity",
                            "document store",
                            "dual-region",
                            "ids are the whole cluster's");
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void planningAndCheckingOnlyRead(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupPlan plan = scene.client().plan().join();
            scene.client().preflight().join();

            assertThat(plan.line()).isEqualTo(line);
            assertThat(plan.toString()).contains("Zeebe, all partitions").contains("softly paused");
            assertThat(scene.cluster().requests())
                    .isNotEmpty()
                    .allSatisfy(
                            request -> assertThat(request.method().equals("GET") || Scene.isHarmless(request.path()))
                                    .as(request.toString())
                                    .isTrue());
        }
    }

    @Test
    void from88WithoutOptimizeThereNeedBeNoRecords() {
        try (Scene scene = scene(CamundaLine.V8_8, SimulatedCluster.Builder::withoutOptimize)) {
            BackupReport report = scene.backUp();

            assertThat(report.warnings()).singleElement().asString().contains("empty");
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void anIdOfWhichOnlyTheEndOfARunIsLeftIsUsedUp() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            BackupId left = BackupId.of(1_999_999_999);
            SnapshotRequest.Builder outcome = SnapshotRequest.builder(SnapshotName.outcome(left))
                    .index("there-is-none-*")
                    .allowEmpty();
            RunOutcome.abandoned(left, PauseReport.none(), scene.time().now())
                    .toMetadata()
                    .forEach(outcome::metadata);
            scene.client().snapshotStore().createSnapshot(outcome.build()).join();

            BackupFailedException failure = Scene.failure(scene.client().backup(left));

            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(failure).hasMessageContaining("not higher than " + left);
        }
    }

    @Test
    void aBackupThatCannotSucceedDoesNotWaitForWhoIsAway() {
        try (Scene scene = Scene.of(CamundaLine.V8_8, engine(), stores())) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/backups").on(Server.OPTIMIZE))
                    .answer(Fault.status(400));
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/backupHistory"))
                    .always()
                    .answer(Fault.status(429));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(failure.pause().duration().orElseThrow()).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void refusesAWrongRecordPrefix() {
        try (Scene scene = Scene.of(
                CamundaLine.UP_TO_8_7, engine(), stores(), c -> c, client -> client.recordIndexPrefix("other"))) {
            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("other_*").hasMessageContaining("index.prefix");
            assertRefused(scene, failure);
        }
    }

    @Test
    void pointsOutAnApplicationThatIsNotConfigured() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7);
                CamundaBackupClient client = CamundaBackupClient.builder()
                        .resources(scene.resources())
                        .zeebe(scene.cluster().zeebeUri())
                        .operate(scene.cluster().operateUri())
                        .snapshotStore(stores().create(
                                        Endpoint.of(scene.cluster().searchEngineUri()),
                                        scene.cluster().repository(),
                                        scene.resources()))
                        .build()) {
            assertThat(client.preflight().join())
                    .hasSize(2)
                    .anySatisfy(warning -> assertThat(warning).contains("Optimize"))
                    .anySatisfy(warning -> assertThat(warning).contains("Tasklist"));
        }
    }

    @Test
    void refusesAnIdThatIsNotHigher() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            BackupId first = scene.backUp().backupId();
            int writes = writes(scene);

            BackupFailedException same = Scene.failure(scene.client().backup(first));
            BackupFailedException lower = Scene.failure(scene.client().backup(BackupId.of(first.value() - 1)));

            assertThat(same).hasMessageContaining(first + " is not higher than " + first);
            assertThat(lower).hasMessageContaining("not higher than " + first);
            assertThat(writes(scene)).isEqualTo(writes);
        }
    }

    @Test
    void listsAllProblemsAtOnce() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7, SimulatedCluster.Builder::withoutRegisteredRepository)) {
            scene.client().cluster().join().exporting().softPause().join();
            int writes = writes(scene);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.getCause())
                    .isInstanceOfSatisfying(
                            PreflightFailedException.class,
                            preflight -> assertThat(preflight.problems())
                                    .anySatisfy(problem -> assertThat(problem)
                                            .contains("repository")
                                            .contains("camunda_backup"))
                                    .anySatisfy(
                                            problem -> assertThat(problem).contains("Exporting is paused already")));
            assertThat(writes(scene)).isEqualTo(writes);
            assertThat(scene.cluster().exportingPaused())
                    .as("not ours to resume")
                    .isTrue();
        }
    }

    @Test
    void namesAnUnreachableEndpoint() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.cluster().faults().unreachable(Server.TASKLIST);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure)
                    .hasMessageContaining("Tasklist")
                    .hasMessageContaining(scene.cluster().tasklistUri().toString());
            assertRefused(scene, failure);
        }
    }

    @Test
    void unreachableClusterDoesNotHideABadRepository() {
        try (Scene scene = scene(CamundaLine.V8_8, SimulatedCluster.Builder::withoutRegisteredRepository)) {
            scene.cluster().faults().unreachable(Server.ORCHESTRATION);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.getCause())
                    .isInstanceOfSatisfying(
                            ConfigurationMismatchException.class,
                            mismatch -> assertThat(mismatch.problems())
                                    .satisfiesExactly(
                                            cluster -> assertThat(cluster)
                                                    .startsWith(
                                                            "Could not find out what is served there: web applications and Zeebe ("),
                                            repository -> assertThat(repository).contains("camunda_backup")));
            assertRefused(scene, failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPERATE", "ZEEBE"})
    void leavesAComponentWithAnotherBackupAlone(Component component) {
        try (Scene scene = Scene.of(
                CamundaLine.UP_TO_8_7,
                engine(),
                stores(),
                c -> c,
                client -> client.stepTimeout(Duration.ofMinutes(1)))) {
            scene.cluster().faults().fate(component, BackupFate.STUCK);
            scene.failToBackUp();
            int writes = writes(scene);

            BackupFailedException second = scene.failToBackUp();

            assertThat(second.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(writes(scene)).isEqualTo(writes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedPartEndsTheRunAndThePause(BackupFate fate) {
        for (Component component : List.of(Component.OPERATE, Component.OPTIMIZE, Component.ZEEBE)) {
            try (Scene scene = Scene.of(
                    CamundaLine.UP_TO_8_7,
                    engine(),
                    stores(),
                    c -> c,
                    client -> client.stepTimeout(Duration.ofMinutes(10)))) {
                scene.cluster().faults().fate(component, fate);

                boolean nothingMissing = fate == BackupFate.STAYS_INCOMPLETE && component.equals(Component.OPTIMIZE);
                if (fate == BackupFate.SUCCEEDS || fate == BackupFate.PAUSES_INCOMPLETE || nothingMissing) {
                    assertThat(scene.backUp().outcome()).isEqualTo(Outcome.COMPLETED);
                } else {
                    BackupFailedException failure = scene.failToBackUp();
                    assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(failure.report().step(component).orElseThrow().state())
                            .isIn(StepReport.State.FAILED, StepReport.State.ABANDONED);
                    assertThat(failure).hasMessageContaining(component.displayName());
                }
                assertThat(scene.cluster().exportingPaused()).isFalse();
                scene.cluster().invariants().assertHold();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "PARTIAL", "STUCK"})
    void failedRecordsEndTheRunBeforeZeebeIsAsked(BackupFate fate) {
        try (Scene scene = Scene.of(
                CamundaLine.UP_TO_8_7,
                engine(),
                stores(),
                c -> c,
                client -> client.stepTimeout(Duration.ofMinutes(1)))) {
            scene.cluster().faults().fate(Component.ZEEBE_RECORDS, fate);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("camunda_zeebe_records_backup_");
            assertThat(failure.report().step(Component.ZEEBE).orElseThrow().state())
                    .isEqualTo(StepReport.State.NOT_STARTED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void takesBackARefusedPause() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.cluster().faults().refusePause(1);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void triesToResumeUntilItIsConfirmed() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.cluster().faults().refuseResume(5);

            assertThat(scene.backUp().pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void saysOutLoudThatThePauseCannotBeEnded() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.cluster().faults().refuseResume(Integer.MAX_VALUE);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_RESUMED);
            assertThat(failure)
                    .hasMessageContaining("EXPORTING WAS NOT RESUMED")
                    .hasMessageContaining(scene.cluster().zeebeUri() + "/actuator/exporting/resume");
            assertThat(scene.cluster().exportingPaused()).isTrue();
        }
    }

    @Test
    void pauseHasALimitOfItsOwn() {
        try (Scene scene = Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.WEB_APPLICATIONS, Duration.ofHours(1)),
                client -> client.pauseLimit(Duration.ofMinutes(10)))) {
            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("The pause of exporting did not end within 600 s");
            assertThat(failure.pause().duration().orElseThrow())
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void settlesALostReplyByAsking() {
        for (Server server : List.of(Server.OPTIMIZE, Server.OPERATE, Server.TASKLIST, Server.ZEEBE)) {
            try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
                RequestMatcher post = RequestMatcher.post("/actuator/backups").on(server);
                scene.cluster().faults().at(post).answer(Fault.of(Fault.Kind.CUT_AFTERWARDS));

                BackupReport report = scene.backUp();

                assertThat(scene.cluster().requests(post)).hasSize(1);
                assertThat(report.steps())
                        .anySatisfy(step -> assertThat(step.adopted()).isTrue());
                assertThat(report.warnings()).singleElement().asString().contains("was lost");
            }
        }
    }

    @Test
    void endsWhenTheObjectStoreGoesDown() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            Recording events = new Recording();
            events.onStep(
                    Component.ZEEBE_RECORDS, () -> scene.cluster().faults().objectStore(ObjectStoreState.REFUSING));
            try (CamundaBackupClient client = Scene.client(scene.cluster(), stores(), scene.resources())
                    .listener(events)
                    .build()) {
                BackupFailedException failure = Scene.failure(client.backup());

                assertThat(failure).hasMessageContaining("Zeebe");
                assertThat(scene.cluster().exportingPaused()).isFalse();
            }
        }
    }

    @Test
    void endsWhenAComponentRestartsAndForgets() {
        Recording events = new Recording();
        try (Scene scene = Scene.of(
                CamundaLine.UP_TO_8_7,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.OPERATE, Duration.ofMinutes(5)),
                client -> client.listener(events).stepTimeout(Duration.ofMinutes(30)))) {
            events.onProgress(
                    Component.OPERATE, 2, () -> scene.cluster().faults().restart(Server.OPERATE));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("Operate").hasMessageContaining("INCOMPLETE");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
        }
    }

    /** What must hold after a refusal: nothing was changed. */
    private static void assertRefused(Scene scene, BackupFailedException failure) {
        assertThat(failure.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
        assertThat(writes(scene)).isZero();
    }

    /** How many requests had an effect, or could have had one. */
    private static int writes(Scene scene) {
        return (int) scene.cluster().requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(RecordedRequest::path)
                .filter(path -> !Scene.isHarmless(path))
                .count();
    }

    private static Instant end(BackupReport report, Component component) {
        return report.step(component).flatMap(StepReport::endedAt).orElseThrow();
    }

    private Scene scene(CamundaLine line) {
        return Scene.of(line, engine(), stores());
    }

    private Scene scene(CamundaLine line, UnaryOperator<SimulatedCluster.Builder> changes) {
        return Scene.of(line, engine(), stores(), changes, client -> client);
    }
}
