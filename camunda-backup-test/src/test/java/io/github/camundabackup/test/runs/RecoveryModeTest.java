package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RecoveryPlan;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.Faults;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores of a cluster of 8.10 whose brokers keep running, in recovery mode. */
class RecoveryModeTest extends AbstractEngineTest {
    private static final RequestMatcher MODE = RequestMatcher.of("PATCH", "/v2/mode");
    private static final RequestMatcher ENTER = RequestMatcher.of("PATCH", "/v2/mode?mode=RECOVERING");
    private static final RequestMatcher LEAVE = RequestMatcher.of("PATCH", "/v2/mode?mode=PROCESSING");
    private static final RequestMatcher RESTORE = RequestMatcher.post("/v2/restore?");
    private static final RequestMatcher DRY_RUN = RequestMatcher.post("/v2/restore?dryRun=true");
    private static final RequestMatcher STATUS = RequestMatcher.get("/v2/restore");
    private static final String SESSIONS = "camunda-web-session-8.8.0_";

    private RestoreScene scene() {
        return scene(cluster -> cluster);
    }

    private RestoreScene scene(UnaryOperator<SimulatedCluster.Builder> changes) {
        return new RestoreScene(Scene.withEndpoints(
                CamundaLine.V8_10,
                engine(),
                stores(),
                cluster -> changes.apply(
                        cluster.duration(Scene.TWO_QUESTIONS).restoreDuration(RestoreScene.RESTORE_DURATION)),
                RecoveryModeTest::overRest));
    }

    static CamundaBackupClient.Builder overRest(CamundaBackupClient.Builder client, SimulatedCluster cluster) {
        return client.restApi(Endpoint.builder(cluster.restApiUri())
                .requestTimeout(Duration.ofSeconds(30))
                .build());
    }

    private static RestoreSettings.Builder settings(RestoreScene scene) {
        return scene.settings().recoveryMode().control(scene.scene().cluster().control());
    }

    private static RestoreClient restore(RestoreScene scene, RestoreSettings.Builder settings) {
        return scene.scene().client().restore(settings.build());
    }

    private static RestoreReport failed(RestoreScene scene) {
        RestoreClient restore = restore(scene, settings(scene));
        return RestoreScene.failure(
                        restore.execute(restore.plan(scene.backupId()).join()))
                .report();
    }

    private static List<RecordedRequest> sent(RestoreScene scene, RequestMatcher matcher) {
        return scene.scene().cluster().requests(matcher).stream()
                .filter(request -> !request.query().contains("dryRun"))
                .toList();
    }

    private static void assertProcessing(RestoreScene scene) {
        assertThat(topology(scene)).contains("\"state\":\"active\"").doesNotContain("recovering");
    }

    private static void assertRecovering(RestoreScene scene) {
        assertThat(topology(scene)).contains("\"state\":\"recovering\"").doesNotContain(":\"active\"");
    }

    private static String topology(RestoreScene scene) {
        return new EngineWeb(scene.scene().cluster().restApiUri()).send("GET", "/v2/topology", "");
    }

    private static boolean isUp(SimulatedCluster cluster, Server server) {
        try {
            return !new EngineWeb(cluster.uri(server))
                    .send("GET", "/actuator", "")
                    .isEmpty();
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    @Test
    void restoresEverythingWhileTheBrokersRun() {
        try (RestoreScene scene = scene()) {
            scene.goOn();
            SimulatedCluster cluster = scene.scene().cluster();
            List<String> seen = new ArrayList<>();
            cluster.faults()
                    .at(RESTORE)
                    .act(() -> seen.add(scene.documents().equals(scene.backedUp()) + " with Optimize "
                            + (isUp(cluster, Server.OPTIMIZE) ? "running" : "stopped")));

            RestoreReport report = scene.restore(settings(scene));

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.remaining()).isEmpty();
            assertThat(report.indices())
                    .isNotEmpty()
                    .allSatisfy(index -> assertThat(index.state()).isEqualTo(State.RESTORED));
            assertThat(seen).containsExactly("true with Optimize stopped");
            assertThat(sent(scene, MODE)).hasSize(1);
            assertThat(isUp(cluster, Server.OPTIMIZE)).isTrue();
            assertProcessing(scene);
            assertThat(backUpLater(scene)).isGreaterThan(scene.backupId());
        }
    }

    /** Brokers that have started replay their logs for a moment. */
    private static BackupId backUpLater(RestoreScene scene) {
        scene.scene().time().delay(Duration.ofMinutes(1)).join();
        return scene.scene().backUp().backupId();
    }

    @Test
    void planSaysWhatTheClusterWouldDoAndChangesNothing() {
        try (RestoreScene scene = scene()) {
            RestorePlan plan = scene.plan(settings(scene));

            assertThat(plan.obstacles()).isEmpty();
            RecoveryPlan recovery = plan.recovery().orElseThrow();
            assertThat(recovery.version()).isEqualTo(scene.scene().cluster().version());
            assertThat(recovery.partitions()).isEqualTo(3);
            assertThat(recovery.entered()).isFalse();
            assertThat(recovery.entering()).contains("ModeChangeOperation (to RECOVERING)");
            assertThat(plan.components()).containsExactly(Component.OPTIMIZE);
            assertThat(plan.warnings()).noneMatch(warning -> warning.contains("Not compared"));
            assertThat(plan.toString())
                    .contains("The brokers keep running", "ModeChangeOperation", "Stop Optimize.", "Start Optimize.")
                    .doesNotContain("bin/restore");
            assertThat(plan.toJson()).contains("\"recovery\"").doesNotContain("\"zeebe\"");
            assertThat(plan.processInstructions()).isEqualTo(plan.kubernetesInstructions());
            assertThat(sent(scene, MODE)).isEmpty();
            assertThat(sent(scene, RESTORE)).isEmpty();
            assertProcessing(scene);
        }
    }

    @Test
    void withoutOptimizeNoControlIsNeeded() {
        try (RestoreScene scene = scene(SimulatedCluster.Builder::withoutOptimize)) {

            RestoreReport report = scene.restore(scene.settings().recoveryMode());

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.remaining()).isEmpty();
            assertProcessing(scene);
        }
    }

    @Test
    void withoutAControlOptimizeMustBeStopped() {
        try (RestoreScene scene = scene()) {
            RestoreSettings.Builder settings = scene.settings().recoveryMode();
            assertThat(scene.plan(settings).obstacles())
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.code()).isEqualTo(Obstacle.Code.COMPONENTS_RUN))
                    .asString()
                    .contains("Optimize");
            scene.scene().cluster().faults().unreachable(Server.OPTIMIZE);

            RestoreReport report = scene.restore(settings);

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.remaining()).containsExactly("Start Optimize.");
            assertProcessing(scene);
        }
    }

    /** camunda#63338: backups of before 8.10.0-rc1 hold the index, and a running cluster makes it again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sessionsOfTheRunningClusterAreLeftAlone(boolean inBackups) {
        try (RestoreScene scene = scene(cluster -> cluster.webSessions(inBackups))) {
            RestorePlan plan = scene.plan(settings(scene));
            assertThat(plan.deletions()).doesNotContain(SESSIONS);
            assertThat(plan.indices()).doesNotContainKey(SESSIONS);
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains(SESSIONS, "camunda#63338"))
                    .noneMatch(warning -> warning.startsWith("Left out"));

            RestoreReport report = scene.restore(settings(scene));

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(scene.documents()).containsKey(SESSIONS);
        }
    }

    @Test
    void whatTheClusterRefusesIsAnObstacle() {
        try (RestoreScene scene = scene()) {
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.of("PATCH", "/v2/mode?*"))
                    .always()
                    .answer(Fault.status(403))
                    .at(DRY_RUN)
                    .always()
                    .answer(Fault.status(403));

            RestorePlan plan = scene.plan(settings(scene));

            assertThat(plan.obstacles())
                    .hasSize(2)
                    .allSatisfy(obstacle -> assertThat(obstacle.code()).isEqualTo(Obstacle.Code.CLUSTER_REFUSES))
                    .anySatisfy(obstacle -> assertThat(obstacle.message()).contains("SYSTEM:UPDATE or BACKUP:RESTORE"))
                    .anySatisfy(obstacle -> assertThat(obstacle.message()).contains("permission BACKUP:RESTORE"));
            RestoreReport report = RestoreScene.failure(
                            restore(scene, settings(scene)).execute(plan))
                    .report();
            assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
            assertProcessing(scene);
        }
    }

    @Test
    void theManagementPortAloneIsNotEnough() {
        try (RestoreScene scene = new RestoreScene(CamundaLine.V8_10, engine(), stores())) {
            assertThat(scene.plan(settings(scene)).obstacles())
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.code()).isEqualTo(Obstacle.Code.CLUSTER_REFUSES))
                    .asString()
                    .contains("restApi");
        }
    }

    @Test
    void aRefusalInRecoveryModeSetsTheClusterBack() {
        try (RestoreScene scene = scene()) {
            // The first one belongs to the plan, and is refused as long as the cluster processes.
            scene.scene().cluster().faults().at(DRY_RUN).after(1).times(1).answer(Fault.status(400));

            RestoreReport report = failed(scene);

            assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.failure())
                    .hasValueSatisfying(why -> assertThat(why).contains("CLUSTER_REFUSES"));
            assertThat(report.deleted()).isEmpty();
            assertThat(report.remaining()).first().asString().contains("the cluster processes again");
            assertThat(sent(scene, LEAVE)).hasSize(1);
            assertProcessing(scene);
            backUpLater(scene);
        }
    }

    /** What was not seen may be half restored. */
    @Test
    void aClusterThatWasNotSeenProcessingIsNotSetBack() {
        try (RestoreScene scene = scene()) {
            RestoreClient restore = restore(scene, settings(scene));
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.scene()
                    .cluster()
                    .faults()
                    .forgetBrokers(1)
                    .at(DRY_RUN)
                    .times(1)
                    .answer(Fault.status(400));

            RestoreReport report = RestoreScene.failure(restore.execute(plan)).report();

            assertThat(report.deleted()).isEmpty();
            assertThat(sent(scene, LEAVE)).isEmpty();
            assertThat(report.remaining()).first().asString().contains("PATCH /v2/mode?mode=PROCESSING");
            assertRecovering(scene);
        }
    }

    /** Stopping Optimize takes its time, and the cluster does not stand still. */
    @ParameterizedTest
    @EnumSource
    void whatBecomesOfTheClusterBeforeTheFirstDeletionIsSeen(Meddling meddling) {
        try (RestoreScene scene = scene(cluster -> cluster.duration(Component.ZEEBE, Duration.ofMinutes(30)))) {
            SimulatedCluster cluster = scene.scene().cluster();
            EngineWeb web = new EngineWeb(cluster.restApiUri());
            String restore = "{\"backupIds\":[" + scene.backupId() + "]}";
            ClusterControl control = new Meddled(cluster.control(), () -> {
                switch (meddling) {
                    case RESTORED -> web.send("POST", "/v2/restore", restore);
                    case SET_BACK -> web.send("PATCH", "/v2/mode?mode=PROCESSING", "");
                }
                return scene.scene().time().delay(Duration.ofSeconds(5));
            });
            RestoreClient client = restore(scene, settings(scene).control(control));
            RestorePlan plan = client.plan(scene.backupId()).join();

            RestoreReport report = RestoreScene.failure(client.execute(plan)).report();

            assertThat(report.deleted()).isEmpty();
            assertThat(report.failure())
                    .hasValueSatisfying(why -> assertThat(why).contains(meddling.words));
        }
    }

    /** Something happens while it stops what is to be stopped. */
    private record Meddled(ClusterControl real, Supplier<CompletableFuture<Void>> meddling) implements ClusterControl {
        @Override
        public List<String> problems(List<Component> components, ZeebeRestore zeebe) {
            return real.problems(components, zeebe);
        }

        @Override
        public CompletableFuture<Void> stop(List<Component> components) {
            return meddling.get().thenCompose(meddled -> real.stop(components));
        }

        @Override
        public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
            return real.restoreZeebe(zeebe);
        }

        @Override
        public CompletableFuture<Void> start(List<Component> components) {
            return real.start(components);
        }
    }

    /** What others do to the cluster meanwhile. */
    private enum Meddling {
        RESTORED("The cluster restores Zeebe already"),
        SET_BACK("The cluster has left recovery mode again");

        private final String words;

        Meddling(String words) {
            this.words = words;
        }
    }

    @Test
    void cancellingBeforeAnythingIsDeletedSetsTheClusterBack() {
        try (RestoreScene scene = scene()) {
            RestoreClient restore = restore(scene, settings(scene));
            RestorePlan plan = restore.plan(scene.backupId()).join();
            AtomicReference<RestoreHandle> handle = new AtomicReference<>();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(DRY_RUN)
                    .act(() -> Objects.requireNonNull(handle.get()).cancel());
            RestoreHandle running = restore.execute(plan);
            handle.set(running);

            RestoreReport report = RestoreScene.failure(running).report();

            assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(report.deleted()).isEmpty();
            assertProcessing(scene);
            assertThat(isUp(scene.scene().cluster(), Server.OPTIMIZE)).isTrue();
        }
    }

    @Test
    void aClusterThatIsHalfRestoredIsNotSetBack() {
        try (RestoreScene scene = scene()) {
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/*/_restore"))
                    .always()
                    .answer(Fault.status(403));

            RestoreReport report = failed(scene);

            assertThat(report.deleted()).isNotEmpty();
            assertThat(report.remaining())
                    .singleElement()
                    .asString()
                    .contains("never set it back to processing", "Make a new plan");
            assertThat(sent(scene, LEAVE)).isEmpty();
            assertRecovering(scene);
            scene.scene().cluster().faults().clear();
            assertCompletes(scene);
        }
    }

    private static void assertCompletes(RestoreScene scene) {
        RestoreReport report = scene.restore(settings(scene));
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(sent(scene, LEAVE)).isEmpty();
        assertProcessing(scene);
        assertThat(isUp(scene.scene().cluster(), Server.OPTIMIZE)).isTrue();
    }

    /** An earlier restore may have deleted something. */
    @Test
    void aClusterThatWasFoundInRecoveryModeIsNotSetBack() {
        try (RestoreScene scene = scene()) {
            new EngineWeb(scene.scene().cluster().restApiUri()).send("PATCH", "/v2/mode?mode=RECOVERING", "");
            scene.scene().time().delay(Duration.ofSeconds(1)).join();
            RestorePlan plan = scene.plan(settings(scene));
            assertThat(plan.recovery().orElseThrow().entered()).isTrue();
            assertThat(plan.recovery().orElseThrow().restoring())
                    .anyMatch(operation -> operation.startsWith(
                            "PartitionRestoreOperation (broker 0, partition 3, from backup " + scene.backupId()));
            scene.scene().cluster().faults().at(DRY_RUN).answer(Fault.status(400));

            RestoreReport report = RestoreScene.failure(
                            restore(scene, settings(scene)).execute(plan))
                    .report();

            assertThat(report.deleted()).isEmpty();
            assertThat(sent(scene, LEAVE)).isEmpty();
            assertRecovering(scene);
            assertCompletes(scene);
        }
    }

    @Test
    void aSingleAnswerThatMakesNoSenseEndsNothing() {
        try (RestoreScene scene = scene()) {
            RestoreClient restore = restore(scene, settings(scene));
            RestorePlan plan = restore.plan(scene.backupId()).join();
            Stream.of(STATUS, RequestMatcher.get("/v2/topology"))
                    .forEach(question -> IntStream.of(0, 1, 2)
                            .forEach(before -> scene.scene()
                                    .cluster()
                                    .faults()
                                    .at(question)
                                    .after(2 * before)
                                    .answer(Fault.of(Fault.Kind.NONSENSE_JSON))));

            assertThat(restore.execute(plan).completion().join().outcome()).isEqualTo(Outcome.COMPLETED);

            assertThat(sent(scene, RESTORE)).hasSize(1);
        }
    }

    @Test
    void lostRepliesAreSettledByAsking() {
        try (RestoreScene scene = scene()) {
            Stream.of(ENTER, RESTORE)
                    .forEach(request ->
                            scene.scene().cluster().faults().at(request).answer(Fault.of(Fault.Kind.CUT_AFTERWARDS)));

            assertCompletes(scene);

            assertThat(sent(scene, ENTER)).hasSize(1);
            assertThat(sent(scene, RESTORE)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 503})
    void whatCannotBeHadNowIsAskedForAgain(int status) {
        try (RestoreScene scene = scene()) {
            Stream.of(ENTER, RESTORE)
                    .forEach(request -> scene.scene()
                            .cluster()
                            .faults()
                            .at(request)
                            .times(4)
                            .answer(Fault.status(status)));

            assertCompletes(scene);

            assertThat(scene.scene().cluster().faults().outstanding()).isZero();
        }
    }

    @Test
    void aPartitionThatIsTriedAgainForEverIsNamedAfterTheDeadline() {
        try (RestoreScene scene = scene()) {
            scene.scene().cluster().faults().stallRestore(2);

            RestoreReport report = failed(scene);

            assertThat(report.failure())
                    .hasValueSatisfying(why -> assertThat(why).contains("partition 2 on broker 0 (", "stepTimeout"));
            assertThat(report.duration()).isLessThan(Duration.ofHours(3));
            assertThat(report.remaining()).first().asString().contains("do not set them back");
            assertRecovering(scene);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRestoreThatEndsOtherwiseLeavesTheClusterInRecoveryMode(boolean cancelled) {
        try (RestoreScene scene = scene(cluster -> cluster.duration(Component.ZEEBE, Duration.ofMinutes(5)))) {
            Faults faults = scene.scene().cluster().faults();
            faults.at(STATUS).after(4).act(() -> {
                if (cancelled) {
                    faults.cancelRestore();
                } else {
                    faults.failRestore();
                }
            });

            RestoreReport report = failed(scene);

            assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.failure())
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains(cancelled ? "Somebody has cancelled" : "has failed to restore Zeebe"));
            assertRecovering(scene);
            assertCompletes(scene);
        }
    }

    @Test
    void aRestoreThatIsUnderWayIsFollowedAndNotBegunAgain() {
        try (RestoreScene scene = scene(cluster -> cluster.duration(Component.ZEEBE, Duration.ofMinutes(30)))) {
            RestoreClient restore = restore(scene, settings(scene));
            RestorePlan plan = restore.plan(scene.backupId()).join();
            AtomicReference<RestoreHandle> handle = new AtomicReference<>();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(STATUS)
                    .after(4)
                    .act(() -> Objects.requireNonNull(handle.get()).cancel());
            RestoreHandle running = restore.execute(plan);
            handle.set(running);
            RestoreReport cancelled = RestoreScene.failure(running).report();
            assertThat(cancelled.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(cancelled.remaining()).first().asString().contains("GET /v2/restore");
            RestorePlan next = scene.plan(settings(scene));
            assertThat(next.deletions()).isEmpty();
            assertThat(next.warnings()).anyMatch(warning -> warning.startsWith("The cluster restores this backup"));

            assertCompletes(scene);

            assertThat(sent(scene, RESTORE)).hasSize(1);
        }
    }

    @Test
    void nothingIsDeletedBelowARestoreThatIsUnderWay() {
        try (RestoreScene scene = scene(cluster -> cluster.duration(Component.ZEEBE, Duration.ofMinutes(30)))) {
            EngineWeb web = new EngineWeb(scene.scene().cluster().restApiUri());
            web.send("PATCH", "/v2/mode?mode=RECOVERING", "");
            scene.scene().time().delay(Duration.ofSeconds(1)).join();
            web.send("POST", "/v2/restore", "{\"backupIds\":[" + scene.backupId() + "]}");
            int before = scene.requests();

            RestoreReport report = failed(scene);

            assertThat(report.failure())
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains("The cluster restores Zeebe already", "DELETE /actuator/cluster/changes/2"));
            assertThat(scene.changes(before)).isEmpty();
            assertThat(sent(scene, LEAVE)).isEmpty();
        }
    }

    @Test
    void anotherRestoreThatIsUnderWayIsAnObstacle() {
        try (RestoreScene scene = scene(cluster -> cluster.duration(Component.ZEEBE, Duration.ofMinutes(30)))) {
            BackupId other = scene.scene().backUp().backupId();
            EngineWeb web = new EngineWeb(scene.scene().cluster().restApiUri());
            web.send("PATCH", "/v2/mode?mode=RECOVERING", "");
            scene.scene().time().delay(Duration.ofSeconds(1)).join();
            web.send("POST", "/v2/restore", "{\"backupIds\":[" + other + "]}");

            assertThat(scene.plan(settings(scene)).obstacles())
                    .singleElement()
                    .asString()
                    .contains("CLUSTER_REFUSES", "something else");
        }
    }

    @Test
    void onlyWhatIsDocumentedIsSent() {
        try (RestoreScene scene = scene()) {
            scene.restore(settings(scene));

            assertThat(scene.scene().cluster().requests())
                    .filteredOn(request -> request.path().startsWith("/v2/mode")
                            || request.path().startsWith("/v2/restore"))
                    .extracting(request ->
                            request.method() + " " + request.path() + " " + request.query() + " " + request.body())
                    .allSatisfy(request -> assertThat(List.of(
                                    "PATCH /v2/mode mode=RECOVERING(&dryRun=true)? ",
                                    "POST /v2/restore (dryRun=true)? \\{\"backupIds\":\\[\\d+]}",
                                    "GET /v2/restore  "))
                            .anyMatch(request::matches));
        }
    }
}
