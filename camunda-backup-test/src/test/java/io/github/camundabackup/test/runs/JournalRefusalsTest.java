package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal in the search engine that may be read and not written, or the other way round, or is full for a while. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class JournalRefusalsTest extends AbstractEngineTest {
    private static final RequestMatcher WRITE = RequestMatcher.of("PUT", "/hot-backup-journal/_doc/*");
    private static final RequestMatcher READ = RequestMatcher.of("GET", "/hot-backup-journal/_doc/*");
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");
    private static final RequestMatcher RESUME = RequestMatcher.post("/actuator/exporting/resume");

    @Test
    void aFullDiskThatIsFreedIsWaitedForInThePause() {
        try (Scene scene = scene()) {
            EngineWeb web = new EngineWeb(scene.cluster().searchEngineUri());
            scene.cluster().faults().at(PAUSE).act(() -> {
                block(web, true);
                scene.time().delay(Duration.ofMinutes(4)).thenRun(() -> block(web, false));
            });

            BackupReport report = scene.backUp();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.warnings()).singleElement().asString().contains("had to wait", "flood-stage");
        }
    }

    private static void block(EngineWeb web, boolean on) {
        web.send("PUT", "/hot-backup-journal/_settings", "{\"index.blocks.read_only_allow_delete\":" + on + "}");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void afterACrashAJournalThatCannotBeWrittenIsNotTriedForEver(int status) {
        try (Scene scene = scene()) {
            crash(scene);
            int before = scene.cluster().requests(WRITE).size();
            scene.cluster().faults().at(WRITE).always().answer(Fault.status(status));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            assertThat(scene.cluster().requests(WRITE)).hasSizeLessThan(before + 50);
        }
    }

    @Test
    void aRecoveryThatCannotWriteItsJournalCanBeCancelled() {
        try (Scene scene = scene()) {
            crash(scene);
            CompletableFuture<BackupHandle> begun = new CompletableFuture<>();
            scene.cluster()
                    .faults()
                    .at(WRITE)
                    .always()
                    .answer(Fault.status(503), () -> begun.join().cancel());
            begun.complete(scene.client().backup());

            assertThat(Scene.failure(begun.join()).report().outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
        }
    }

    /** Leaves what a process leaves that was killed at the beginning of a backup. */
    private static void crash(Scene scene) {
        scene.backUp();
        BackupJournal journal = scene.client().snapshotStore().journal().orElseThrow();
        JournalEntry ended = journal.read().join().orElseThrow();
        String running = ended.text().replaceFirst("\"state\":\"COMPLETED\"", "\"state\":\"RUNNING\"");
        assertThat(running).isNotEqualTo(ended.text());
        assertThat(journal.write(running, Optional.of(ended)).join()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aJournalThatCannotBeReadLetsOthersResumeUnderNoRun(int status) {
        CompletableFuture<Throwable> recovery = new CompletableFuture<>();
        CompletableFuture<Throwable> backup = new CompletableFuture<>();
        CompletableFuture<Boolean> paused = new CompletableFuture<>();
        try (Scene scene = scene();
                CamundaBackupClient other = Scene.client(scene.cluster(), stores(), scene.resources())
                        .build()) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.put("/_snapshot/*/camunda_zeebe_records*"))
                    // Not waited for here: no time passes while a request is under way.
                    .act(() -> {
                        scene.cluster().faults().at(READ).always().answer(Fault.status(status));
                        other.recover(UnknownPause.RESUME)
                                .handle((recovered, refused) -> recovery.complete(refused))
                                .thenCompose(done -> other.backup().completion())
                                .whenComplete((taken, refused) -> {
                                    paused.complete(scene.cluster().exportingPaused());
                                    scene.cluster().faults().clear();
                                    backup.complete(refused);
                                });
                    });

            BackupReport report = scene.backUp();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(recovery.join()).hasMessageContaining(String.valueOf(status));
            assertThat(backup.join()).hasMessageContaining(String.valueOf(status));
            assertThat(paused.join()).as("all this was in its pause").isTrue();
            assertThat(scene.cluster().requests(RESUME)).hasSize(1);
        }
    }

    /** Minutes of a snapshot of records, so that the lock has to be renewed. */
    private Scene scene() {
        return Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.partitions(1).duration(Component.ZEEBE_RECORDS, Duration.ofMinutes(3)),
                client -> client);
    }
}
