package io.github.camundabackup.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the right things are compared. How long they take is not tested. */
class BenchmarkTest {
    static Stream<CamundaLine> lines() {
        return Stream.of(CamundaLine.UP_TO_8_7, CamundaLine.V8_8);
    }

    private static final Workload SHORT = new Workload(1000);

    @Test
    void criticalPathIsTheSlowestPlusWhatRunsAlone() {
        assertThat(criticalPath(CamundaLine.UP_TO_8_7)).isEqualTo(seconds(40 + 5 + 8, 5 + 8));
        assertThat(criticalPath(CamundaLine.V8_8)).isEqualTo(seconds(50 + 5 + 8, 50 + 5 + 8));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void bothProceduresNeedAtLeastTheCriticalPath(CamundaLine line) throws IOException, InterruptedException {
        try (Library library = new Library();
                SimulatedCluster first = SHORT.cluster(line);
                SimulatedCluster second = SHORT.cluster(line)) {
            Measurement best = SHORT.criticalPath(library.plan(first));

            Measurement measured = library.measure(first);
            assertThat(measured).satisfies(ours -> isSlower(ours, best));
            assertThat(measured.requests().orElseThrow())
                    .isBetween(20, first.requests().size());
            assumeTrue(DocumentedProcedure.missingTools(System.getenv("PATH")).isEmpty());
            assertThat(DocumentedProcedure.measure(second, Duration.ofMillis(5)))
                    .satisfies(documented -> isSlower(documented, best));
        }
    }

    @Test
    void checksALargeRepositoryWithOneRequest() throws IOException, InterruptedException {
        boolean tools = DocumentedProcedure.missingTools(System.getenv("PATH")).isEmpty();
        try (FilledRepository repository = new FilledRepository(50)) {
            CheckScale scale = CheckScale.measure(repository, tools);

            assertThat(scale.library().good()).isEqualTo(50);
            assertThat(scale.library().requests()).isEqualTo(1);
            assertThat(scale.pipeline().stream())
                    .allSatisfy(pass -> assertThat(pass.good()).isEqualTo(50));
        }
    }

    @Test
    void restoresTheSameInBothWays() throws IOException, InterruptedException {
        try (Library library = new Library()) {
            RestoreScale scale = RestoreScale.measure(library, Duration.ofMillis(10));

            assertThat(scale.snapshots()).isGreaterThan(5);
            assertThat(scale.library()).isGreaterThan(scale.each());
            assertThat(scale.documented()).isGreaterThan(scale.each().multipliedBy(scale.snapshots()));
        }
    }

    @Test
    void backsUpAFleet() {
        try (Library library = new Library()) {
            FleetScale scale = FleetScale.measure(library, SHORT, 3);

            assertThat(scale.pause()).isBetween(scale.best(), scale.total());
        }
    }

    @Test
    void namesMissingTools() {
        assertThat(DocumentedProcedure.missingTools("/no/such/directory")).containsExactly("bash", "curl", "jq");
    }

    @Test
    void tableSaysWhetherTheAimIsMet() {
        Comparison met = new Comparison("x", seconds(50, 10), seconds(51, 10), Optional.of(seconds(60, 15)));
        Comparison missed = new Comparison("x", seconds(50, 10), seconds(52, 10), Optional.empty());

        assertThat(printed(met)).contains("60.00 s", "15.00 s", "overhead is 1.00 s", "would be 1.20 s: met");
        assertThat(printed(missed)).contains("overhead is 2.00 s", "NOT MET").doesNotContain("documented");
    }

    @Test
    void refusesAScaleThatIsNone() {
        assertThatThrownBy(() -> new Workload(0)).hasMessageContaining("scale");
        assertThatThrownBy(() -> new Workload(Double.NaN)).hasMessageContaining("scale");
    }

    private static void isSlower(Measurement measurement, Measurement best) {
        assertThat(measurement.total()).isGreaterThan(best.total());
        assertThat(measurement.pause()).isGreaterThan(best.pause());
    }

    private static Measurement criticalPath(CamundaLine line) {
        try (Library library = new Library();
                SimulatedCluster cluster = SHORT.cluster(line)) {
            return new Workload(1).criticalPath(library.plan(cluster));
        }
    }

    private static Measurement seconds(long total, long pause) {
        return new Measurement(Duration.ofSeconds(total), Duration.ofSeconds(pause), OptionalInt.empty());
    }

    private static String printed(Comparison comparison) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        comparison.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
