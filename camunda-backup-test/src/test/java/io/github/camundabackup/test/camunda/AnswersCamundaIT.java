package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.process.FileTrees;
import io.github.camundabackup.test.simulation.Conformity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a real Camunda and its search engine answer, success and failure, recorded anew; and that the simulated cluster
 * answers so. The recordings stay in {@code target/real-camunda/recordings}; CONTRIBUTING.md says what to do with them.
 */
class AnswersCamundaIT extends AbstractEngineTest {
    /** What is answered differently a moment later, or takes a server so long that its gateway gives up. */
    private static final Pattern DEPENDS_ON_THE_MOMENT = Pattern.compile(".*-(immediately|now|zeebe-delete-120)");

    @TestFactory
    Stream<DynamicTest> theSimulatedClusterAnswersAsTheRealOneDid() throws IOException {
        Path directory =
                Path.of(System.getProperty("camunda-backup.real-camunda.engine"), "recordings", kind().program());
        Files.createDirectories(directory);
        FileTrees.clear(directory);
        try (CamundaStack stack = CamundaStack.start(kind())) {
            new CamundaRecorder(stack, new ExchangeLog(directory)).record();
        }
        return Conformity.tests(directory, engine())
                .filter(test ->
                        !DEPENDS_ON_THE_MOMENT.matcher(test.getDisplayName()).matches());
    }
}
