package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.Outcomes.stackTraceOf;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.CamundaBackupException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests identify themselves. */
class HttpApiAuthenticationTest extends AbstractHttpTest {
    private static final String SECRET = "s3cr3t";

    @ParameterizedTest
    @MethodSource("schemes")
    void sendsTheAuthorizationOfEachScheme(Authentication authentication, String header) throws Exception {
        server.on("GET /thing", 200, "{}");

        resultOf(api(authentication).send(GET));

        assertThat(server.onlyRequest().getHeaders().values("Authorization")).containsExactly(header);
    }

    static Stream<Object[]> schemes() {
        return Stream.of(
                new Object[] {Authentication.basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
                new Object[] {Authentication.bearer(() -> "abc"), "Bearer abc"},
                new Object[] {Authentication.apiKey("ZWs6eA=="), "ApiKey ZWs6eA=="});
    }

    @Test
    void sendsNoneWithoutAuthentication() throws Exception {
        resultOf(api().send(GET));

        assertThat(server.onlyRequest().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void asksForATokenForEachRequest() throws Exception {
        server.on("GET /thing", 200, "{}");
        HttpApi api = api(Authentication.bearer(tokens("one", "two")::next));

        resultOf(api.send(GET));
        resultOf(api.send(GET));

        assertThat(sentAuthorizations()).containsExactly("Bearer one", "Bearer two");
    }

    @Test
    void repeatsARefusedRequestOnceWithAFreshToken() throws Exception {
        server.on("GET /thing", status(401), json(200, "{\"ok\":true}"));

        HttpAnswer answer =
                resultOf(api(Authentication.bearer(tokens("old", "new")::next)).send(GET));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sentAuthorizations()).containsExactly("Bearer old", "Bearer new");
    }

    @Test
    void doesNotRepeatItASecondTime() throws Exception {
        server.on("GET /thing", status(401));

        HttpAnswer answer = resultOf(
                api(Authentication.bearer(tokens("one", "two", "three")::next)).sendRepeatable(GET));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(sentAuthorizations()).containsExactly("Bearer one", "Bearer two");
    }

    @Test
    void doesNotRepeatItWithTheSameToken() throws Exception {
        server.on("GET /thing", status(401));
        AtomicInteger asked = new AtomicInteger();

        resultOf(api(Authentication.bearer(() -> {
                    asked.incrementAndGet();
                    return "same";
                }))
                .send(GET));

        assertThat(asked).hasValue(2);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void doesNotRepeatItForOtherSchemes() throws Exception {
        server.on("GET /thing", status(401));

        resultOf(api(Authentication.basic("user", SECRET)).send(GET));

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void doesNotAskForATokenOnTheCallersThread() throws Exception {
        server.on("GET /thing", 200, "{}");
        StringBuilder thread = new StringBuilder();

        resultOf(api(Authentication.bearer(() -> {
                    thread.append(Thread.currentThread().getName());
                    return "token";
                }))
                .send(GET));

        assertThat(thread.toString()).startsWith("camunda-backup-");
    }

    @Test
    void sendsNothingIfTheSupplierOfTokensFails() {
        CamundaBackupException failure = failureOf(
                api(Authentication.bearer(() -> {
                            throw new IllegalStateException(SECRET, new IllegalArgumentException(SECRET));
                        }))
                        .sendRepeatable(GET),
                CamundaBackupException.class);

        assertThat(failure)
                .isExactlyInstanceOf(CamundaBackupException.class)
                .hasMessageStartingWith("Could not read the thing: Operate (GET " + server.uri() + "/thing)")
                .hasMessageContaining("supplier of its credentials failed (java.lang.IllegalStateException)")
                .hasStackTraceContaining("java.lang.IllegalArgumentException")
                .hasStackTraceContaining(getClass().getName());
        assertThat(Throwables.getStackTrace(failure)).doesNotContain(SECRET);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void sendsNothingIfTheSupplierOfTokensDoesNotAnswerInTime() {
        CountDownLatch end = new CountDownLatch(1);
        Endpoint endpoint = Endpoint.builder(server.uri())
                .requestTimeout(Duration.ofMillis(50))
                .authentication(Authentication.bearer(() -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return SECRET;
                }))
                .build();

        CamundaBackupException failure =
                failureOf(HttpApi.of(endpoint, "Operate", resources).sendRepeatable(GET), CamundaBackupException.class);

        end.countDown();
        assertThat(failure).hasMessageContaining("supplier of its credentials did not answer within 50 ms");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET + "\n", SECRET + "\r\nX-Evil: 1", SECRET + "\u20ac"})
    void sendsNothingWithATokenThatHttpCannotCarryAndDoesNotRepeatIt(String token) {
        CamundaBackupException failure =
                failureOf(api(Authentication.bearer(() -> token)).sendRepeatable(GET), CamundaBackupException.class);

        assertThat(failure)
                .isExactlyInstanceOf(CamundaBackupException.class)
                .hasMessageContaining("Authorization")
                .hasMessageContaining("line break")
                .hasMessageContaining("nothing was sent");
        assertThat(stackTraceOf(failure)).doesNotContain(SECRET);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void showsNoCredentialInAnyFailure(MockResponse refusal) {
        server.on("GET /thing", refusal);
        Endpoint endpoint = Endpoint.builder(server.uri())
                .authentication(Authentication.basic("user", SECRET))
                .header("X-Api-Key", SECRET)
                .requestTimeout(TIMEOUT)
                .build();

        CamundaBackupException failure = failureOf(
                api(endpoint).send(GET).thenApply(answer -> {
                    throw answer.rejected("");
                }),
                CamundaBackupException.class);

        assertThat(stackTraceOf(failure))
                .doesNotContain(SECRET, Objects.requireNonNull(authorization(server.onlyRequest())));
        assertThat(api(endpoint)).asString().contains(server.uri().toString()).doesNotContain(SECRET);
    }

    static Stream<MockResponse> refusals() {
        return Stream.of(
                status(401),
                json(403, "{\"message\":\"no\"}"),
                json(500, "broken"),
                new MockResponse.Builder()
                        .code(302)
                        .addHeader("Location", "https://login/?token=" + SECRET)
                        .build());
    }

    private HttpApi api(Authentication authentication) {
        return api(Endpoint.builder(server.uri()).authentication(authentication).build());
    }

    private List<String> sentAuthorizations() {
        return server.requests().stream()
                .map(HttpApiAuthenticationTest::authorization)
                .toList();
    }

    private static String authorization(RecordedRequest request) {
        return Objects.requireNonNull(request.getHeaders().get("Authorization"));
    }

    private static Iterator<String> tokens(String... tokens) {
        return List.of(tokens).iterator();
    }
}
