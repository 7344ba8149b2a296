package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same request gets the same status and the same shape of JSON as from the real server. */
class ConformityTest {

    static Stream<Recording> recordings() {
        return Arrays.stream(SearchEngine.values()).flatMap(Recording::all);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void answersAsTheRealServerDid(Recording recording) {
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
