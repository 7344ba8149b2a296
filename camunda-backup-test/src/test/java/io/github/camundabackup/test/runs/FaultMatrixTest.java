package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Faults;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every step × every fault, once, and a fault of every kind for ever: whatever goes wrong with any request of a backup,
 * exporting runs afterwards or the error says that it does not, the report is true, no component is asked twice, and
 * nothing is deleted. The steps are those that a backup without faults makes.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest extends AbstractEngineTest {
    private static final List<RequestMatcher> ASKED_ONCE = List.of(
            RequestMatcher.post("/actuator/backups"),
            RequestMatcher.post("/actuator/backupHistory"),
            RequestMatcher.post("/actuator/backupRuntime"),
            RequestMatcher.post("/v2/backups/*"),
            RequestMatcher.put("/_snapshot/**"));

    private static final Duration PATIENT = Duration.ofSeconds(30);
    // Real time, for servers that never answer. Should a busy machine make others look silent too, all must hold as
    // well.
    private static final Duration IMPATIENT = Duration.ofMillis(100);

    private final SimulationHost host = SimulationHost.create();
    private final Queue<Scene.Stage> stages = new ConcurrentLinkedQueue<>();

    @AfterAll
    void close() {
        stages.forEach(Scene.Stage::close);
        host.close();
    }

    /** The last of its line. Optimize is the same in all, and Tasklist much as Operate. */
    @TestFactory
    Stream<DynamicNode> of87() {
        return matrix(
                CamundaLine.UP_TO_8_7, step -> step.server() != Server.OPTIMIZE && step.server() != Server.TASKLIST);
    }

    @TestFactory
    Stream<DynamicNode> of88() {
        return matrix(CamundaLine.V8_8, step -> true);
    }

    /** What is asked of the search engine is the same as in 8.8. */
    @TestFactory
    Stream<DynamicNode> of89() {
        return matrix(CamundaLine.V8_9, step -> step.server() == Server.ORCHESTRATION);
    }

    /** What is not asked of the REST API is asked as in 8.8. */
    @TestFactory
    Stream<DynamicNode> restApiOf810() {
        return matrix(
                CamundaLine.V8_10,
                step -> step.server() == Server.REST_API && step.path().startsWith("/v2/"));
    }

    private List<RecordedRequest> steps(CamundaLine line) {
        try (Scene scene = Scene.withEndpoints(
                line,
                engine(),
                stores(),
                cluster -> cluster.version(version(line)),
                (client, cluster) -> onItsWire(client, cluster, PATIENT))) {
            scene.backUp();
            List<RecordedRequest> steps = scene.cluster().steps();
            assertThat(steps).hasSizeGreaterThan(15);
            return steps;
        }
    }

    private static CamundaBackupClient.Builder onItsWire(
            CamundaBackupClient.Builder client, SimulatedCluster cluster, Duration patience) {
        return cluster.servers().contains(Server.REST_API)
                ? client.restApi(Endpoint.builder(cluster.restApiUri())
                        .requestTimeout(patience)
                        .build())
                : client;
    }

    /** What Camunda's own applications do wrong is the same with both engines, and tried with one of them. */
    private Stream<DynamicNode> matrix(CamundaLine line, Predicate<RecordedRequest> tried) {
        return steps(line).stream()
                .filter(tried)
                .filter(step -> step.server() == Server.SEARCH_ENGINE || engine().equals(SearchEngine.ELASTICSEARCH))
                .map(step -> dynamicContainer(step.step(), cells(line, step)));
    }

    private static String version(CamundaLine line) {
        return line.releases().get(line.releases().size() - 1) + ".0";
    }

    private Stream<DynamicNode> cells(CamundaLine line, RecordedRequest step) {
        List<DynamicNode> cells = new ArrayList<>();
        Set<Fault.Kind> lasting = EnumSet.noneOf(Fault.Kind.class);
        for (Fault fault : Fault.all()) {
            cells.add(
                    dynamicTest("once: " + fault, () -> tryOut(line, at -> at.answer(fault), step.matcher(), PATIENT)));
            if (lasting.add(fault.kind())) {
                cells.add(dynamicTest(
                        "always: " + fault,
                        () -> tryOut(line, at -> at.always().answer(fault), step.matcher(), PATIENT)));
            }
        }
        for (Fault fault : Fault.endless()) {
            cells.add(dynamicTest(
                    "once: " + fault, () -> tryOut(line, at -> at.answer(fault), step.matcher(), IMPATIENT)));
        }
        return cells.stream();
    }

    private void tryOut(CamundaLine line, Consumer<Faults.At> fault, RequestMatcher step, Duration patience) {
        Scene.Stage stage = Optional.ofNullable(stages.poll()).orElseGet(Scene.Stage::create);
        try (Scene scene = Scene.on(
                        stage,
                        () -> stages.add(stage),
                        line,
                        engine(),
                        stores(),
                        cluster -> cluster.version(version(line)).host(host).duration(Scene.TWO_QUESTIONS),
                        c -> c);
                CamundaBackupClient client = onItsWire(
                                Scene.client(scene.cluster(), stores(), scene.resources(), patience),
                                scene.cluster(),
                                patience)
                        .stepTimeout(Duration.ofSeconds(3))
                        .resumeTimeout(Duration.ofSeconds(2))
                        .build()) {
            fault.accept(scene.cluster().faults().at(step));

            BackupReport report = end(client.backup());
            scene.cluster().faults().clear();

            assertPauseIsTrue(scene.cluster(), report);
            assertStepsAreTrue(scene, report);
            assertAskedOnce(scene.cluster());
            scene.cluster()
                    .invariants()
                    .assertHold(
                            report.pause().state() == PauseReport.State.NOT_RESUMED
                                    ? new Invariant[] {Invariant.EXPORTING_IS_RESUMED}
                                    : new Invariant[0]);
        }
    }

    private static BackupReport end(BackupHandle handle) {
        try {
            BackupReport report = handle.completion().join();
            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.steps())
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepReport.State.COMPLETED));
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            return report;
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(BackupFailedException.class);
            BackupFailedException failure = (BackupFailedException) e.getCause();
            assertThat(failure.report().outcome()).isIn(BackupReport.Outcome.FAILED, BackupReport.Outcome.REFUSED);
            assertThat(failure.report().failure()).isPresent();
            if (failure.pause().state() == PauseReport.State.NOT_RESUMED) {
                assertThat(failure).hasMessageContaining("EXPORTING WAS NOT RESUMED");
            }
            return failure.report();
        }
    }

    private static void assertPauseIsTrue(SimulatedCluster cluster, BackupReport report) {
        switch (report.pause().state()) {
            case NOT_PAUSED, RESUMED ->
                assertThat(cluster.exportingPaused()).as(report.toString()).isFalse();
            case NOT_RESUMED -> {
                // It may be paused, or not: the report says that nobody knows.
            }
            case TAKEN_OVER -> throw new AssertionError("Nobody was there to take this run over:\n" + report);
            case PAUSED -> throw new AssertionError("A run ended with a pause that nobody tried to end:\n" + report);
        }
    }

    private static void assertStepsAreTrue(Scene scene, BackupReport report) {
        CamundaCluster cluster = scene.client().cluster().join();
        Map<Component, ComponentClient<?>> clients =
                cluster.clients().stream().collect(Collectors.toMap(ComponentClient::component, client -> client));
        for (StepReport step : report.steps()) {
            if (step.state() == StepReport.State.COMPLETED) {
                assertThat(isComplete(scene, clients, step.component(), report))
                        .as(step + " in\n" + report)
                        .isTrue();
            }
        }
    }

    private static boolean isComplete(
            Scene scene, Map<Component, ComponentClient<?>> clients, Component component, BackupReport report) {
        if (component.equals(Component.ZEEBE_RECORDS)) {
            return scene.client()
                    .snapshotStore()
                    .get("camunda_zeebe_records_backup_" + report.backupId())
                    .join()
                    .filter(snapshot -> snapshot.state() == SnapshotState.SUCCESS)
                    .isPresent();
        }
        ComponentClient<?> client = clients.get(component);
        return client != null
                && client.get(report.backupId())
                        .join()
                        .found()
                        .filter(backup -> backup.state() == BackupState.COMPLETED)
                        .isPresent();
    }

    /**
     * No request for a backup is repeated blindly, and none is accepted twice. Zeebe's may be repeated, as it accepts
     * an id once only, and so may that for a snapshot, of which there is one of each name.
     */
    private static void assertAskedOnce(SimulatedCluster cluster) {
        List<RecordedRequest> requests = cluster.requests().stream()
                .filter(request -> ASKED_ONCE.stream().anyMatch(matcher -> matcher.matches(request)))
                // The same one however often, and it begins nothing.
                .filter(request -> !request.path().contains("/camunda_backup_outcome_"))
                .filter(request -> isAcceptedOnce(request) ? request.status() / 100 == 2 : request.status() != 429)
                .toList();
        Map<String, Long> counts = requests.stream()
                .collect(Collectors.groupingBy(
                        request -> request.server() + " " + request.path(), Collectors.counting()));
        assertThat(counts)
                .allSatisfy((step, count) -> assertThat(count).as(step).isEqualTo(1));
    }

    private static boolean isAcceptedOnce(RecordedRequest request) {
        return request.server() == Server.ZEEBE
                || request.server() == Server.SEARCH_ENGINE
                || request.path().endsWith("/actuator/backupRuntime")
                || request.path().equals("/v2/backups/runtime");
    }
}
