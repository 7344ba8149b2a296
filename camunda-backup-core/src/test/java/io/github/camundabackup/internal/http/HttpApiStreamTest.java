package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
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
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"things\":[]}");
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
    void mayTakeAsLongAsSomethingComes() throws Exception {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .body("{\"things\":[" + "1,".repeat(2_000) + "1]}")
                        // In all more than ten times the limit of a request.
                        .throttleBody(200, 100, TimeUnit.MILLISECONDS)
                        .build());

        resultOf(impatient());

        assertThat(elements).hasSize(2_001);
    }

    @Test
    void endsWhenNothingComesAnyMore() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .body("{\"things\":[" + "1,".repeat(2_000) + "1]}")
                        .throttleBody(2_000, 1, TimeUnit.HOURS)
                        .build());

        failureOf(impatient(), RequestTimedOutException.class);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void unpacksWhatIsCompressed() throws Exception {
        String things = IntStream.range(0, 20_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        server.on("GET /thing", packed(200, "{\"things\":[" + things + "]}"));

        resultOf(stream());

        assertThat(String.join(",", elements)).isEqualTo(things);
        assertThat(server.requests().get(0).getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
    }

    @Test
    void unpacksARefusal() throws Exception {
        server.on("GET /thing", packed(404, "{\"error\":{\"reason\":\"[nope] missing\"}}"));

        assertThat(resultOf(stream()).serverMessage()).contains("[nope] missing");
    }

    @Test
    void failsOnWhatIsCompressedAndCutOff() {
        Buffer whole = gzip("{\"things\":[" + "1,".repeat(100_000) + "1]}");
        Buffer half = new Buffer();
        half.write(whole, whole.size() / 2);
        server.on("GET /thing", packed(200, half), packed(200, new Buffer().writeUtf8("{\"things\":[1]}")));

        assertThat(failureOf(stream(), UnexpectedAnswerException.class)).hasMessageContaining("cut off");
        assertThat(failureOf(stream(), UnexpectedAnswerException.class)).hasMessageContaining("cannot be unpacked");
    }

    private static MockResponse packed(int status, String body) {
        return packed(status, gzip(body));
    }

    private static MockResponse packed(int status, Buffer body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Encoding", "gzip")
                .body(body)
                .build();
    }

    private static Buffer gzip(String text) {
        Buffer packed = new Buffer();
        try (OutputStream out = new GZIPOutputStream(packed.outputStream())) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed;
    }

    @Test
    void saysWhatIsServedInstead() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .body("<html><title>Sign in</title></html>")
                        .addHeader("Content-Type", "text/html")
                        .build());

        assertThat(failureOf(stream(), UnexpectedAnswerException.class))
                .hasMessageContaining("a web page titled \"Sign in\"");
    }

    @Test
    void failsWithTheFailureOfWhoeverTakesTheElements() {
        server.on("GET /thing", 200, "{\"things\":[1]}");

        CompletableFuture<HttpAnswer> answer = api().stream(GET, 10, Optional.of("things"), (head, element) -> {
            throw new IllegalStateException("full");
        });

        assertThat(failureOf(answer, RuntimeException.class)).hasStackTraceContaining("full");
    }

    private CompletableFuture<HttpAnswer> impatient() {
        HttpApi api = api(Endpoint.builder(server.uri())
                .requestTimeout(Duration.ofMillis(100))
                .build());
        return api.stream(GET, 10, Optional.of("things"), (head, element) -> elements.add(element.toString()));
    }

    private CompletableFuture<HttpAnswer> stream() {
        return api().stream(GET, 10, Optional.of("things"), (head, element) -> elements.add(element.toString()));
    }
}
