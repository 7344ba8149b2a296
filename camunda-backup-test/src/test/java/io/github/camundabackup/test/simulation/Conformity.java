package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Whether the simulated cluster gives to a request the same status and the same shape of JSON as a real server did. */
public final class Conformity {
    private Conformity() {}

    /**
     * A test for each recording.
     *
     * @param directory with recordings, and nothing else
     */
    public static Stream<DynamicTest> tests(Path directory, SearchEngine engine) {
        return tests(Recording.in(directory, engine));
    }

    static Stream<DynamicTest> tests(Stream<Recording> recordings) {
        return recordings.map(recording -> DynamicTest.dynamicTest(recording.toString(), () -> check(recording)));
    }

    private static void check(Recording recording) {
        try (Situation situation = Situations.of(recording)) {
            Web.Answer answer = new Web()
                    .send(
                            recording.method(),
                            recording.base(situation.cluster()),
                            recording.target(),
                            recording.contentType(),
                            recording.requestBody());

            assertThat(answer.status()).as("status of %s", answer).isEqualTo(recording.status());
            assertThat(answer.contentType()).isEqualTo(recording.responseContentType());
            assertThat(Shape.differences(recording.body(), answer.json()))
                    .as("differences of %s", answer.body())
                    .isEmpty();
        }
    }
}
