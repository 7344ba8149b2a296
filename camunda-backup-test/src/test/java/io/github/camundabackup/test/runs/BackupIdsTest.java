package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.component.ZeebeClient;
import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids that backups choose by themselves: higher than all that are known. */
class BackupIdsTest extends AbstractEngineTest {
    private Scene scene() {
        return Scene.of(CamundaLine.V8_9, engine(), stores());
    }

    private static void takeOfZeebeAlone(Scene scene, BackupId id) {
        ZeebeClient zeebe = scene.client().cluster().join().zeebe();
        zeebe.take(id)
                .thenCompose(taken -> zeebe.awaitCompletion(id, Duration.ofMinutes(1), backup -> {}))
                .join();
    }

    @Test
    void millisecondsFollowMillisecondsWhichIsSaidOnce() {
        try (Scene scene = scene()) {
            BackupId generated = BackupId.of(scene.time().now().toEpochMilli());
            takeOfZeebeAlone(scene, generated);

            assertThat(scene.client().preflight().join())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("time in milliseconds", generated.toString()));
            BackupReport first = scene.backUp();
            BackupReport second = scene.backUp();

            assertThat(first.backupId().looksLikeMilliseconds()).isTrue();
            assertThat(first.backupId()).isGreaterThan(generated);
            assertThat(first.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning)
                            .contains(first.backupId() + ", and those of later ones", "Zeebe has the id " + generated));
            assertThat(second.backupId()).isGreaterThan(first.backupId());
            assertThat(second.warnings()).isEmpty();
        }
    }

    @Test
    void theIdIsFinalWhenTheBackupStarts() {
        List<BackupId> started = new CopyOnWriteArrayList<>();
        BackupListener listener = new BackupListener() {
            @Override
            public void started(BackupId backupId, BackupPlan plan, Instant at) {
                started.add(backupId);
            }
        };
        try (Scene scene = Scene.of(
                CamundaLine.V8_9, engine(), stores(), cluster -> cluster, client -> client.listener(listener))) {
            takeOfZeebeAlone(scene, BackupId.of(scene.time().now().toEpochMilli()));

            BackupHandle handle = scene.client().backup();
            BackupId id = handle.completion().join().backupId();

            assertThat(handle.backupId()).isEqualTo(id);
            assertThat(started).containsExactly(id);
            assertThat(scene.client().consistency().check(id).join().isRestorable())
                    .isTrue();
        }
    }

    @Test
    void afterAnIdThatIsHigherThanTheTimeComesTheNextOne() {
        try (Scene scene = scene()) {
            BackupId aSecondLater = BackupId.ofEpochSecond(scene.time().now().plusSeconds(30));
            takeOfZeebeAlone(scene, aSecondLater);

            BackupReport report = scene.backUp();

            assertThat(report.backupId()).isEqualTo(BackupId.of(aSecondLater.value() + 1));
            assertThat(report.warnings()).isEmpty();
        }
    }

    @Test
    void aClockThatHasGoneBackIsSaid() {
        try (Scene scene = scene()) {
            BackupId tomorrow = BackupId.ofEpochSecond(scene.time().now().plus(Duration.ofDays(1)));
            scene.client().backup(tomorrow).completion().join();

            BackupReport report = scene.backUp();

            assertThat(report.backupId()).isEqualTo(BackupId.of(tomorrow.value() + 1));
            assertThat(report.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("a clock is wrong", tomorrow.toString()));
        }
    }

    @Test
    void thereIsNoneAboveTheHighest() {
        try (Scene scene = scene()) {
            BackupId highest = BackupId.of(999_999_999_999_999_999L);
            takeOfZeebeAlone(scene, highest);

            assertThat(scene.failToBackUp())
                    .hasMessageContaining("not higher than " + highest)
                    .hasMessageContaining("no higher one");
        }
    }

    @Test
    void anotherProgramsIdInTheMiddleIsOneErrorAndTheNextBackupIsHigher() {
        try (Scene scene = scene()) {
            BackupId others = BackupId.ofEpochSecond(scene.time().now().plusSeconds(500));
            ZeebeClient zeebe = scene.client().cluster().join().zeebe();
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/exporting/pause"))
                    .act(() -> zeebe.take(others).join());

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.getCause())
                    .isInstanceOf(BackupIdInUseException.class)
                    .hasMessageContaining("latest backup has id " + others)
                    .hasMessageContaining("Take a higher id for the whole backup");
            assertThat(scene.cluster().exportingPaused()).isFalse();
            assertThat(scene.backUp().backupId()).isGreaterThan(others);
        }
    }

    @Test
    void theIdOfADeletedBackupIsKnownByItsCheckpoint() {
        try (Scene scene = scene()) {
            BackupId deleted = BackupId.of(scene.time().now().toEpochMilli());
            takeOfZeebeAlone(scene, deleted);
            scene.client().cluster().join().zeebe().delete(deleted).join();

            assertThat(scene.backUp().backupId()).isGreaterThan(deleted);
        }
    }

    /** A cluster with continuous backups, which refuses all ids that it has not generated. */
    private Scene refusing(CamundaLine line) {
        return Scene.withEndpoints(
                line,
                engine(),
                stores(),
                SimulatedCluster.Builder::generatedBackupIds,
                (client, cluster) ->
                        cluster.servers().contains(Server.REST_API) ? client.restApi(cluster.restApiUri()) : client);
    }

    private static Stream<CamundaLine> refusing() {
        return Stream.of(CamundaLine.V8_9, CamundaLine.V8_10);
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void aClusterThatRefusesTheIdIsFoundBeforeAnythingIsBegun(CamundaLine line) {
        try (Scene scene = refusing(line)) {
            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.getCause())
                    .isInstanceOf(PreflightFailedException.class)
                    .hasMessageContaining("makes checkpoints by itself");
            assertThat(scene.cluster().pauseWindows()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void whereOnlyTheRequestTellsItTheErrorSaysWhatToDo(CamundaLine line) {
        try (Scene scene = refusing(line)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.get("/**/state"))
                    .always()
                    .answer(Fault.status(404));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.getCause())
                    .isNotInstanceOf(PreflightFailedException.class)
                    .hasMessageContaining("schedule, checkpoint-interval");
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }
}
