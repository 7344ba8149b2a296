package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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

            assertThat(Scene.failure(begun.join()).report().outcome())
                    .isIn(BackupReport.Outcome.CANCELLED, BackupReport.Outcome.REFUSED);
        }
    }

    /** Leaves what a process leaves that was killed at the beginning of a backup. */
    private static void crash(Scene scene) {
        scene.backUp();
        BackupJournal journal = scene.client().snapshotStore().journal().orElseThrow();
        JournalEntry ended = journal.read().join().orElseThrow();
        String running = ended.text().replaceFirst("\"state\":\"COMPLETED\"", "\"state\":\"RUNNING\"");
        assertThat(journal.write(running, Optional.of(ended)).join()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void nobodyResumesUnderARunThatLivesBecauseItsJournalCannotBeRead(int status) {
        CompletableFuture<Throwable> recovery = new CompletableFuture<>();
        CompletableFuture<Throwable> backup = new CompletableFuture<>();
        try (Scene scene = scene();
                CamundaBackupClient other = Scene.client(scene.cluster(), stores(), scene.resources())
                        .build()) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.put("/_snapshot/*/camunda_zeebe_records*"))
                    .act(() -> {
                        scene.cluster().faults().at(READ).always().answer(Fault.status(status));
                        recovery.complete(catchThrowable(
                                () -> other.recover(UnknownPause.RESUME).join()));
                        backup.complete(
                                catchThrowable(() -> other.backup().completion().join()));
                        scene.cluster().faults().clear();
                    });

            BackupReport report = scene.backUp();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(recovery.join()).isNotNull();
            assertThat(backup.join()).isNotNull();
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
