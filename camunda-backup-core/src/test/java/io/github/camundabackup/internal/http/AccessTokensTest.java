package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.error.AccessTokenException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When access tokens are asked for, and which request carries which. */
class AccessTokensTest extends AbstractTokenTest {

    @BeforeEach
    void answer() {
        server.on("GET /thing", 200, "{}");
        server.on("POST /thing", 200, "{}");
    }

    @Test
    void allThatWaitShareOneRequestForAToken() throws Exception {
        provider.on(TOKEN, token("one", 300), token("two", 300));
        ClientCredentials client = client().build();
        HttpApi other = api(client);
        HttpApi api = api(client);

        List<CompletableFuture<HttpAnswer>> all = IntStream.range(0, 20)
                .mapToObj(number -> (number % 2 == 0 ? api : other).send(GET))
                .toList();
        resultOf(Futures.all(all));

        assertThat(provider.requests()).hasSize(1);
        assertThat(sentAuthorizations()).hasSize(20).containsOnly("Bearer one");
    }

    @Test
    void keepsATokenUntilItsLastMinute() throws Exception {
        provider.on(TOKEN, token("one", 300), token("two", 300));
        HttpApi api = api(client().build());

        resultOf(api.send(GET));
        time.advance(Duration.ofSeconds(239));
        resultOf(api.send(GET));
        assertThat(provider.requests()).hasSize(1);

        time.advance(Duration.ofSeconds(57));
        resultOf(api.send(GET));
        assertThat(provider.requests()).hasSize(2);
        assertThat(sentAuthorizations()).containsExactly("Bearer one", "Bearer one", "Bearer two");
    }

    @Test
    void aTokenThatIsGoodStillWaitsForNoRenewal() throws Exception {
        provider.on(TOKEN, token("one", 300), StubServer.late());
        HttpApi api = api(client().build());

        resultOf(api.send(GET));
        time.advance(Duration.ofSeconds(250));
        resultOf(api.send(GET));
        resultOf(api.send(GET));

        assertThat(sentAuthorizations()).containsOnly("Bearer one");
    }

    @Test
    void aRenewalThatFailsIsTriedAgainOnlyLater() throws Exception {
        provider.on(TOKEN, token("one", 300), status(400));
        HttpApi api = api(client().build());

        resultOf(api.send(GET));
        time.advance(Duration.ofSeconds(250));
        for (int i = 0; i < 10; i++) {
            resultOf(api.send(GET));
        }

        assertThat(provider.requests().size()).isLessThan(4);
        assertThat(sentAuthorizations()).hasSize(11).containsOnly("Bearer one");
    }

    @Test
    void withoutALifetimeATokenIsKeptForAMinute() throws Exception {
        provider.on(
                TOKEN,
                json(200, "{\"access_token\":\"one\",\"token_type\":\"bearer\"}"),
                json(200, "{\"access_token\":\"two\"}"));
        HttpApi api = api(client().build());

        resultOf(api.send(GET));
        resultOf(api.send(GET));
        time.advance(Duration.ofSeconds(56));
        resultOf(api.send(GET));

        assertThat(sentAuthorizations()).containsExactly("Bearer one", "Bearer one", "Bearer two");
    }

    @Test
    void aRefusedTokenIsReplacedAndARequestWithAnEffectRepeatedOnce() throws Exception {
        provider.on(TOKEN, token("old", 300), token("new", 300));
        server.on("POST /thing", status(401), json(200, "{}"));

        HttpAnswer answer = resultOf(api(client().build()).send(HttpCall.post("do it", "thing")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sentAuthorizations()).containsExactly("Bearer old", "Bearer new");
    }

    @Test
    void aRequestIsNotRepeatedASecondTime() throws Exception {
        provider.on(TOKEN, token("one", 300), token("two", 300), token("three", 300));
        server.on("GET /thing", status(401));

        HttpAnswer answer = resultOf(api(client().build()).sendRepeatable(GET));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(sentAuthorizations()).containsExactly("Bearer one", "Bearer two");
    }

    @Test
    void aRequestIsNotRepeatedWithTheSameToken() throws Exception {
        provider.on(TOKEN, token("same", 300));
        server.on("GET /thing", status(401));

        resultOf(api(client().build()).send(GET));

        assertThat(server.requests()).hasSize(1);
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void aTokenThatWasReplacedMeanwhileIsNotReplacedAgain() throws Exception {
        provider.on(TOKEN, token("one", 300), token("two", 300), token("three", 300));
        AccessTokens tokens = new AccessTokens.Shared(resources).of(client().build());
        AccessToken first = resultOf(tokens.current());

        AccessToken second = resultOf(tokens.insteadOf(first));

        assertThat(resultOf(tokens.insteadOf(first))).isSameAs(second);
        assertThat(provider.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aProviderThatAsksToBeLeftAloneIs(int status) throws Exception {
        provider.on(
                TOKEN,
                status(status).newBuilder().addHeader("Retry-After", "20").build(),
                status(status).newBuilder().addHeader("Retry-After", "3600").build(),
                token("one", 300));

        resultOf(api(client().build()).send(GET));

        assertThat(time.delays()).containsExactly(Duration.ofSeconds(20), Duration.ofMinutes(1));
        assertThat(sentAuthorizations()).containsExactly("Bearer one");
    }

    @Test
    void aProviderThatHangsHoldsARequestUpNoLongerThanItsOwnTimeout() {
        provider.on(TOKEN, StubServer.late());
        HttpApi api = api(endpoint(client().build()).requestTimeout(TIMEOUT).build());

        AccessTokenException failure = failureOf(api.sendRepeatable(GET), AccessTokenException.class);

        assertThat(failure.reason()).isEqualTo(AccessTokenException.Reason.UNAVAILABLE);
        assertThat(failure)
                .hasMessageContaining(tokenEndpoint().toString())
                .hasMessageContaining(TIMEOUT.toMillis() + " ms");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatHoldsUpTheTokensOfSomeDoesNotHoldUpThoseOfResourcesApart() throws Exception {
        provider.on(TOKEN, token("apart", 300));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean held = new AtomicBoolean();
        ClientCredentials client = client().secret(() -> {
                    if (held.compareAndSet(false, true)) {
                        asked.countDown();
                        await(end);
                    }
                    return SECRET;
                })
                .build();
        CompletableFuture<HttpAnswer> first = api(client).send(GET);
        await(asked);

        try (ClientResources apart = resources.apart()) {
            resultOf(HttpApi.of(endpoint(client).build(), "Zeebe", apart).send(GET));

            assertThat(first).isNotDone();
            assertThat(sentAuthorizations()).containsExactly("Bearer apart");
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aStreamedAnswerIsAskedForWithAFreshTokenToo() throws Exception {
        provider.on(TOKEN, token("old", 300), token("new", 300));
        server.on("GET /thing", status(401), json(200, "[1,2,3]"));
        StringBuilder seen = new StringBuilder();

        resultOf(api(client().build()).stream(GET, 1, Optional.empty(), (head, element) -> seen.append(element)));

        assertThat(seen).hasToString("123");
    }

    @Test
    void whatOnlyLooksForSignsOfLifeNeedsNoToken() throws Exception {
        HttpAnswer answer =
                resultOf(HttpApi.withoutTokens(endpoint(client().build()).build(), "Operate", resources)
                        .send(GET));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.onlyRequest().getHeaders().get("Authorization")).isNull();
        assertThat(provider.requests()).isEmpty();
    }
}
