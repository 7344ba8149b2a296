package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.OperatorControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores of a whole cluster, in which somebody stops and starts the components. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class RestoreControlTest extends AbstractEngineTest {
    private RestoreScene scene(CamundaLine line) {
        return new RestoreScene(line, engine(), stores());
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void zeebeIsStoppedLastAndStartedFirst(CamundaLine line) {
        try (RestoreScene scene = scene(line)) {
            scene.goOn();
            Control control = new Control(scene);
            control.startTakes(Duration.ofMinutes(5));

            RestoreReport report =
                    scene.restore(scene.settings().control(control).brokers(1));

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(control.calls())
                    .isEqualTo(
                            line.equals(CamundaLine.UP_TO_8_7)
                                    ? List.of(
                                            "stop [OPTIMIZE, OPERATE, TASKLIST, ZEEBE]",
                                            "restore",
                                            "start [ZEEBE] while [] answer",
                                            "start [OPTIMIZE, OPERATE, TASKLIST] while [ZEEBE] answer")
                                    : List.of(
                                            "stop [OPTIMIZE, WEB_APPLICATIONS, ZEEBE]",
                                            "restore",
                                            "start [ZEEBE, WEB_APPLICATIONS] while [] answer",
                                            "start [OPTIMIZE] while [ORCHESTRATION] answer"));
            assertThat(control.answering()).isEqualTo(camunda(scene));
        }
    }

    @Test
    void reportNamesWhatDoesNotAnswerAfterItsStart() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            Control control = new Control(scene);
            control.breakDown(Server.TASKLIST);

            RestoreReport report = failed(scene, scene.settings().control(control));

            assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.failure())
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .startsWith("Starting Optimize, Operate, Tasklist did not end within 7200 s.")
                            .contains(
                                    "Tasklist at " + scene.scene().cluster().uri(Server.TASKLIST) + " does not answer")
                            .contains("stepTimeout")
                            .doesNotContain("Operate at"));
            assertThat(report.remaining())
                    .containsExactly(
                            "Start Zeebe first, and once it answers Optimize, Operate, Tasklist, in version 8.6.0"
                                    + " of everything.");
        }
    }

    @Test
    void withoutEndpointsZeebeIsStartedFirstAllTheSame() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.stop();
            Control control = new Control(scene);
            RestoreClient restore = RestoreClient.create(
                    scene.scene().client().snapshotStore(),
                    scene.settings().control(control).build(),
                    scene.scene().resources());

            RestoreReport report = restore.execute(
                            restore.plan(scene.backupId()).join())
                    .completion()
                    .join();

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(control.calls())
                    .containsExactly(
                            "stop [OPTIMIZE, OPERATE, TASKLIST, ZEEBE]",
                            "restore",
                            "start [ZEEBE] while [] answer",
                            "start [OPTIMIZE, OPERATE, TASKLIST] while [ZEEBE] answer");
        }
    }

    @Test
    void failureOfStoppingLeavesOnlyTheStart() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            Control control = new Control(scene);
            control.failAt("stop");

            RestoreReport report = failed(scene, scene.settings().control(control));

            assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.deleted()).isEmpty();
            assertThat(report.remaining())
                    .containsExactly(
                            "Optimize, Operate, Tasklist, Zeebe were asked to stop, and nothing else was changed. Make a new plan of"
                                    + " backup " + scene.backupId() + " and execute it, or start them again.",
                            "Start Zeebe first, and once it answers Optimize, Operate, Tasklist.");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureHalfWayLeavesAnotherRestore(boolean withControl) {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            scene.stop();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/*/_restore"))
                    .always()
                    .answer(Fault.status(403));
            RestoreSettings.Builder settings = scene.settings();

            RestoreReport report = failed(scene, withControl ? settings.control(new Control(scene)) : settings);

            assertThat(report.deleted()).isNotEmpty();
            String again = "Make a new plan of backup " + scene.backupId()
                    + " and execute it: what is restored is kept, and the rest";
            if (withControl) {
                assertThat(report.remaining())
                        .containsExactly(again + ", Zeebe and the start follow. Start nothing before.");
            } else {
                assertThat(report.remaining())
                        .satisfiesExactly(
                                first -> assertThat(first).isEqualTo(again + " is restored. Start nothing before."),
                                clear -> assertThat(clear).startsWith("Delete the data of every Zeebe broker."),
                                restore -> assertThat(restore).contains("bin/restore --backupId=" + scene.backupId()),
                                start -> assertThat(start).startsWith("Start Zeebe first"));
            }
        }
    }

    @Test
    void failureOfZeebesRestoreLeavesZeebeAndTheStart() {
        try (RestoreScene scene = scene(CamundaLine.UP_TO_8_7)) {
            Control control = new Control(scene);
            control.failAt("restore");

            RestoreReport report = failed(scene, scene.settings().control(control));

            assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.indices())
                    .allSatisfy(index -> assertThat(index.state()).isEqualTo(State.RESTORED));
            assertThat(report.remaining())
                    .satisfiesExactly(
                            again -> assertThat(again)
                                    .isEqualTo(
                                            "Every index is restored, and Zeebe is not, or not on every broker: start nothing before it is. Make a new plan of"
                                                    + " backup " + scene.backupId()
                                                    + " and execute it, which keeps the indices; or do the rest by hand:"),
                            clear -> assertThat(clear).startsWith("Delete the data of every Zeebe broker."),
                            restore -> assertThat(restore).contains("bin/restore --backupId=" + scene.backupId()),
                            start -> assertThat(start).startsWith("Start Zeebe first"));
            assertThat(report.toString()).contains(report.remaining());
        }
    }

    @Test
    void refusalLeavesNothing() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            assertThat(failed(scene, scene.settings()).remaining()).isEmpty();
        }
    }

    @Test
    void stopsNothingForAnOutdatedPlan() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            Control control = new Control(scene);
            RestoreClient restore = restore(scene, scene.settings().control(control));
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.web().write(RestoreScene.NEXT_DAY, "later");
            int before = scene.requests();

            RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

            assertThat(refused).hasMessageContaining("PLAN_OUTDATED").hasMessageContaining(RestoreScene.NEXT_DAY);
            assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(control.calls()).isEmpty();
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void findsWhatIsMadeWhileComponentsAreStopped() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            Control control = new Control(scene) {
                @Override
                public CompletableFuture<Void> stop(List<Component> components) {
                    scene.web().write(RestoreScene.NEXT_DAY, "later");
                    return super.stop(components);
                }
            };
            int before = scene.requests();

            RestoreReport report = failed(scene, scene.settings().control(control));

            assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.failure())
                    .hasValueSatisfying(failure -> assertThat(failure).contains("PLAN_OUTDATED"));
            assertThat(report.remaining()).hasSize(2).first().asString().contains("asked to stop");
            assertThat(scene.changes(before)).noneMatch(change -> change.startsWith("DELETE"));
        }
    }

    @Test
    void doesNotDeleteWhatIsToBeKeptSince() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.goOn();
            scene.stop();
            RestorePlan plan = scene.plan();
            int before = scene.requests();

            RestoreFailedException refused = RestoreScene.failure(
                    restore(scene, scene.settings().keep(RestoreScene.NEXT_DAY)).execute(plan));

            assertThat(plan.deletions()).contains(RestoreScene.NEXT_DAY);
            assertThat(refused).hasMessageContainingAll("PLAN_OUTDATED", "[" + RestoreScene.NEXT_DAY + "]", "keep");
            assertThat(refused.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void cancellingDoesNotWaitForAnOperator() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            CompletableFuture<Void> confirmation = new CompletableFuture<>();
            CompletableFuture<String> asked = new CompletableFuture<>();
            RestoreClient restore = restore(scene, scene.settings().control(OperatorControl.confirmedBy(task -> {
                asked.complete(task);
                return confirmation;
            })));
            RestoreHandle handle =
                    restore.execute(restore.plan(scene.backupId()).join());
            asked.join();

            handle.cancel();

            RestoreReport report = RestoreScene.failure(handle).report();
            assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(report.failure()).hasValue("It was cancelled.");
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("STOPPING", "not known"));
            assertThat(report.remaining()).first().asString().contains("asked to stop");
        }
    }

    @Test
    void closingDoesNotWaitForAnOperator() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            RestoreClient restore = restore(scene, scene.settings().control(OperatorControl.confirmedBy(task -> {
                asked.complete(task);
                return new CompletableFuture<>();
            })));
            RestoreHandle handle =
                    restore.execute(restore.plan(scene.backupId()).join());
            asked.join();

            scene.scene().client().close();

            assertThat(RestoreScene.failure(handle)).hasMessageContaining("The client was closed.");
        }
    }

    @Test
    void warnsOfWhatMayRunWithoutWaiting() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            RestoreReport report = scene.restore(
                    scene.settings().control(new LazyControl(scene)).accept(Obstacle.Code.COMPONENTS_RUN));

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.duration()).isLessThan(RestoreSettings.defaults().stepTimeout());
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .startsWith("Accepted: COMPONENTS_RUN: Optimize at ")
                            .contains("is not stopped"));
        }
    }

    @Test
    void namesWhatDoesNotStop() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            int before = scene.requests();

            RestoreReport report = failed(scene, scene.settings().control(new LazyControl(scene)));

            assertThat(report.failure())
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .startsWith("Stopping the components did not end within 7200 s.")
                            .contains("Optimize at " + scene.scene().cluster().uri(Server.OPTIMIZE) + " is not stopped")
                            .contains("stepTimeout"));
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void findsAFailingRepositoryBeforeStopping() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            Control control = new Control(scene);
            RestoreClient restore = restore(scene, scene.settings().control(control));
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.scene().cluster().faults().repositoryUnusable(true);
            int before = scene.requests();

            RestoreReport report = RestoreScene.failure(restore.execute(plan)).report();

            assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(report.failure())
                    .hasValueSatisfying(failure -> assertThat(failure).contains("verify the repository"));
            assertThat(control.calls()).isEmpty();
            assertThat(scene.changes(before)).isEmpty();
        }
    }

    @Test
    void warnsOfARepositoryThatCannotBeVerified() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.stop();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/_verify"))
                    .always()
                    .answer(Fault.status(403));

            RestoreReport report = scene.restore();

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .startsWith("It was not verified that every node reaches the repository "
                                    + scene.scene().cluster().repository() + ", as the account may not ask for that.")
                            .contains("cluster:admin/repository/verify"));
        }
    }

    @Test
    void warnsOfAnEngineThatDoesNotTellItsVersion() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            scene.stop();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.get("/"))
                    .always()
                    .answer(Fault.status(403));

            RestorePlan plan = scene.plan();

            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.warnings())
                    .contains(
                            "Not verified whether the engine is as new as the one that made the snapshots: the account lacks the"
                                    + " privilege to see its version.");
        }
    }

    @Test
    void readOnlyRepositoryIsEnoughAndWarnedOfOnce() {
        try (RestoreScene scene = scene(CamundaLine.V8_8)) {
            String path = "/_snapshot/" + scene.scene().cluster().repository();
            scene.web()
                    .send(
                            "PUT",
                            path,
                            scene.web()
                                    .send("GET", path + "?filter_path=*.type,*.settings", "")
                                    .replaceFirst("^\\{\"[^\"]*\":", "")
                                    .replaceFirst("\"settings\":\\{", "\"settings\":{\"readonly\":true,")
                                    .replaceFirst("}$", ""));

            RestoreReport report = scene.restore(scene.settings().control(new Control(scene)));

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.warnings())
                    .filteredOn(warning -> warning.contains("not verified"))
                    .singleElement()
                    .asString()
                    .endsWith("as that is not possible where it is read-only.");
        }
    }

    private static RestoreClient restore(RestoreScene scene, RestoreSettings.Builder settings) {
        return scene.scene().client().restore(settings.build());
    }

    private static RestoreReport failed(RestoreScene scene, RestoreSettings.Builder settings) {
        RestoreClient restore = restore(scene, settings);
        return RestoreScene.failure(
                        restore.execute(restore.plan(scene.backupId()).join()))
                .report();
    }

    private static Set<Server> camunda(RestoreScene scene) {
        return scene.scene().cluster().servers().stream()
                .filter(server -> server != Server.SEARCH_ENGINE)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Server.class)));
    }

    /** Somebody who stops and starts a simulated cluster, server by server. */
    private static class Control implements ClusterControl {
        private final RestoreScene scene;
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private final Set<Server> answering = Collections.synchronizedSet(EnumSet.noneOf(Server.class));
        private final Set<Server> broken = EnumSet.noneOf(Server.class);
        private Duration startTakes = Duration.ZERO;
        private String failing = "";

        Control(RestoreScene scene) {
            this.scene = scene;
        }

        void startTakes(Duration time) {
            startTakes = time;
        }

        void breakDown(Server server) {
            broken.add(server);
        }

        void failAt(String call) {
            failing = call;
        }

        List<String> calls() {
            return List.copyOf(calls);
        }

        Set<Server> answering() {
            return answering.isEmpty() ? Set.of() : EnumSet.copyOf(answering);
        }

        @Override
        public CompletableFuture<Void> stop(List<Component> components) {
            scene.stop();
            return call("stop", "stop " + components);
        }

        @Override
        public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
            return call("restore", "restore");
        }

        @Override
        public CompletableFuture<Void> start(List<Component> components) {
            CompletableFuture<Void> told = call("start", "start " + components + " while " + answering() + " answer");
            scene.scene()
                    .time()
                    .delay(startTakes)
                    .thenRun(() -> components.stream()
                            .map(this::server)
                            .filter(server -> !broken.contains(server))
                            .forEach(server -> {
                                scene.scene().cluster().faults().reachable(server);
                                answering.add(server);
                            }));
            return told;
        }

        private CompletableFuture<Void> call(String name, String what) {
            calls.add(what);
            return name.equals(failing)
                    ? CompletableFuture.failedFuture(new CamundaBackupException("No such unit."))
                    : CompletableFuture.completedFuture(null);
        }

        private Server server(Component component) {
            return camunda(scene).stream()
                    .filter(server -> server.name().equals(component.name()))
                    .findFirst()
                    .orElse(Server.ORCHESTRATION);
        }
    }

    /** Somebody who says that everything is stopped, and stops nothing. */
    private static final class LazyControl extends Control {
        LazyControl(RestoreScene scene) {
            super(scene);
        }

        @Override
        public CompletableFuture<Void> stop(List<Component> components) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
