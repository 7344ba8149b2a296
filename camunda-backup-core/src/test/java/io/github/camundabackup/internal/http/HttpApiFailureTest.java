package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.StubServer.late;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.support.RawServer;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no proper answer comes back to. */
class HttpApiFailureTest extends AbstractHttpTest {

    @Test
    void aRefusedConnectionHasHadNoEffect() {
        URI free = server.uri();
        server.close();

        UnreachableException failure = failureOf(api(Endpoint.of(free)).send(GET), UnreachableException.class);

        assertThat(failure.mayHaveHappened()).isFalse();
        assertThat(failure)
                .hasMessageStartingWith("Could not read the thing: Operate (GET " + free + "/thing) ")
                .hasMessageContaining("could not be connected to")
                .hasMessageContaining("Check that it runs, its port, and the firewalls");
    }

    @Test
    void anUnknownHostIsNamedAndHasHadNoEffect() {
        UnreachableException failure = failureOf(
                api(Endpoint.of(URI.create("http://no-such-host.invalid:9600"))).send(GET), UnreachableException.class);

        assertThat(failure.mayHaveHappened()).isFalse();
        assertThat(failure).hasMessageContaining("\"no-such-host.invalid\" does not resolve");
    }

    @Test
    void aConnectionThatBreaksBeforeTheAnswerMayHaveHadItsEffect() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());

        UnreachableException failure = failureOf(api().send(GET), UnreachableException.class);

        assertThat(failure.mayHaveHappened()).isTrue();
        assertThat(failure).hasMessageContaining("broke the connection before the answer was complete");
    }

    @Test
    void connectionThatBreaksInTheAnswerMayHaveHadAnEffect() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .body("{\"a\":\"" + "x".repeat(100_000) + "\"}")
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());

        UnreachableException failure = failureOf(api().send(GET), UnreachableException.class);

        assertThat(failure.mayHaveHappened()).isTrue();
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        server.on("GET /thing", late());

        RequestTimedOutException failure = failureOf(hurried(server.uri()).send(GET), RequestTimedOutException.class);

        assertThat(failure.mayHaveHappened()).isTrue();
        assertThat(failure).hasMessageContaining("did not answer within 400 ms");
    }

    @Test
    void theTimeoutCoversTheBody() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .body("x".repeat(1000))
                        .throttleBody(10, 200, TimeUnit.MILLISECONDS)
                        .build());

        RequestTimedOutException failure = failureOf(hurried(server.uri()).send(GET), RequestTimedOutException.class);

        assertThat(failure.mayHaveHappened()).isTrue();
    }

    @Test
    void whatFollowsATimeoutRunsOnTheClientsThreads() {
        server.on("GET /thing", late());

        CompletableFuture<String> thread = hurried(server.uri())
                .send(GET)
                .handle((answer, error) -> Thread.currentThread().getName());

        assertThat(thread).succeedsWithin(10, TimeUnit.SECONDS).asString().startsWith("camunda-backup-");
    }

    @Test
    void closingTheResourcesLeavesNobodyWaiting() {
        server.on("GET /thing", late());
        CompletableFuture<HttpAnswer> answer = hurried(server.uri()).send(GET);

        resources.close();

        failureOf(answer, RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\u0000\u0000\u0006\u0004\u0000\u0000\u0000\u0000\u0000\n\n",
                "220 mail.example.com ESMTP\r\n",
                "HTTP/garbage\r\n\r\n"
            })
    void aPortThatSpeaksSomethingElseIsRecognized(String greeting) {
        try (RawServer other = RawServer.thatSays(greeting)) {
            UnexpectedAnswerException failure =
                    failureOf(hurried(other.uri("http")).send(GET), UnexpectedAnswerException.class);

            assertThat(failure.status()).isZero();
            assertThat(failure.mayHaveHappened()).isTrue();
            assertThat(failure).hasMessageContaining("no HTTP").hasMessageContaining("Check the port");
            assertThat(failure.getMessage()).matches("[\\x20-\\x7e]*");
        }
    }

    @Test
    void aPortThatHangsUpAtOnceIsNotTakenForAnAnswer() {
        try (RawServer other = RawServer.thatSays("")) {
            assertThat(failureOf(hurried(other.uri("http")).send(GET), UnreachableException.class)
                            .mayHaveHappened())
                    .isTrue();
        }
    }

    @Test
    void aBodyOfMoreThan16MegabytesIsNotRead() {
        server.on("GET /thing", 200, "x".repeat(16 * 1024 * 1024 + 1));

        UnexpectedAnswerException failure = failureOf(api().send(GET), UnexpectedAnswerException.class);

        assertThat(failure.status()).isEqualTo(200);
        assertThat(failure).hasMessageContaining("a body of more than 16777216 bytes");
    }

    @Test
    void aRefusalWithAnEndlessBodyKeepsItsStatus() {
        server.on("GET /thing", 500, "x".repeat(16 * 1024 * 1024 + 1));

        assertThat(failureOf(api().send(GET), UnexpectedAnswerException.class).status())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndSaysWhereTo(int status) {
        try (StubServer elsewhere = StubServer.start()) {
            server.on(
                    "GET /thing",
                    new MockResponse.Builder()
                            .code(status)
                            .addHeader("Location", elsewhere.uri() + "/login?state=s3cr3t")
                            .build());

            UnexpectedAnswerException failure = failureOf(api().sendRepeatable(GET), UnexpectedAnswerException.class);

            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure)
                    .hasMessageContaining("redirect to " + elsewhere.uri() + "/login (status " + status)
                    .hasMessageContaining("configure authentication")
                    .hasMessageNotContaining("s3cr3t");
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRedirectShowsNoCredentialsOfItsTarget() {
        server.on(
                "GET /thing",
                new MockResponse.Builder()
                        .code(302)
                        .addHeader("Location", "https://user:s3cr3t@login/")
                        .build());

        assertThat(failureOf(api().send(GET), UnexpectedAnswerException.class))
                .hasMessageContaining("https://login/")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void everyFailureNamesTheCall() {
        server.on("GET /thing", late());

        RemoteCallException failure = failureOf(hurried(server.uri()).send(GET), RemoteCallException.class);

        assertThat(failure.call().action()).isEqualTo("read the thing");
        assertThat(failure.call().target()).isEqualTo("Operate");
        assertThat(failure.call().method()).isEqualTo("GET");
        assertThat(failure.call().uri()).isEqualTo(URI.create(server.uri() + "/thing"));
    }
}
