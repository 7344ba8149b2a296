package io.github.camundabackup.test.acceptance;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whether a cluster answers as the simulated one does, with which this library is tested. Extend it, and it is a test
 * of yours, with a test for each question: one that is not asked is aborted, and says why.
 *
 * <p>The cluster is the one that the environment names. Only if {@code CAMUNDA_BACKUP_ACCEPTANCE} is {@code
 * take-and-delete}, anything is changed.
 */
public abstract class AcceptanceContract {

    /** Runs the contract. */
    protected AcceptanceContract() {}

    /**
     * Makes a snapshot store, such as an {@code ElasticsearchSnapshotStore}; the kit closes it.
     *
     * @param endpoint of the search engine, with authentication and TLS
     * @param repository the snapshot repository's name
     * @param resources what the store must run on
     */
    protected abstract SnapshotStore open(Endpoint endpoint, String repository, ClientResources resources);

    /** The variables that name the cluster. Default: the environment. */
    protected Map<String, String> environment() {
        return System.getenv();
    }

    /** The kit. Default: what {@link #environment()} says. */
    protected AcceptanceKit.Builder kit() {
        return AcceptanceKit.fromEnvironment(environment(), this::open);
    }

    @TestFactory
    Stream<DynamicTest> answersAsTheSimulatedCluster() {
        AcceptanceReport report = kit().build().run();
        Stream<DynamicTest> questions = report.results().stream()
                .map(result -> DynamicTest.dynamicTest(result.name() + ": " + result.request(), () -> check(result)));
        return Stream.concat(questions, Stream.of(DynamicTest.dynamicTest("leaves nothing behind", () -> {
            if (!report.left().isEmpty()) {
                fail(String.join("\n", report.left()));
            }
        })));
    }

    private static void check(AcceptanceResult result) {
        switch (result.verdict()) {
            case SAME -> {
                // As it should be.
            }
            case NOT_ASKED -> Assumptions.abort(result.reason());
            case DIFFERENT, UNREACHABLE ->
                fail(result + result.answer().map(answer -> "\n\n" + answer).orElse(""));
        }
    }
}
