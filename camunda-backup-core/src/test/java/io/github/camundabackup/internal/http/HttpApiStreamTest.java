package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;

/** Answers that are read element by element. */
class HttpApiStreamTest extends AbstractHttpTest {
    private final List<String> elements = Collections.synchronizedList(new ArrayList<>());

    @Test
    void handsOverMoreThanABodyMayHold() throws Exception {
        String element = "{\"name\":\"" + "x".repeat(1000) + "\"}";
        server.on(
                "GET /thing",
                200,
                IntStream.range(0, 20_000)
                        .mapToObj(i -> element)
                        .collect(Collectors.joining(",", "{\"things\":[", "]}")));

        HttpAnswer answer = resultOf(stream());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(elements).hasSize(20_000).containsOnly(element);
    }

    @Test
    void givesBackARefusalAsAWholeAndHandsNothingOver() throws Exception {
        server.on("GET /thing", 404, "{\"things\":[1],\"error\":{\"reason\":\"[nope] missing\"}}");

        HttpAnswer answer = resultOf(stream());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.serverMessage()).contains("[nope] missing");
        assertThat(elements).isEmpty();
    }

    @Test
    void failsOnADocumentThatIsCutOffAfterACompleteAnswer() {
        server.on("GET /thing", 200, "{\"things\":[1,2");

        UnexpectedAnswerException failure = failureOf(stream(), UnexpectedAnswerException.class);

        assertThat(failure).hasMessageContaining("no complete JSON").hasMessageContaining("cut off");
        assertThat(failure.status()).isEqualTo(200);
    }

    @Test
    void failsOnAConnectionThatBreaks() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .body("{\"things\":[" + "1,".repeat(100_000) + "1]}")
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());

        failureOf(stream(), UnreachableException.class);
    }

    @Test
    void failsOnADocumentWithoutTheArray() {
        server.on("GET /thing", 200, "{\"others\":[1]}");

        assertThat(failureOf(stream(), UnexpectedAnswerException.class))
                .hasMessageContaining("there is no array \"things\"");
    }

    @Test
    void failsWithTheFailureOfWhoeverTakesTheElements() {
        server.on("GET /thing", 200, "{\"things\":[1]}");

        CompletableFuture<HttpAnswer> answer = api().stream(GET, "things", element -> {
            throw new IllegalStateException("full");
        });

        assertThat(failureOf(answer, RuntimeException.class)).hasStackTraceContaining("full");
    }

    private CompletableFuture<HttpAnswer> stream() {
        return api().stream(GET, "things", element -> elements.add(element.toString()));
    }
}
