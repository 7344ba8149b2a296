package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Lines;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Something that is backed up and that this library does not know, added by its user. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class OwnParticipantTest extends AbstractEngineTest {
    private final DocumentStore documents = new DocumentStore();

    private Scene scene(CamundaLine line) {
        return Scene.of(line, engine(), stores(), UnaryOperator.identity(), client -> client.participant(documents));
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#ALL")
    void isPlannedTogetherWithTheApplications(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupPlan plan = scene.client().plan().join();

            assertThat(plan.groups().get(0)).contains(DocumentStore.COMPONENT);
            assertThat(plan.toString()).contains("copy of the document store");
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#ALL")
    void isRunReportedAndChecked(CamundaLine line) {
        Recording events = new Recording();
        try (Scene scene = Scene.of(
                line,
                engine(),
                stores(),
                UnaryOperator.identity(),
                client -> client.participant(documents).listener(events))) {
            BackupReport report = scene.backUp();

            assertThat(report.step(DocumentStore.COMPONENT).map(StepReport::state))
                    .contains(StepReport.State.COMPLETED);
            assertThat(report.toString()).contains("document store");
            assertThat(BackupReport.fromJson(report.toJson())
                            .step(DocumentStore.COMPONENT)
                            .map(StepReport::state))
                    .contains(StepReport.State.COMPLETED);
            assertThat(events.events())
                    .containsSubsequence("started DOCUMENT_STORE", "finished DOCUMENT_STORE", "started ZEEBE_RECORDS");
            ConsistencyReport check =
                    scene.client().consistency().check(report.backupId()).join();
            assertThat(check).isConsistent().hasOnlyFindings().provesEveryPartition();
            assertThat(check.components())
                    .anySatisfy(part -> assertThat(part.component()).isEqualTo(DocumentStore.COMPONENT));
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void missingPartMakesABackupInconsistent() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId id = scene.backUp().backupId();
            documents.forget(id);

            assertThat(scene.client().consistency().check(id).join())
                    .isInconsistent()
                    .hasOnlyFindings(FindingCode.COMPONENT_MISSING);
        }
    }

    @Test
    void failedPartMakesABackupInconsistent() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId id = scene.backUp().backupId();
            documents.set(id, BackupState.FAILED);

            assertThat(scene.client().consistency().check(id).join())
                    .isInconsistent()
                    .hasOnlyFindings(FindingCode.COMPONENT_FAILED);
        }
    }

    @Test
    void partThatIsNotAskedLeavesABackupUnverifiable() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId id = scene.backUp().backupId();

            try (CamundaBackupClient unknowing =
                    Scene.client(scene.cluster(), stores(), scene.resources()).build()) {
                assertThat(unknowing.consistency().check(id).join())
                        .isUnverifiable()
                        .hasOnlyFindings(FindingCode.NOT_ASKED);
            }
        }
    }

    @Test
    void itsProblemRefusesABackup() {
        documents.refuse("The document store is read-only. Make it writable.");
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupFailedException failure = Scene.failure(scene.client().backup());

            assertThat(failure.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(failure).hasMessageContaining("The document store is read-only");
            assertThat(scene.cluster().pauseWindows()).isEmpty();
        }
    }

    @Test
    void itsIdsCount() {
        documents.set(BackupId.of(9_999_999_999L), BackupState.COMPLETED);
        try (Scene scene = scene(CamundaLine.V8_8)) {
            assertThat(scene.backUp().backupId()).isEqualTo(BackupId.of(10_000_000_000L));
            assertThat(Scene.failure(scene.client().backup(BackupId.of(9_999_999_999L))))
                    .hasMessageContaining("10000000000, which");
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void itsFailureEndsTheRunAndThePause(CamundaLine line) {
        documents.copied(CompletableFuture.failedFuture(DocumentStore.full()));
        try (Scene scene = scene(line)) {
            BackupFailedException failure = Scene.failure(scene.client().backup());

            assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failure).hasMessageContaining("disk is full");
            assertThat(failure.report().step(DocumentStore.COMPONENT).map(StepReport::state))
                    .contains(StepReport.State.FAILED);
            assertThat(failure.pause().state()).isIn(PauseReport.State.RESUMED, PauseReport.State.NOT_PAUSED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void waitingForItIsCancelled(CamundaLine line) {
        CompletableFuture<BackupHandle> running = new CompletableFuture<>();
        Recording events = new Recording();
        // No time passes while a listener works.
        events.on("started DOCUMENT_STORE", () -> running.join().cancel());
        documents.copied(new CompletableFuture<>());
        try (Scene scene = Scene.of(
                line,
                engine(),
                stores(),
                UnaryOperator.identity(),
                client -> client.participant(documents).listener(events))) {
            BackupHandle handle = scene.client().backup();
            running.complete(handle);
            BackupFailedException failure = Scene.failure(handle);

            assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(failure.report().step(DocumentStore.COMPONENT).map(StepReport::state))
                    .contains(StepReport.State.ABANDONED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverItsExaminationDoesRefusesABackup(DocumentStore.Fault fault) {
        documents.misbehave(DocumentStore.Method.EXAMINE, fault);
        try (Scene scene = scene(CamundaLine.V8_8)) {
            if (fault == DocumentStore.Fault.ANSWERS_NULL) {
                // That is how nothing is answered.
                assertThat(scene.backUp().outcome()).isEqualTo(Outcome.COMPLETED);
                return;
            }
            BackupFailedException failure = Scene.failure(scene.client().backup());

            assertThat(failure.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(failure).hasMessageContaining("document store: its examination");
            assertThat(scene.cluster().pauseWindows()).isEmpty();
        }
    }

    static Stream<Arguments> stepsAndFaults() {
        return Stream.of(DocumentStore.Method.START, DocumentStore.Method.FOLLOW)
                .flatMap(method -> Arrays.stream(DocumentStore.Fault.values())
                        .flatMap(fault -> Lines.DIFFERENT.stream().map(line -> Arguments.of(method, fault, line))));
    }

    @ParameterizedTest
    @MethodSource("stepsAndFaults")
    void whateverItDoesEndsTheRunAndThePause(DocumentStore.Method method, DocumentStore.Fault fault, CamundaLine line) {
        documents.misbehave(method, fault);
        try (Scene scene = scene(line)) {
            BackupFailedException failure = Scene.failure(scene.client().backup());

            assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failure.report().step(DocumentStore.COMPONENT).map(StepReport::state))
                    .hasValueSatisfying(
                            state -> assertThat(state).isIn(StepReport.State.FAILED, StepReport.State.ABANDONED));
            if (fault != DocumentStore.Fault.NEVER_ANSWERS) {
                assertThat(failure).hasMessageContaining("document store: the");
            }
            assertThat(failure.pause().state()).isIn(PauseReport.State.RESUMED, PauseReport.State.NOT_PAUSED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
            assertThat(failure.report().steps()).extracting(StepReport::state).doesNotContain(StepReport.State.STARTED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_PROGRESS", "FAILED", "INCOMPLETE"})
    void partThatIsNotCompleteCompletesNoStep(BackupState state) {
        documents.endsAs(state);
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupFailedException failure = Scene.failure(scene.client().backup());

            assertThat(failure).hasMessageContaining("in the state " + state);
            assertThat(failure.report().step(DocumentStore.COMPONENT).map(StepReport::state))
                    .contains(StepReport.State.FAILED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverItAnswersLeavesABackupUnverifiable(DocumentStore.Fault fault) {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId id = scene.backUp().backupId();
            documents.misbehave(DocumentStore.Method.GET, fault);

            assertThat(scene.client().consistency().check(id).join()).isUnverifiable();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverItListsTrustsNoBackup(DocumentStore.Fault fault) {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            scene.backUp();
            documents.misbehave(DocumentStore.Method.LIST, fault);

            assertThat(scene.client().consistency().checkAll().join())
                    .singleElement()
                    .satisfies(report -> assertThat(report).isUnverifiable());
        }
    }
}
