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
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Something that is backed up and that this library does not know, added by its user. */
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
            assertThat(Scene.failure(scene.client().backup()))
                    .hasMessageContaining("9999999999, which the document store has already");
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
        CompletableFuture<Void> reached = new CompletableFuture<>();
        Recording events = new Recording();
        events.on("started DOCUMENT_STORE", () -> reached.complete(null));
        documents.copied(new CompletableFuture<>());
        try (Scene scene = Scene.of(
                line,
                engine(),
                stores(),
                UnaryOperator.identity(),
                client -> client.participant(documents).listener(events))) {
            BackupHandle handle = scene.client().backup();
            reached.join();
            handle.cancel();
            BackupFailedException failure = Scene.failure(handle);

            assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(failure.report().step(DocumentStore.COMPONENT).map(StepReport::state))
                    .contains(StepReport.State.ABANDONED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }
}
