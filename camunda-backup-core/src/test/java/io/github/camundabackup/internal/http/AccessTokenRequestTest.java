package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.Outcomes.stackTraceOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.error.AccessTokenException;
import io.github.camundabackup.error.AccessTokenException.Reason;
import io.github.camundabackup.support.Certificates;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a token endpoint, and what its answers mean. */
class AccessTokenRequestTest extends AbstractTokenTest {

    @TempDir
    Path directory;

    @Test
    void sendsIdAndSecretInTheHeader() throws Exception {
        RecordedRequest request =
                asked(client().scope("one two").audience("camunda & co").build());

        assertThat(authorization(request)).isEqualTo("Basic YmFja3VwOnMzY3IzdC1vZi10aGUtY2xpZW50");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(body(request)).isEqualTo("grant_type=client_credentials&scope=one+two&audience=camunda+%26+co");
    }

    @Test
    void encodesThemAsRfc6749Demands() throws Exception {
        RecordedRequest request = asked(ClientCredentials.builder(tokenEndpoint(), "a:b")
                .secret(() -> "p%+ ä")
                .build());

        // "a%3Ab:p%25%2B+%C3%A4"
        assertThat(authorization(request)).isEqualTo("Basic YSUzQWI6cCUyNSUyQislQzMlQTQ=");
    }

    @Test
    void sendsThemInTheBodyIfItIsToldTo() throws Exception {
        RecordedRequest request = asked(ClientCredentials.builder(tokenEndpoint(), "backup")
                .secret(() -> "p&q")
                .secretInBody()
                .parameter("resource", "urn:camunda")
                .build());

        assertThat(request.getHeaders().get("Authorization")).isNull();
        assertThat(body(request))
                .isEqualTo("grant_type=client_credentials&resource=urn%3Acamunda&client_id=backup&client_secret=p%26q");
    }

    @Test
    void keepsTheSlashAtTheEndOfATokenEndpoint() throws Exception {
        server.on("GET /thing", 200, "{}");
        provider.on("POST /o/token/", token("one", 300));

        resultOf(api(ClientCredentials.builder(URI.create(provider.uri() + "/o/token/"), "backup")
                        .secret(() -> SECRET)
                        .build())
                .send(GET));

        assertThat(sentAuthorizations()).containsExactly("Bearer one");
    }

    @Test
    void readsAFileAnewForEachToken() throws Exception {
        server.on("GET /thing", 200, "{}");
        provider.on(TOKEN, token("one", 1), token("two", 300));
        Path file = Files.writeString(directory.resolve("secret"), "first\n");
        HttpApi api = api(ClientCredentials.builder(tokenEndpoint(), "backup")
                .secretFile(file)
                .secretInBody()
                .build());

        resultOf(api.send(GET));
        Files.writeString(file, "second\n");
        time.advance(Duration.ofSeconds(1));
        resultOf(api.send(GET));

        assertThat(provider.requests().stream().map(AbstractTokenTest::body))
                .satisfiesExactly(
                        body -> assertThat(body).endsWith("client_secret=first"),
                        body -> assertThat(body).endsWith("client_secret=second"));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                answer(
                        json(
                                401,
                                "{\"error\":\"invalid_client\",\"error_description\":\"Invalid client credentials\"}"),
                        Reason.REFUSED,
                        "status 401: invalid_client (Invalid client credentials)",
                        "secretInBody()"),
                answer(json(400, "{\"error\":\"unauthorized_client\"}"), Reason.REFUSED, "service accounts"),
                answer(json(400, "{\"error\":\"invalid_scope\"}"), Reason.REFUSED, "Check the scope"),
                answer(status(403), Reason.REFUSED, "status 403", "Check the settings"),
                answer(json(400, "{\"error\":\"temporarily_unavailable\"}"), Reason.UNAVAILABLE, "temporarily"),
                answer(status(429), Reason.UNAVAILABLE, "status 429"),
                answer(html(503, "Down for maintenance"), Reason.UNAVAILABLE, "503", "Down for maintenance"),
                answer(json(500, "{\"error\":\"unknown_error\"}"), Reason.UNAVAILABLE, "500", "unknown_error"),
                answer(
                        json(404, "{\"error\":\"Realm does not exist\"}"),
                        Reason.NO_TOKEN_ENDPOINT,
                        "Realm does not exist",
                        "Check the URI"),
                answer(html(200, "Sign in"), Reason.NO_TOKEN_ENDPOINT, "web page titled \"Sign in\"", "check the URI"),
                answer(json(200, "{\"access_token\":"), Reason.NO_TOKEN_ENDPOINT, "no JSON object"),
                answer(json(200, "[]"), Reason.NO_TOKEN_ENDPOINT, "no JSON object"),
                answer(status(200), Reason.NO_TOKEN_ENDPOINT, "an empty body"),
                answer(json(200, "{\"id_token\":\"x\"}"), Reason.NO_TOKEN_ENDPOINT, "no access_token"),
                answer(
                        json(200, "{\"access_token\":\"t0ps3cret\",\"token_type\":\"DPoP\"}"),
                        Reason.NO_TOKEN_ENDPOINT,
                        "DPoP",
                        "only Bearer"),
                answer(
                        json(200, "{\"access_token\":\"t0ps3cret\",\"expires_in\":0}"),
                        Reason.NO_TOKEN_ENDPOINT,
                        "expired already"),
                answer(
                        json(200, "{\"access_token\":\"t0ps3cret\\nX-Evil: 1\"}"),
                        Reason.NO_TOKEN_ENDPOINT,
                        "does not allow"),
                answer(
                        new MockResponse.Builder()
                                .code(302)
                                .addHeader("Location", "https://login.example/?secret=" + SECRET)
                                .build(),
                        Reason.NO_TOKEN_ENDPOINT,
                        "redirect to https://login.example/"),
                answer(
                        new MockResponse.Builder()
                                .body(new Buffer().write(new byte[Bodies.MAX_BYTES + 1]))
                                .build(),
                        Reason.NO_TOKEN_ENDPOINT,
                        "more than"));
    }

    private static Arguments answer(MockResponse answer, Reason reason, String... said) {
        return Arguments.argumentSet(said[0], answer, reason, said);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void eachAnswerWithoutATokenIsAnErrorThatSaysWhatItIs(MockResponse answer, Reason reason, String[] said) {
        provider.on(TOKEN, answer);

        AccessTokenException failure = failureOf(api(client().build()).send(GET), AccessTokenException.class);

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.mayHaveHappened()).isFalse();
        assertThat(failure)
                .hasMessageStartingWith(
                        "Could not read the thing: Operate (GET " + server.uri()
                                + "/thing) was not asked, because there is no access token for it. Could not get an access token")
                .hasMessageContaining("\"backup\"")
                .hasMessageContaining(tokenEndpoint().toString())
                .hasMessageContainingAll(said);
        assertThat(stackTraceOf(failure)).doesNotContain(SECRET, "t0ps3cret");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The secret " + SECRET + " is wrong",
                "Basic YmFja3VwOnMzY3IzdC1vZi10aGUtY2xpZW50 is wrong",
                "The secret 's3cr3t' is too short",
                "The token eyJhbGciOiJSUzI1NiJ9.s3cr3t.c2lnbmF0dXJl"
            })
    void nothingThatMayBeASecretIsRepeated(String description) {
        provider.on(TOKEN, json(401, "{\"error\":\"invalid_client\",\"error_description\":\"" + description + "\"}"));

        AccessTokenException failure = failureOf(api(client().build()).send(GET), AccessTokenException.class);

        assertThat(failure).hasMessageContaining("invalid_client");
        assertThat(stackTraceOf(failure)).doesNotContain("s3cr3t", "YmFja3VwOnM");
    }

    @Test
    void nobodyThereIsAnOutage() {
        provider.close();

        AccessTokenException failure = failureOf(api(client().build()).send(GET), AccessTokenException.class);

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(tokenEndpoint() + ") could not be connected to");
    }

    @Test
    void aProviderThatDoesNotAnswerIsAnOutage() {
        provider.on(TOKEN, StubServer.late());

        AccessTokenException failure =
                failureOf(api(client().requestTimeout(TIMEOUT).build()).send(GET), AccessTokenException.class);

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(tokenEndpoint() + ") did not answer within 400 ms");
    }

    @SuppressWarnings("NullAway") // Null is one of the things that foreign code can give.
    static Stream<Supplier<String>> secrets() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException(SECRET, new IllegalArgumentException(SECRET));
                },
                () -> {
                    throw new AssertionError(SECRET);
                },
                List.<String>of().iterator()::next,
                () -> "",
                () -> null);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretThatCannotBeHadIsAnErrorWithoutIt(Supplier<String> secret) {
        AccessTokenException failure =
                failureOf(api(client().secret(secret).build()).send(GET), AccessTokenException.class);

        assertThat(failure.reason()).isEqualTo(Reason.NO_SECRET);
        assertThat(failure)
                .hasMessageContaining("the supplier of the client's secret")
                .hasMessageContaining(tokenEndpoint().toString());
        assertThat(stackTraceOf(failure)).doesNotContain(SECRET);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void aSupplierThatHangsHoldsNobodyUpForLong() {
        CountDownLatch end = new CountDownLatch(1);
        ClientCredentials client = client().requestTimeout(Duration.ofMillis(50))
                .secret(() -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return SECRET;
                })
                .build();

        AccessTokenException failure = failureOf(api(client).send(GET), AccessTokenException.class);

        end.countDown();
        assertThat(failure).hasMessageContaining("secret did not answer within 50 ms");
    }

    @Test
    void aFileThatIsGoneIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);
        ClientCredentials client = ClientCredentials.builder(tokenEndpoint(), "backup")
                .secretFile(file)
                .build();
        Files.delete(file);

        AccessTokenException failure = failureOf(api(client).send(GET), AccessTokenException.class);

        assertThat(failure.reason()).isEqualTo(Reason.NO_SECRET);
        assertThat(failure).hasMessageContaining(file.toString());
    }

    @Test
    void trustsTheTokenEndpointByItsOwnSettings() throws Exception {
        HeldCertificate certificate = Certificates.forHost("localhost");
        try (StubServer secured = secured(certificate).on("POST /token", token("one", 300))) {
            server.on("GET /thing", 200, "{}");

            resultOf(api(over(secured, certificate)).send(GET));

            assertThat(sentAuthorizations()).containsExactly("Bearer one");
        }
    }

    @Test
    void anExpiredCertificateIsNamed() throws Exception {
        Instant now = Instant.now();
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate expired = new HeldCertificate.Builder()
                .signedBy(authority)
                .commonName("localhost")
                .addSubjectAlternativeName("localhost")
                .validityInterval(
                        now.minusSeconds(7200).toEpochMilli(),
                        now.minusSeconds(3600).toEpochMilli())
                .build();
        try (StubServer secured = secured(expired).on("POST /token", token("one", 300))) {
            AccessTokenException failure =
                    failureOf(api(over(secured, authority)).send(GET), AccessTokenException.class);

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure)
                    .hasMessageContaining(secured.uri() + "/token")
                    .hasMessageContaining("over TLS")
                    .hasMessageContaining("has expired, NotAfter");
            assertThat(secured.requests()).isEmpty();
        }
    }

    private ClientCredentials over(StubServer secured, HeldCertificate certificate) throws Exception {
        return ClientCredentials.builder(URI.create(secured.uri() + "/token"), "backup")
                .secret(() -> SECRET)
                .tls(TlsSettings.builder()
                        .trustCertificates(Certificates.pem(directory, certificate))
                        .build())
                .build();
    }

    private static StubServer secured(HeldCertificate certificate) {
        return StubServer.startTls(web -> web.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory()));
    }

    private RecordedRequest asked(ClientCredentials client) throws Exception {
        server.on("GET /thing", 200, "{}");
        provider.on(TOKEN, token("one", 300));
        resultOf(api(client).send(GET));
        assertThat(sentAuthorizations()).containsExactly("Bearer one");
        return provider.onlyRequest();
    }
}
