package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.Outcomes.stackTraceOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.RecordedRequest;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

/** What is sent. */
class HttpApiRequestTest extends AbstractHttpTest {

    @Test
    void encodesPathAndQuery() throws Exception {
        resultOf(api().send(HttpCall.get("read", "a b", "ä/..", "x?y#z%")
                .query("pattern", "17*")
                .query("a&b", "c=d+e f")));

        assertThat(server.onlyRequest().getTarget())
                .isEqualTo("/a%20b/%C3%A4%2F../x%3Fy%23z%25?pattern=17%2A&a%26b=c%3Dd%2Be%20f");
    }

    @Test
    void putsThePathBehindTheContextPath() throws Exception {
        resultOf(api(Endpoint.of(URI.create(server.uri() + "/orchestration/"))).send(GET));

        assertThat(server.onlyRequest().getTarget()).isEqualTo("/orchestration/thing");
    }

    @Test
    void sendsJsonWithItsContentType() throws Exception {
        resultOf(api().send(HttpCall.post("take", "thing").json(Map.of("backupId", 17L))));

        RecordedRequest request = server.onlyRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getBody().utf8()).isEqualTo("{\"backupId\":17}");
    }

    @Test
    void sendsNoContentTypeWithoutABody() throws Exception {
        resultOf(api().send(HttpCall.post("take", "thing")));

        assertThat(server.onlyRequest().getHeaders().get("Content-Type")).isNull();
        assertThat(server.onlyRequest().getBodySize()).isZero();
    }

    @Test
    void sendsEveryMethod() throws Exception {
        resultOf(api().send(HttpCall.put("write", "thing").json(Map.of())));
        resultOf(api().send(HttpCall.delete("delete", "thing")));

        assertThat(server.requests()).extracting(RecordedRequest::getMethod).containsExactly("PUT", "DELETE");
    }

    @Test
    void doesNotAskForAnUpgradeThatConfusesProxies() throws Exception {
        resultOf(api().send(GET));

        assertThat(server.onlyRequest().getHeaders().names()).doesNotContain("Upgrade", "HTTP2-Settings");
    }

    @Test
    void sendsTheEndpointsHeaders() throws Exception {
        resultOf(api(Endpoint.builder(server.uri()).header("X-Tenant", "blue").build())
                .send(GET));

        assertThat(server.onlyRequest().getHeaders().values("X-Tenant")).containsExactly("blue");
    }

    @Test
    void showsTheSignerWhatIsSentAndSendsWhatItAdds() throws Exception {
        StringBuilder seen = new StringBuilder();
        Endpoint endpoint = Endpoint.builder(URI.create(server.uri() + "/base"))
                .header("X-Tenant", "blue")
                .signer((method, uri, headers, body) -> {
                    seen.append(method)
                            .append(' ')
                            .append(uri)
                            .append(' ')
                            .append(headers.get("X-Tenant"))
                            .append(headers.get("Content-Type"))
                            .append(' ')
                            .append(new String(body, UTF_8));
                    return Map.of("Authorization", "AWS4-HMAC-SHA256 x", "Host", "ignored", "x-tenant", "signed");
                })
                .build();

        resultOf(api(endpoint).send(HttpCall.post("take", "a b").query("q", "*").json(Map.of("n", 1))));

        RecordedRequest sent = server.onlyRequest();
        assertThat(seen).hasToString("POST " + server.uri() + "/base/a%20b?q=%2A [blue][application/json] {\"n\":1}");
        assertThat(sent.getTarget()).isEqualTo("/base/a%20b?q=%2A");
        assertThat(sent.getBody().utf8()).isEqualTo("{\"n\":1}");
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("AWS4-HMAC-SHA256 x");
        assertThat(sent.getHeaders().values("X-Tenant")).containsExactly("signed");
        assertThat(sent.getHeaders().get("Host")).startsWith("localhost:");
    }

    @Test
    void sendsNothingIfTheSignerFails() {
        Endpoint endpoint = Endpoint.builder(server.uri())
                .signer((method, uri, headers, body) -> {
                    throw new IllegalStateException("no credentials");
                })
                .build();

        CamundaBackupException failure = failureOf(api(endpoint).sendRepeatable(GET), CamundaBackupException.class);

        assertThat(failure)
                .isExactlyInstanceOf(CamundaBackupException.class)
                .hasMessageContaining("signer failed (java.lang.IllegalStateException)")
                .hasMessageContaining("nothing was sent")
                .hasStackTraceContaining(getClass().getName());
        assertThat(Throwables.getStackTrace(failure)).doesNotContain("no credentials");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void sendsNothingIfTheSignerSetsWhatCannotBeSent() {
        Endpoint endpoint = Endpoint.builder(server.uri())
                .signer((method, uri, headers, body) -> Map.of("X-Signature", "s3cr3t\n"))
                .build();

        CamundaBackupException failure = failureOf(api(endpoint).sendRepeatable(GET), CamundaBackupException.class);

        assertThat(failure).hasMessageContaining("X-Signature").hasMessageContaining("nothing was sent");
        assertThat(stackTraceOf(failure)).doesNotContain("s3cr3t");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void failsTheFutureIfTheResourcesAreClosed() {
        HttpApi api = api();
        resources.close();

        CompletableFuture<HttpAnswer> answer = api.sendRepeatable(GET);

        assertThat(failureOf(answer, CamundaBackupException.class))
                .isExactlyInstanceOf(CamundaBackupException.class)
                .hasMessageContaining("closed")
                .hasMessageContaining("nothing was sent");
    }

    @Test
    void sharesOneClientAmongEndpointsThatAreConnectedToInTheSameWay() {
        try (ClientResources other = ClientResources.create()) {
            HttpClients clients = new HttpClients(other);
            Endpoint endpoint = Endpoint.of(server.uri());

            assertThat(clients.forEndpoint(endpoint))
                    .isSameAs(clients.forEndpoint(Endpoint.of(URI.create("http://elsewhere"))))
                    .isNotSameAs(clients.forEndpoint(Endpoint.builder(server.uri())
                            .connectTimeout(TIMEOUT)
                            .build()));
        }
    }
}
