package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.late;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is repeated, and what never is. */
class HttpApiRetryTest extends AbstractHttpTest {
    private static final MockResponse CUT = new MockResponse.Builder()
            .onResponseStart(new SocketEffect.CloseSocket())
            .build();
    private static final HttpCall POST = HttpCall.post("take it", "thing").json(Map.of("backupId", 17));

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void repeatsWhatABusyServerRefused(int busy) throws Exception {
        server.on("GET /thing", status(busy), status(busy), json(200, "{}"));

        assertThat(resultOf(api().sendRepeatable(GET)).status()).isEqualTo(200);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void givesUpAfterFourAttemptsWithTheLastAnswer(int busy) throws Exception {
        server.on("GET /thing", json(busy, "{\"message\":\"come again\"}"));

        HttpAnswer answer = resultOf(api().sendRepeatable(GET));

        assertThat(answer.status()).isEqualTo(busy);
        assertThat(answer.serverMessage()).contains("come again");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void pausesLongerEachTime() throws Exception {
        server.on("GET /thing", status(503));

        resultOf(api().sendRepeatable(GET));

        // 200, 400 and 800 ms, half as much more or less.
        assertThat(time.delays()).hasSize(3);
        assertThat(time.delays().get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
        assertThat(time.delays().get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
        assertThat(time.delays().get(2)).isBetween(Duration.ofMillis(400), Duration.ofMillis(1200));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 401, 404, 409, 500, 504})
    void doesNotRepeatAnAnswer(int status) throws Exception {
        server.on("GET /thing", status(status));

        assertThat(resultOf(api().sendRepeatable(GET)).status()).isEqualTo(status);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void repeatsWhatABrokenConnectionLost() throws Exception {
        server.on("DELETE /thing", CUT, CUT, status(204));

        assertThat(resultOf(api().sendRepeatable(HttpCall.delete("delete it", "thing")))
                        .status())
                .isEqualTo(204);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void givesUpOnAConnectionThatKeepsBreaking() {
        server.on("DELETE /thing", CUT);

        failureOf(api().sendRepeatable(HttpCall.delete("delete it", "thing")), UnreachableException.class);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void doesNotBurdenAServerThatIsTooSlowWithMore() {
        server.on("GET /thing", late());

        // Late enough for the request to have arrived.
        HttpApi hurried = api(Endpoint.builder(server.uri())
                .requestTimeout(Duration.ofSeconds(2))
                .build());

        failureOf(hurried.sendRepeatable(GET), RequestTimedOutException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void neverRepeatsARequestWithAnEffectForABusyServer(int busy) throws Exception {
        server.on("POST /thing", status(busy));

        assertThat(resultOf(api().send(POST)).status()).isEqualTo(busy);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void neverRepeatsARequestWithAnEffectForABrokenConnection() throws Exception {
        server.on("GET /thing", 200, "{}").on("POST /thing", CUT);
        HttpApi api = api();
        // The second request finds a connection in the pool, which the JDK's client may take for a stale one.
        resultOf(api.send(GET));

        failureOf(api.send(POST), UnreachableException.class);
        assertThat(server.requests("POST /thing")).hasSize(1);
    }

    @Test
    void repeatsAStreamOfWhichNothingHasCome() throws Exception {
        List<String> elements = Collections.synchronizedList(new ArrayList<>());
        server.on("GET /thing", status(503), CUT, json(200, "{\"things\":[1]}"));

        resultOf(api().stream(GET, 10, Optional.of("things"), (head, element) -> elements.add(element.toString())));

        assertThat(elements).containsExactly("1");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void neverRepeatsAStreamOfWhichSomethingHasCome() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .body("{\"things\":[" + "1,".repeat(100_000) + "1]}")
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());

        failureOf(api().stream(GET, 10, Optional.of("things"), (head, element) -> {}), UnreachableException.class);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void countsTheAttemptsOfEachRequestAlone() throws Exception {
        server.on("GET /thing", status(503));
        HttpApi api = api(Endpoint.of(server.uri()));

        resultOf(api.sendRepeatable(GET));
        resultOf(api.sendRepeatable(GET));

        assertThat(server.requests()).hasSize(8);
    }
}
