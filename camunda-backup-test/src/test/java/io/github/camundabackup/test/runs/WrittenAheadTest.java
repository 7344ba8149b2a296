package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Each write into the journal × each way in which it fails for a while: until it has succeeded, nothing is changed, but
 * that exporting is resumed and that the run's end is told; then the run goes on.
 */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class WrittenAheadTest extends AbstractEngineTest {
    private static final RequestMatcher WRITE = RequestMatcher.of("PUT", "/hot-backup-journal/_doc/*");
    /** How the run ended is a fact, which nothing has to be written down for, and under a name of this run's own. */
    private static final RequestMatcher OUTCOME = RequestMatcher.of("PUT", "/_snapshot/*/camunda_backup_outcome_*");

    private static final RequestMatcher RESUME = RequestMatcher.post("/actuator/exporting/resume");

    /** A fault, and how often it comes: longer than one write tries by itself, or not. */
    private record Outage(Fault fault, int times) {}

    private static final List<Outage> OUTAGES = List.of(
            new Outage(Fault.status(503), 1),
            new Outage(Fault.status(429), 8),
            new Outage(Fault.of(Fault.Kind.CUT_BEFORE), 8));

    private final SimulationHost host = SimulationHost.create();
    private final Scene.Stage stage = Scene.Stage.create();

    @AfterEach
    void close() {
        stage.close();
        host.close();
    }

    @TestFactory
    Stream<DynamicNode> noChangeIsMadeBeforeItIsWritten() {
        int writes = writesOfABackup();
        assertThat(writes).isGreaterThan(5);
        return IntStream.range(0, writes)
                .boxed()
                .flatMap(number -> OUTAGES.stream()
                        .map(outage -> dynamicTest(
                                "write " + number + ": " + outage.fault() + ", " + outage.times() + " times",
                                () -> tryOut(number, number == writes - 1, outage))));
    }

    private int writesOfABackup() {
        try (Scene scene = scene()) {
            scene.backUp();
            return scene.cluster().requests(WRITE).size();
        }
    }

    private void tryOut(int number, boolean last, Outage outage) {
        try (Scene scene = scene()) {
            scene.cluster()
                    .faults()
                    .at(WRITE)
                    .after(number)
                    .times(outage.times())
                    .answer(outage.fault());

            BackupReport report =
                    number == 0 && outage.times() > 1 ? scene.failToBackUp().report() : scene.backUp();

            assertThat(report.pause().state()).isIn(PauseReport.State.RESUMED, PauseReport.State.NOT_PAUSED);
            boolean written = true;
            for (RecordedRequest request : scene.cluster().requests()) {
                if (WRITE.matches(request)) {
                    written = request.fault().isEmpty();
                } else if (!written && changes(request)) {
                    throw new AssertionError(request + " came before it was written down");
                }
            }
            scene.cluster().invariants().assertHold();
            // The lock itself, and giving it back, are not waited for so long.
            boolean givenUp = outage.times() > 1 && (number == 0 || last);
            assertThat(scene.cluster().faults().outstanding())
                    .as("faults that never happened")
                    .isLessThanOrEqualTo(givenUp ? outage.times() - 1 : 0);
        }
    }

    private static boolean changes(RecordedRequest request) {
        return !request.method().equals("GET")
                && !Scene.isHarmless(request.path())
                && !request.path().endsWith("/_search")
                && !request.path().endsWith("/_refresh")
                && !RESUME.matches(request)
                && !OUTCOME.matches(request);
    }

    /** Slow enough for renewals, too. */
    private Scene scene() {
        return Scene.on(
                stage,
                () -> {},
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.host(host)
                        .partitions(1)
                        .duration(Scene.TWO_QUESTIONS)
                        .duration(Component.ZEEBE_RECORDS, Duration.ofSeconds(40)),
                client -> client);
    }
}
