package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long the engine is waited for while it restores. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class RestoreWatchTest extends AbstractEngineTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final RequestMatcher HEALTH = RequestMatcher.get("/_cluster/health/**");

    private RestoreScene scene(Duration each) {
        RestoreScene scene = new RestoreScene(Scene.of(
                CamundaLine.V8_8, engine(), stores(), cluster -> cluster.restoreDuration(each), client -> client));
        scene.stop();
        return scene;
    }

    private static RestoreSettings.Builder patient(RestoreScene scene) {
        return scene.settings().stepTimeout(PATIENCE);
    }

    private static RestoreFailedException failure(RestoreScene scene, RestoreSettings.Builder settings) {
        RestoreClient restore = scene.scene().client().restore(settings.build());
        return RestoreScene.failure(
                restore.execute(restore.plan(scene.backupId()).join()));
    }

    @Test
    void goesOnBeyondTheTimeoutWhileThereIsProgress() {
        try (RestoreScene scene = scene(PATIENCE.plusSeconds(36))) {
            RestoreReport report = scene.restore(patient(scene));

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.duration()).isGreaterThan(PATIENCE);
        }
    }

    @Test
    void snapshotsAreRestoredAtTheSameTime() {
        Duration each = Duration.ofMinutes(2);
        try (RestoreScene scene = scene(each)) {
            List<Long> bytes = new CopyOnWriteArrayList<>();
            int before = scene.requests();

            RestoreReport report = scene.restore(patient(scene).listener(new RestoreListener() {
                @Override
                public void progress(BackupId backupId, RestoreStatus status) {
                    if (status.step() == Step.RESTORING) {
                        bytes.add(status.bytesDone());
                    }
                }
            }));

            assertThat(report.duration()).isBetween(each, each.multipliedBy(2));
            assertThat(bytes).isSorted();
            List<RecordedRequest> requests =
                    scene.scene().cluster().requests().stream().skip(before).toList();
            List<String> begun = requests.stream()
                    .map(RecordedRequest::path)
                    .filter(path -> path.endsWith("/_restore"))
                    .map(path -> path.split("/", -1)[3])
                    .toList();
            assertThat(begun)
                    .hasSizeGreaterThan(6)
                    .containsExactlyElementsOf(report.indices().stream()
                            .map(RestoreReport.Index::snapshot)
                            .distinct()
                            .toList());
            // All of them are asked about in one poll: 245 in two minutes.
            long polls = requests.stream()
                    .filter(request -> request.path().endsWith("/_recovery"))
                    .count();
            assertThat(polls).isLessThan(300);
        }
    }

    @Test
    void whatIsWholeIsCountedWhileTheRestStillTakes() {
        try (RestoreScene scene = scene(Duration.ofSeconds(5))) {
            scene.scene().cluster().faults().unrestorable("operate-event-8.3.0_");
            int before = scene.requests();

            failure(scene, patient(scene));

            assertThat(scene.scene().cluster().requests().stream()
                            .skip(before)
                            .map(RecordedRequest::path)
                            .filter(path -> path.endsWith("/_count")))
                    .hasSizeGreaterThan(9)
                    .noneMatch(path -> path.contains("operate-event"));
        }
    }

    @Test
    void endsWithTheReasonWhenTheEngineGivesUp() {
        try (RestoreScene scene = scene(Duration.ofSeconds(5))) {
            scene.scene().cluster().faults().unrestorable("operate-event-8.3.0_");

            RestoreFailedException failed = failure(scene, patient(scene));

            assertThat(failed)
                    .hasMessageContaining("The engine has given up the restore of the snapshot camunda_webapps_")
                    .hasMessageContaining(
                            "shard 0 of the index operate-event-8.3.0_ is not restored: shard has failed to be"
                                    + " restored from the snapshot");
            assertThat(failed.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.report().duration()).isLessThan(PATIENCE);
            assertThat(failed.report().indices())
                    .filteredOn(index -> index.name().equals("operate-event-8.3.0_"))
                    .singleElement()
                    .satisfies(index -> assertThat(index.state()).isEqualTo(State.INCOMPLETE));
        }
    }

    @Test
    void endsWhenAnIndexVanishes() {
        try (RestoreScene scene = scene(PATIENCE.multipliedBy(2))) {
            RestorePlan plan = scene.plan();
            String index = plan.snapshots().get(0).indices().get(0);
            AtomicBoolean deleted = new AtomicBoolean();

            RestoreFailedException failed = failure(scene, patient(scene).listener(new RestoreListener() {
                @Override
                public void progress(BackupId backupId, RestoreStatus status) {
                    if (status.bytesDone() > 0 && deleted.compareAndSet(false, true)) {
                        plan.snapshots()
                                .get(0)
                                .indices()
                                .forEach(each -> scene.web().delete("/" + each));
                    }
                }
            }));

            assertThat(deleted).isTrue();
            assertThat(failed)
                    .hasMessageContaining("not there any more")
                    .hasMessageContaining(plan.snapshots().get(0).name().toString());
            assertThat(failed.report().duration()).isLessThan(PATIENCE);
            assertThat(failed.report().indices())
                    .filteredOn(each -> each.name().equals(index))
                    .singleElement()
                    .satisfies(each -> assertThat(each.state()).isEqualTo(State.NOT_RESTORED));
        }
    }

    @Test
    void anOutageOfTheEngineIsWaitedForAndSaid() {
        try (RestoreScene scene = scene(PATIENCE.multipliedBy(2))) {
            AtomicBoolean away = new AtomicBoolean();
            List<String> said = new CopyOnWriteArrayList<>();
            RestoreListener silencing = new RestoreListener() {
                @Override
                public void progress(BackupId backupId, RestoreStatus status) {
                    if (status.bytesDone() > 0 && away.compareAndSet(false, true)) {
                        scene.scene().cluster().faults().at(HEALTH).always().answer(Fault.status(503));
                        scene.scene()
                                .time()
                                .delay(Duration.ofSeconds(30))
                                .thenRun(scene.scene().cluster().faults()::clear);
                    }
                }

                @Override
                public void waiting(BackupId backupId, String why, Instant at) {
                    said.add(why);
                }
            };

            RestoreReport report = scene.restore(patient(scene).listener(silencing));

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(said).singleElement().asString().contains("status 503");
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("The restore had to wait for ", "status 503"));
        }
    }

    @Test
    void endsAtTheTimeoutWhenTheEngineSaysNothing() {
        try (RestoreScene scene = scene(Duration.ofSeconds(5))) {
            RestoreListener silencing = new RestoreListener() {
                @Override
                public void progress(BackupId backupId, RestoreStatus status) {
                    if (status.step() == Step.RESTORING) {
                        scene.scene().cluster().faults().at(HEALTH).always().answer(Fault.status(503));
                    }
                }
            };

            RestoreFailedException failed = failure(scene, patient(scene).listener(silencing));

            assertThat(failed)
                    .hasMessageContaining("Waiting for the restore of the snapshot camunda_optimize_")
                    .hasMessageContaining("to go on did not end within 18")
                    .hasMessageContaining("stepTimeout");
        }
    }
}
