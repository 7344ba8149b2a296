package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;

/** What the tests of access tokens share: an identity provider beside the server. */
abstract class AbstractTokenTest extends AbstractHttpTest {
    static final String SECRET = "s3cr3t-of-the-client";
    static final String TOKEN = "POST /realms/camunda/token";

    @AutoClose
    final StubServer provider = StubServer.start();

    URI tokenEndpoint() {
        return URI.create(provider.uri() + "/realms/camunda/token");
    }

    ClientCredentials.Builder client() {
        return ClientCredentials.builder(tokenEndpoint(), "backup").secret(() -> SECRET);
    }

    HttpApi api(ClientCredentials client) {
        return api(endpoint(client).build());
    }

    Endpoint.Builder endpoint(ClientCredentials client) {
        return Endpoint.builder(server.uri()).authentication(Authentication.clientCredentials(client));
    }

    static MockResponse token(String value, long seconds) {
        return StubServer.json(
                200, "{\"access_token\":\"" + value + "\",\"expires_in\":" + seconds + ",\"token_type\":\"Bearer\"}");
    }

    List<String> sentAuthorizations() {
        return server.requests().stream().map(AbstractTokenTest::authorization).toList();
    }

    static String authorization(RecordedRequest request) {
        return Objects.requireNonNull(request.getHeaders().get("Authorization"));
    }

    static String body(RecordedRequest request) {
        return Objects.requireNonNull(request.getBody()).utf8();
    }
}
