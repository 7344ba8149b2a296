package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Faults;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
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
 * Every step × every fault: whatever goes wrong with any request of a restore, nothing is deleted that the plan does
 * not list, no snapshot is restored twice, the report is true, and the next restore finishes. All cells share one
 * cluster, as the end of each is the beginning of the next.
 */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class RestoreFaultMatrixTest extends AbstractEngineTest {
    /** What goes on for ever where nothing is changed: such a run must end by its deadlines. */
    private static final List<Fault> ENDLESS =
            List.of(Fault.status(503), Fault.of(Fault.Kind.CUT_BEFORE), Fault.of(Fault.Kind.NONSENSE_JSON));

    private final List<Matrix> matrices = new ArrayList<>();

    @AfterAll
    void close() {
        matrices.forEach(matrix -> matrix.scene.close());
    }

    @TestFactory
    Stream<DynamicNode> restoreSurvives() {
        return Stream.of(CamundaLine.V8_8, CamundaLine.UP_TO_8_7).map(line -> {
            Matrix matrix = new Matrix(line);
            matrices.add(matrix);
            return dynamicContainer(line.id(), matrix.steps());
        });
    }

    /** All cells of one cluster. */
    private final class Matrix {
        private final CamundaLine line;
        private final RestoreScene scene;
        private final RestoreClient restore;

        Matrix(CamundaLine line) {
            this.line = line;
            scene = new RestoreScene(Scene.of(
                    line,
                    engine(),
                    stores(),
                    cluster -> cluster.duration(Scene.TWO_QUESTIONS).restoreDuration(Scene.TWO_QUESTIONS),
                    client -> client));
            restore = RestoreClient.create(
                    scene.scene().client().snapshotStore(),
                    RestoreSettings.builder()
                            .stepTimeout(Duration.ofSeconds(3))
                            .raiseThrottles()
                            .build(),
                    scene.scene().resources());
        }

        Stream<DynamicNode> steps() {
            int before = scene.requests();
            scene.goOn();
            int goneOn = scene.requests() - before;
            restore.execute(restore.plan(scene.backupId()).join()).completion().join();
            Map<String, List<RecordedRequest>> steps = since(before)
                    .skip(goneOn)
                    .collect(Collectors.groupingBy(
                            RestoreFaultMatrixTest::kind, LinkedHashMap::new, Collectors.toList()));
            assertThat(steps).hasSizeGreaterThan(9);
            return steps.entrySet().stream()
                    .map(step -> dynamicContainer(step.getKey(), cells(step.getKey(), step.getValue())));
        }

        private Stream<DynamicNode> cells(String kind, List<RecordedRequest> requests) {
            RecordedRequest request = requests.get(0);
            RequestMatcher step =
                    RequestMatcher.of(request.method(), kind.split(" ", 3)[2]).on(request.server());
            boolean changes = kind.endsWith("/_restore") || request.method().equals("DELETE");
            List<DynamicNode> cells = new ArrayList<>();
            Set<Fault.Kind> tried = EnumSet.noneOf(Fault.Kind.class);
            // Up to 8.7, a restore is the same but for more snapshots, so that only what changes something is
            // tried again.
            boolean everything = line.equals(CamundaLine.V8_8);
            for (Fault fault : Fault.all()) {
                boolean first = tried.add(fault.kind());
                if (!(changes && everything) && !(first && (changes || everything))) {
                    continue;
                }
                cells.add(dynamicTest("once: " + fault, () -> tryOut(at -> at.answer(fault), step)));
                if (requests.size() > 2) {
                    cells.add(dynamicTest(
                            "the third: " + fault,
                            () -> tryOut(at -> at.after(2).answer(fault), step)));
                }
                if (changes) {
                    cells.add(dynamicTest(
                            "always: " + fault, () -> tryOut(at -> at.always().answer(fault), step)));
                }
            }
            if (!changes && everything) {
                ENDLESS.forEach(fault -> cells.add(dynamicTest(
                        "always: " + fault, () -> tryOut(at -> at.always().answer(fault), step))));
            }
            return cells.stream();
        }

        private void tryOut(Consumer<Faults.At> fault, RequestMatcher step) {
            scene.goOn();
            int before = scene.requests();
            fault.accept(scene.scene().cluster().faults().at(step));

            Optional<RestorePlan> plan = plan();
            Optional<RestoreReport> report = plan.map(this::execute);
            scene.scene().cluster().faults().clear();

            assertDeletesOnlyWhatIsPlanned(
                    before, plan.map(RestorePlan::deletions).orElse(List.of()));
            assertRestoresOnce(before);
            report.ifPresent(this::assertTrue);
            boolean raised = !EngineLimits.of(scene.scene().cluster()).asAtFirst();
            assertThat(raised && report.isPresent())
                    .isEqualTo(report.stream()
                                    .flatMap(ended -> ended.warnings().stream())
                                    .anyMatch(warning -> warning.contains("may still be raised"))
                            && raised);
            if (raised
                    || report.filter(complete -> complete.outcome() == Outcome.ENGINE_RESTORED)
                            .isEmpty()) {
                restore.execute(restore.plan(scene.backupId()).join())
                        .completion()
                        .join();
                assertThat(scene.documents()).isEqualTo(scene.backedUp());
                assertThat(EngineLimits.of(scene.scene().cluster()).asAtFirst()).isTrue();
            }
        }

        private Optional<RestorePlan> plan() {
            try {
                return Optional.of(restore.plan(scene.backupId()).join());
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(CamundaBackupException.class);
                return Optional.empty();
            }
        }

        private RestoreReport execute(RestorePlan plan) {
            try {
                RestoreReport report = restore.execute(plan).completion().join();
                assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
                assertThat(scene.documents()).isEqualTo(scene.backedUp());
                return report;
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(RestoreFailedException.class);
                RestoreReport report = ((RestoreFailedException) e.getCause()).report();
                assertThat(report.outcome()).isIn(Outcome.FAILED, Outcome.REFUSED);
                assertThat(report.failure()).isPresent();
                return report;
            }
        }

        private void assertDeletesOnlyWhatIsPlanned(int before, List<String> planned) {
            assertThat(since(before)
                            .filter(request -> request.method().equals("DELETE"))
                            .flatMap(request -> Stream.of(URLDecoder.decode(request.path(), StandardCharsets.UTF_8)
                                    .substring(1)
                                    .split(",", -1))))
                    .allSatisfy(index -> assertThat(planned).contains(index));
        }

        private void assertRestoresOnce(int before) {
            Map<String, Long> restores = since(before)
                    .filter(request -> request.path().endsWith("/_restore"))
                    // Refused, and asked again.
                    .filter(request -> request.status() != 429)
                    .collect(Collectors.groupingBy(RecordedRequest::path, Collectors.counting()));
            assertThat(restores)
                    .allSatisfy((path, count) -> assertThat(count).as(path).isEqualTo(1));
        }

        private void assertTrue(RestoreReport report) {
            Map<String, Long> documents = scene.documents();
            Map<String, String> restored = scene.scene()
                    .client()
                    .snapshotStore()
                    .restoredIndices(documents.keySet())
                    .join();
            assertThat(report.indices()).allSatisfy(index -> {
                switch (index.state()) {
                    case RESTORED, KEPT -> assertThat(restored).containsEntry(index.name(), index.snapshot());
                    case NOT_RESTORED -> assertThat(restored).doesNotContainKey(index.name());
                    case INCOMPLETE, UNKNOWN -> {
                        // The report says that this run has not seen the end.
                    }
                }
            });
            Set<String> begun = report.indices().stream()
                    .filter(index -> index.state() != State.NOT_RESTORED)
                    .map(RestoreReport.Index::name)
                    .collect(Collectors.toSet());
            assertThat(report.deleted())
                    .allSatisfy(index -> assertThat(!documents.containsKey(index) || begun.contains(index))
                            .as(index)
                            .isTrue());
        }

        private Stream<RecordedRequest> since(int before) {
            return scene.scene().cluster().requests().stream().skip(before);
        }
    }

    /** Which indices are named does not matter. */
    static String kind(RecordedRequest request) {
        return request.step().replaceAll("/[a-z][^/_]*[_-][^/]*(?=/_|$)", "/*");
    }
}
