package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Faults;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A restore in recovery mode: every request to the cluster × every fault, and a client that is gone before and after
 * everything that is changed. Whatever happens, nothing is set back to processing half restored, Zeebe is not asked
 * twice to restore what it has begun to, and the next restore finishes. All cells share one cluster, as the end of each
 * is the beginning of the next.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class RecoveryFaultMatrixTest extends AbstractEngineTest {
    private static final List<RequestMatcher> CHANGES =
            List.of(RequestMatcher.of("PATCH", "/v2/mode?mode=RECOVERING"), RequestMatcher.post("/v2/restore?"));
    private static final List<RequestMatcher> QUESTIONS = List.of(
            RequestMatcher.of("PATCH", "/v2/mode?mode=RECOVERING&dryRun=true"),
            RequestMatcher.post("/v2/restore?dryRun=true"),
            RequestMatcher.get("/v2/restore"),
            RequestMatcher.get("/v2/topology"));
    private static final RequestMatcher LEAVE = RequestMatcher.of("PATCH", "/v2/mode?mode=PROCESSING");

    /** In real time. Whoever is gone must not come back as long as the test runs. */
    private static final Duration NEVER = Duration.ofMinutes(30);

    private final List<Scene.Stage> gone = new ArrayList<>();
    private final RestoreScene scene = new RestoreScene(Scene.withEndpoints(
            CamundaLine.V8_10,
            engine(),
            stores(),
            cluster -> cluster.withoutOptimize()
                    .duration(Duration.ZERO)
                    .settling(Duration.ZERO)
                    .restoreDuration(Duration.ZERO),
            RecoveryModeTest::overRest));
    private final RestoreClient restore = scene.scene()
            .client()
            .restore(RestoreSettings.builder()
                    .recoveryMode()
                    .stepTimeout(Duration.ofMinutes(5))
                    .build());

    @AfterAll
    void close() {
        scene.close();
        gone.forEach(Scene.Stage::close);
    }

    @TestFactory
    Stream<DynamicNode> survivesEveryFault() {
        return Stream.concat(CHANGES.stream(), QUESTIONS.stream())
                .map(step -> dynamicContainer(step.toString(), cells(step, CHANGES.contains(step))));
    }

    private Stream<DynamicNode> cells(RequestMatcher step, boolean changes) {
        List<DynamicNode> cells = new ArrayList<>();
        Set<Fault.Kind> tried = EnumSet.noneOf(Fault.Kind.class);
        for (Fault fault : Fault.all()) {
            boolean first = tried.add(fault.kind());
            if (changes || first) {
                cells.add(dynamicTest("once: " + fault, () -> tryOut(at -> at.answer(fault), step, true)));
            }
            if (first) {
                cells.add(dynamicTest(
                        "always: " + fault, () -> tryOut(at -> at.always().answer(fault), step, false)));
            }
            if (first && !changes) {
                cells.add(dynamicTest(
                        "the third: " + fault, () -> tryOut(at -> at.after(2).answer(fault), step, true)));
            }
        }
        return cells.stream();
    }

    private void tryOut(Consumer<Faults.At> fault, RequestMatcher step, boolean once) {
        scene.goOn();
        int before = scene.requests();
        fault.accept(cluster().faults().at(step));

        Optional<RestoreReport> report = plan().map(this::execute);

        cluster().faults().clear();
        assertNotSetBackHalfRestored(before);
        assertThat(carriedOut(before, CHANGES.get(1))).hasSizeLessThan(2);
        boolean completed =
                report.filter(done -> done.outcome() == Outcome.COMPLETED).isPresent();
        if (once && !completed && !isChanged(before)) {
            assertProcessing();
        }
        if (!completed) {
            int next = scene.requests();
            restore.execute(restore.plan(scene.backupId()).join()).completion().join();
            assertNotSetBackHalfRestored(next);
        }
        assertRestored();
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
            return restore.execute(plan).completion().join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(RestoreFailedException.class);
            RestoreReport report = ((RestoreFailedException) e.getCause()).report();
            assertThat(report.failure()).isPresent();
            return report;
        }
    }

    /** The places to be gone at: before and after each request that changes something. */
    @TestFactory
    Stream<DynamicNode> goesOnWhereAnotherClientIsGone() {
        List<RequestMatcher> changes = new ArrayList<>(CHANGES);
        changes.add(RequestMatcher.delete("/*-*").on(Server.SEARCH_ENGINE));
        changes.add(RequestMatcher.post("/_snapshot/*/*/_restore"));
        return Stream.concat(
                changes.stream()
                        .flatMap(step -> Stream.of(Fault.Kind.SILENCE, Fault.Kind.SILENCE_AFTERWARDS)
                                .map(kind -> goneAt(step, kind, 0))),
                Stream.of(
                        goneAt(changes.get(3), Fault.Kind.SILENCE_AFTERWARDS, 3),
                        goneAt(QUESTIONS.get(1), Fault.Kind.SILENCE, 1),
                        goneAt(QUESTIONS.get(2), Fault.Kind.SILENCE, 3)));
    }

    private DynamicNode goneAt(RequestMatcher step, Fault.Kind kind, int before) {
        return dynamicTest(
                (kind == Fault.Kind.SILENCE ? "before " : "after ")
                        + step
                        + (before == 0 ? "" : ", number " + (before + 1)),
                () -> {
                    scene.goOn();
                    int begun = scene.requests();
                    CompletableFuture<Void> there = new CompletableFuture<>();
                    cluster().faults().at(step).after(before).answer(Fault.of(kind), () -> there.complete(null));
                    RestoreClient victim = victim();
                    victim.plan(scene.backupId()).thenApply(victim::execute);
                    there.get(60, TimeUnit.SECONDS);
                    cluster().faults().clear();

                    RestoreReport report = restore.execute(
                                    restore.plan(scene.backupId()).join())
                            .completion()
                            .join();

                    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
                    assertNotSetBackHalfRestored(begun);
                    assertThat(sent(begun, LEAVE)).isEmpty();
                    assertRestored();
                });
    }

    /** In a time of its own, which stands still as long as a request is not answered; without a lock that it renews. */
    private RestoreClient victim() {
        Scene.Stage stage = Scene.Stage.create();
        gone.add(stage);
        return Scene.client(cluster(), stores(), stage.resources(), NEVER)
                .restApi(Endpoint.builder(cluster().restApiUri())
                        .requestTimeout(NEVER)
                        .build())
                .build()
                .restore(RestoreSettings.builder().recoveryMode().build())
                .withoutLock();
    }

    private SimulatedCluster cluster() {
        return scene.scene().cluster();
    }

    private void assertRestored() {
        assertThat(scene.documents()).isEqualTo(scene.backedUp());
        assertProcessing();
    }

    private void assertProcessing() {
        assertThat(new EngineWeb(cluster().restApiUri()).send("GET", "/v2/topology", ""))
                .contains("\"state\":\"active\"")
                .doesNotContain("recovering");
    }

    private List<RecordedRequest> since(int before) {
        return cluster().requests().subList(before, cluster().requests().size());
    }

    private List<RecordedRequest> sent(int before, RequestMatcher matcher) {
        return since(before).stream().filter(matcher::matches).toList();
    }

    private List<RecordedRequest> carriedOut(int before, RequestMatcher matcher) {
        return sent(before, matcher).stream()
                .filter(request -> request.fault()
                        .map(fault -> fault.kind().isCarriedOut())
                        .orElse(true))
                .filter(request -> request.status() < 300 || request.fault().isPresent())
                .toList();
    }

    /** Whether indices were deleted or restored. */
    private boolean isChanged(int before) {
        return !scene.changes(before).isEmpty();
    }

    private void assertNotSetBackHalfRestored(int before) {
        List<RecordedRequest> all = since(before);
        for (int i = 0; i < all.size(); i++) {
            if (LEAVE.matches(all.get(i))) {
                assertThat(all.subList(0, i))
                        .filteredOn(request -> request.server() == Server.SEARCH_ENGINE)
                        .noneMatch(request -> request.method().equals("DELETE")
                                || request.path().endsWith("/_restore"));
            }
        }
    }
}
