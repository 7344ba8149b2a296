package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.internal.lock.RestoreLock;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.drill.RestoredBackup;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.runs.DrillSubjects.AsksTheCluster;
import io.github.camundabackup.test.runs.DrillSubjects.DynamicAssertions;
import io.github.camundabackup.test.runs.DrillSubjects.EverythingIsThere;
import io.github.camundabackup.test.runs.DrillSubjects.FactoryThatBreaks;
import io.github.camundabackup.test.runs.DrillSubjects.NestedClassThatBreaks;
import io.github.camundabackup.test.runs.DrillSubjects.NotStatic;
import io.github.camundabackup.test.runs.DrillSubjects.NothingIsAsserted;
import io.github.camundabackup.test.runs.DrillSubjects.OneAssertionIsWrong;
import io.github.camundabackup.test.runs.DrillSubjects.TakesItsTime;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Users' test classes with restore drills, on each engine. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class DrillTest extends AbstractEngineTest {
    private static final RequestMatcher RESTORE = RequestMatcher.post("/_snapshot/*/*/_restore");

    @TempDir
    private Path reports;

    private DrillScene scene(CamundaLine line) {
        return new DrillScene(line, engine(), stores(), reports);
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void underScratchNamesTheBackupIsThereAndWhatIsInUseIsNotTouched(CamundaLine line) {
        try (DrillScene scene = scene(line)) {
            Map<String, Long> inUse = scene.live().documents();
            int before = scene.live().requests();

            EngineExecutionResults results = DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            results.testEvents().assertStatistics(events -> events.succeeded(3).failed(0));
            RestoredBackup seen = Objects.requireNonNull(DrillSubjects.seen);
            assertThat(seen.backupId()).isEqualTo(scene.live().backupId());
            assertThat(seen.indices())
                    .containsExactlyInAnyOrderElementsOf(scene.live().backedUp().keySet())
                    .allSatisfy(index -> assertThat(seen.index(index))
                            .startsWith("restore-drill-" + seen.backupId() + "-")
                            .endsWith("-" + index));
            assertThat(scene.live().documents()).isEqualTo(inUse);
            assertThat(scene.live().changes(before))
                    .isNotEmpty()
                    .allSatisfy(change -> assertThat(change)
                            .matches("SEARCH_ENGINE (POST .*/_restore|DELETE /(restore-drill-[^,%]+(%2C|$))+)"));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void onAScratchEngineTheBackupIsThereAndTheEngineInUseIsOnlyRead(CamundaLine line) {
        try (DrillScene scene = scene(line)) {
            Map<String, Long> inUse = scene.live().documents();
            int before = scene.live().requests();

            EngineExecutionResults results = DrillScene.run(EverythingIsThere.class, scene.onScratchEngine());

            results.testEvents().assertStatistics(events -> events.succeeded(3).failed(0));
            RestoredBackup seen = Objects.requireNonNull(DrillSubjects.seen);
            assertThat(seen.indices())
                    .allSatisfy(index -> assertThat(seen.index(index)).isEqualTo(index));
            assertThat(scene.live().documents()).isEqualTo(inUse);
            assertThat(scene.live().changes(before)).isEmpty();
            assertThat(scene.scratch().requests(RESTORE)).isNotEmpty();
            assertThat(scene.scratchDocuments()).isEmpty();
        }
    }

    /** What the engines make of it, the contract of snapshot stores shows. */
    @Test
    void aliasesAreRestoredOnAScratchEngineOnly() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            DrillScene.run(EverythingIsThere.class, scene.onScratchEngine());
            DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            assertThat(scene.scratch().requests(RESTORE))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.body()).contains("\"include_aliases\":true"));
            assertThat(scene.live().scene().cluster().requests(RESTORE))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.body()).contains("\"include_aliases\":false"));
        }
    }

    @Test
    void aControlThatComesWithTheSettingsOfARealRestoreIsNeverCalled() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            List<String> calls = new CopyOnWriteArrayList<>();

            for (RestoreDrill.Builder drill :
                    new RestoreDrill.Builder[] {scene.onScratchEngine(), scene.underScratchNames()}) {
                DrillScene.run(
                                EverythingIsThere.class,
                                drill.restoreSettings(settings -> settings.control(new RecordingControl(calls))))
                        .testEvents()
                        .assertStatistics(events -> events.succeeded(3).failed(0));

                assertThat(calls).isEmpty();
                assertThat(scene.report(EverythingIsThere.class, ".json"))
                        .contains("\"outcome\" : \"PASSED\"", "\"outcome\" : \"ENGINE_RESTORED\"");
            }
        }
    }

    @Test
    void theReportSaysHowLongTheRestoreTookAndHowOldTheBackupWas() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            scene.live().scene().time().delay(Duration.ofHours(5)).join();

            DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            RestoredBackup seen = Objects.requireNonNull(DrillSubjects.seen);
            assertThat(seen.recoveryTime()).isBetween(RestoreScene.RESTORE_DURATION, Duration.ofHours(1));
            assertThat(seen.age())
                    .hasValueSatisfying(age -> assertThat(age).isBetween(Duration.ofHours(5), Duration.ofHours(6)));
            assertThat(scene.report(EverythingIsThere.class, ".json"))
                    .contains(
                            "\"outcome\" : \"PASSED\"",
                            "\"recoveryMillis\" : " + seen.recoveryTime().toMillis(),
                            "\"ageMillis\" : " + seen.age().orElseThrow().toMillis(),
                            "\"passed\" : 3",
                            "\"outcome\" : \"ENGINE_RESTORED\"");
            assertThat(scene.report(EverythingIsThere.class, ".txt"))
                    .contains("PASSED", "Data loss:     5 h ", "Tests:         3 passed, 0 failed")
                    .containsPattern("Recovery time: [1-9]\\d*\\.\\d s ");
        }
    }

    @Test
    void aBackupIsNotOfTheFutureBecauseClocksDiffer() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            scene.live().scene().time().adjustWallClock(Duration.ofSeconds(-8));

            DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            assertThat(Objects.requireNonNull(DrillSubjects.seen).age()).hasValue(Duration.ZERO);
        }
    }

    @Test
    void anAssertionThatFailsIsInTheReportAndNothingStaysBehind() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            Map<String, Long> inUse = scene.live().documents();

            EngineExecutionResults results = DrillScene.run(OneAssertionIsWrong.class, scene.underScratchNames());

            results.testEvents().assertStatistics(events -> events.succeeded(1).failed(1));
            assertThat(scene.live().documents()).isEqualTo(inUse);
            assertThat(scene.report(OneAssertionIsWrong.class, ".json"))
                    .contains("\"outcome\" : \"ASSERTIONS_FAILED\"", "wrong(", "\"passed\" : 1", "\"remaining\" : [ ]");
        }
    }

    @Test
    void whateverFailsIsInTheReport() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            Map<Class<?>, String> failures = Map.of(
                    DynamicAssertions.class, "wrong: ",
                    FactoryThatBreaks.class, "ofEachIndex(): java.lang.IllegalStateException: no test of one",
                    NestedClassThatBreaks.class, "Inside: ");

            failures.forEach((testClass, failure) -> {
                DrillScene.run(testClass, scene.underScratchNames());

                assertThat(scene.report(testClass, ".json"))
                        .contains("\"outcome\" : \"ASSERTIONS_FAILED\"", "\"passed\" : 1", failure);
            });
        }
    }

    @Test
    void aDrillWithoutATestThatPassedHasNotPassed() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            DrillScene.run(NothingIsAsserted.class, scene.underScratchNames())
                    .testEvents()
                    .assertStatistics(events -> events.skipped(1).aborted(1));

            assertThat(scene.report(NothingIsAsserted.class, ".json"))
                    .contains("\"outcome\" : \"NOTHING_ASSERTED\"", "\"passed\" : 0", "\"failed\" : [ ]");
        }
    }

    @Test
    void aRestoreThatFailsOnItsWayFailsTheClassAndNothingStaysBehind() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            Map<String, Long> inUse = scene.live().documents();
            scene.live()
                    .scene()
                    .cluster()
                    .faults()
                    .at(RESTORE)
                    .after(2)
                    .always()
                    .answer(Fault.status(500));

            EngineExecutionResults results = DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains("The restore of backup " + scene.live().backupId() + " failed"));
            results.testEvents().assertStatistics(events -> events.started(0));
            assertThat(scene.live().documents()).isEqualTo(inUse);
            assertThat(scene.report(EverythingIsThere.class, ".json"))
                    .contains(
                            "\"outcome\" : \"NOT_RESTORED\"", "\"remaining\" : [ ]", "\"failure\" : \"The restore of");
        }
    }

    @Test
    void whatCannotBeRemovedFailsTheClassAndIsNamed() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            scene.scratch().faults().at(RequestMatcher.delete("/**")).always().answer(Fault.status(500));

            EngineExecutionResults results = DrillScene.run(EverythingIsThere.class, scene.onScratchEngine());

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains("These indices of the drill are still there")
                            .contains(scene.live().backedUp().keySet()));
            assertThat(scene.report(EverythingIsThere.class, ".json")).contains("\"outcome\" : \"NOT_CLEANED_UP\"");
        }
    }

    @Test
    void removesOnlyWhatAKilledDrillHasLeft() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            long now = scene.live().scene().time().now().toEpochMilli();
            String killed = "restore-drill-17-" + (now - Duration.ofDays(2).toMillis()) + "-operate-event-8.3.0_";
            String running = "restore-drill-17-" + (now - Duration.ofHours(2).toMillis()) + "-operate-event-8.3.0_";
            String others = "restore-drill-notes";
            scene.live().web().write(killed, "1");
            scene.live().web().write(running, "1");
            scene.live().web().write(others, "1");

            DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            assertThat(scene.live().documents()).doesNotContainKey(killed).containsKeys(running, others);
            assertThat(scene.report(EverythingIsThere.class, ".txt"))
                    .contains("PASSED", "Removed, of an earlier drill: " + killed)
                    .contains("may still run: [" + running + "]");
        }
    }

    @Test
    void theEngineInUseIsNoScratchEngine() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            int before = scene.live().requests();

            EngineExecutionResults results = DrillScene.run(
                    EverythingIsThere.class,
                    scene.underScratchNames().scratchEngine(scene.liveStore()).clearScratchEngine());

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains("is the engine in use", "cluster UUID", "nothing was changed"));
            assertThat(scene.live().changes(before)).isEmpty();
        }
    }

    @Test
    void indicesOnTheScratchEngineAreDeletedOnlyIfThatIsAllowed() {
        try (DrillScene scene = scene(CamundaLine.UP_TO_8_7)) {
            new EngineWeb(scene.scratch().searchEngineUri()).write("operate-event-8.3.0_", "1");

            EngineExecutionResults refused = DrillScene.run(EverythingIsThere.class, scene.onScratchEngine());

            assertThat(DrillScene.failures(refused))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains(
                                    "[operate-event-8.3.0_]",
                                    "clearScratchEngine()",
                                    "CAMUNDA_BACKUP_DRILL_CLEAR=true"));
            assertThat(scene.scratchDocuments()).containsOnlyKeys("operate-event-8.3.0_");

            EngineExecutionResults allowed = DrillScene.run(
                    EverythingIsThere.class, scene.onScratchEngine().clearScratchEngine());

            allowed.testEvents().assertStatistics(events -> events.succeeded(3).failed(0));
            assertThat(scene.scratchDocuments()).isEmpty();
            assertThat(scene.report(EverythingIsThere.class, ".json"))
                    .contains("\"removed\" : [ \"operate-event-8.3.0_\" ]");
        }
    }

    @Test
    void aScratchEngineIsForOneDrillAtATime() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            List<String> refusals = new CopyOnWriteArrayList<>();
            DrillSubjects.meanwhile = () -> refusals.addAll(DrillScene.failures(DrillScene.run(
                    EverythingIsThere.class, scene.onScratchEngine().clearScratchEngine())));

            DrillScene.run(TakesItsTime.class, scene.onScratchEngine())
                    .testEvents()
                    .assertStatistics(events -> events.succeeded(1).failed(0));

            assertThat(refusals)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal)
                            .contains("The restore of backup " + scene.live().backupId(), "is going on"));
            assertThat(scene.scratchDocuments()).isEmpty();
            DrillScene.run(EverythingIsThere.class, scene.onScratchEngine())
                    .testEvents()
                    .assertStatistics(events -> events.succeeded(3).failed(0));
        }
    }

    @Test
    void aDrillThatWasKilledDoesNotKeepTheNextOneFromTheScratchEngine() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            VirtualTime ofTheKilledOne = VirtualTime.create();
            TimeSource.Activity keepsItStill = ofTheKilledOne.activity();
            RestoreLock.of(scene.scratchStore(), Optional.empty(), Optional.empty(), ofTheKilledOne)
                    .take(scene.live().backupId(), () -> {}, lost -> {})
                    .join();

            DrillScene.run(EverythingIsThere.class, scene.onScratchEngine())
                    .testEvents()
                    .assertStatistics(events -> events.succeeded(3).failed(0));

            keepsItStill.close();
            assertThat(scene.report(EverythingIsThere.class, ".txt"))
                    .contains("PASSED", "Warning:", "did not end well");
        }
    }

    @Test
    void aDrillWhoseScratchEngineIsTakenDeletesNothingOfTheOther() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            DrillSubjects.meanwhile = () -> scene.scratchStore()
                    .deleteIndices(List.of("hot-backup-journal"))
                    .join();

            EngineExecutionResults results = DrillScene.run(TakesItsTime.class, scene.onScratchEngine());

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).contains("not removed", "hot-backup-journal"));
            assertThat(scene.scratchDocuments())
                    .containsOnlyKeys(scene.live().backedUp().keySet());
        }
    }

    @Test
    void aScratchEngineWithAnotherRepositoryIsRefused() {
        try (DrillScene scene = scene(CamundaLine.V8_8);
                DrillScene other = scene(CamundaLine.UP_TO_8_7)) {
            EngineExecutionResults results = DrillScene.run(
                    EverythingIsThere.class, scene.underScratchNames().scratchEngine(other.scratchStore()));

            assertThat(other.live().backupId())
                    .as("the same time, the same id")
                    .isEqualTo(scene.live().backupId());
            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure).contains("is not the one of", "Register the same repository"));
            assertThat(other.scratch().requests(RESTORE)).isEmpty();
        }
    }

    @Test
    void withoutABackupThereIsOneClearError() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            scene.live().web().delete("/_snapshot/camunda_backup/camunda_*");

            EngineExecutionResults results = DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains(
                                    "There is no backup in " + scene.liveStore().description(), "take a backup"));
            assertThat(scene.report(EverythingIsThere.class, ".json")).contains("\"outcome\" : \"NOT_RESTORED\"");
        }
    }

    @Test
    void aBackupThatCannotBeRestoredIsRefusedWithItsFindings() {
        try (DrillScene scene = scene(CamundaLine.UP_TO_8_7)) {
            BackupId backupId = scene.live().backupId();
            scene.live().web().delete("/_snapshot/camunda_backup/camunda_operate_" + backupId + "_8.6.0_part_2_of_6");
            int before = scene.live().requests();

            for (RestoreDrill.Builder drill : new RestoreDrill.Builder[] {
                scene.underScratchNames(), scene.underScratchNames().backup(backupId)
            }) {
                EngineExecutionResults results = DrillScene.run(EverythingIsThere.class, drill);

                assertThat(DrillScene.failures(results))
                        .singleElement()
                        .satisfies(
                                failure -> assertThat(failure).contains(backupId.toString(), "INCONSISTENT", "part"));
            }
            assertThat(scene.live().changes(before)).isEmpty();
        }
    }

    @Test
    void aRepositoryThatCannotBeReadIsNotTakenForAnEmptyOne() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            scene.live().web().delete("/_snapshot/camunda_backup");

            EngineExecutionResults results = DrillScene.run(EverythingIsThere.class, scene.underScratchNames());

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure).contains("camunda_backup").doesNotContain("There is no backup in"));
        }
    }

    @Test
    void aClusterThatIsConfiguredIsAskedAndInjected() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            ClusterEndpoints cluster = ClusterEndpoints.builder()
                    .orchestrationCluster(scene.live().scene().cluster().orchestrationUri())
                    .optimize(scene.live().scene().cluster().optimizeUri())
                    .build();

            DrillScene.run(AsksTheCluster.class, scene.onScratchEngine().cluster(cluster))
                    .testEvents()
                    .assertStatistics(events -> events.succeeded(1));

            assertThat(scene.report(AsksTheCluster.class, ".json")).contains("\"verdict\" : \"CONSISTENT\"");
            assertThat(DrillScene.failures(DrillScene.run(AsksTheCluster.class, scene.onScratchEngine())))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).contains("No cluster is configured"));
        }
    }

    @Test
    void aDrillInAFieldThatIsNotStaticSaysSo() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            EngineExecutionResults results = DrillScene.run(NotStatic.class, scene.underScratchNames());

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).contains("Declare the RestoreDrill as a static field"));
        }
    }

    @Test
    void aPlanForScratchNamesIsNotExecutedUnderTheIndicesOwn() {
        try (DrillScene scene = scene(CamundaLine.V8_8)) {
            RestoreClient scratch = scene.live()
                    .scene()
                    .client()
                    .restore(RestoreSettings.builder().scratchPrefix("scratch-").build());
            RestorePlan plan = scratch.plan(scene.live().backupId()).join();
            int before = scene.live().requests();

            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.deletions()).isEmpty();
            assertThat(plan.components()).isEmpty();
            assertThat(plan.toString())
                    .contains("Everything goes on running", "scratch-")
                    .doesNotContain("bin/restore");
            assertThat(plan.toJson()).contains("\"scratchPrefix\" : \"scratch-\"");
            assertThat(RestoreScene.failure(
                            scene.live().scene().client().restore().execute(plan)))
                    .hasMessageContaining(Obstacle.Code.PLAN_OUTDATED.name())
                    .hasMessageContaining("scratch names that begin with scratch-, not for the indices' own names");
            assertThat(scene.live().changes(before)).isEmpty();
        }
    }

    @Test
    void scratchNamesThatTheClusterWouldTakeForItsOwnAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RestoreSettings.builder()
                        .scratchPrefix("operate-drill-")
                        .build())
                .withMessageContaining("operate-");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> RestoreSettings.builder().scratchPrefix("zeebe").build())
                .withMessageContaining("zeebe-record");
    }

    /** Of the cluster in use. */
    private record RecordingControl(List<String> calls) implements ClusterControl {
        @Override
        public CompletableFuture<Void> stop(List<Component> components) {
            return called("stop");
        }

        @Override
        public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
            return called("restoreZeebe");
        }

        @Override
        public CompletableFuture<Void> start(List<Component> components) {
            return called("start");
        }

        private CompletableFuture<Void> called(String method) {
            calls.add(method);
            return CompletableFuture.completedFuture(null);
        }
    }
}
