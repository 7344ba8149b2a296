package io.github.camundabackup.internal.presence;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A component that is taken for stopped gets its indices deleted under it. */
class ClusterPresenceTest extends AbstractComponentTest {

    @Test
    void whoRefusesConnectionsIsDown() throws Exception {
        URI free = server.uri();
        server.close();

        assertThat(running(free)).isEmpty();
    }

    @Test
    void aRefusalThatTookAsLongAsAnOperatingSystemWaitsIsNotBelieved() throws Exception {
        Endpoint slow = Endpoint.builder(server.uri())
                .authentication(Authentication.bearer(() -> {
                    time.advance(Duration.ofSeconds(127));
                    return "token";
                }))
                .build();
        server.close();

        assertThat(running(slow)).singleElement().asString().contains("not known to be down");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 503})
    void whoAnswersIsNot(int status) throws Exception {
        server.on("GET /actuator", StubServer.status(status));

        assertThat(running(server.uri()))
                .singleElement()
                .asString()
                .contains("Zeebe at " + server.uri())
                .contains("it answers with status " + status);
    }

    @Test
    void whoHangsUpIsNotKnownToBe() throws Exception {
        server.on(
                "GET /actuator",
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());

        assertThat(running(server.uri())).singleElement().asString().contains("not known to be down");
    }

    @Test
    void aHostThatCannotBeFoundIsNotKnownToBe() throws Exception {
        assertThat(running(URI.create("http://no-such-host.invalid:9600")))
                .singleElement()
                .asString()
                .contains("not known to be down")
                .contains("does not resolve");
    }

    @Test
    void aPortThatDoesNotSpeakTlsIsNotKnownToBe() throws Exception {
        server.on("GET /actuator", StubServer.status(200));
        URI secure = URI.create(server.uri().toString().replace("http:", "https:"));

        assertThat(running(secure)).singleElement().asString().contains("not known to be down");
    }

    private List<String> running(URI uri) throws Exception {
        return running(Endpoint.of(uri));
    }

    private List<String> running(Endpoint endpoint) throws Exception {
        return resultOf(ClusterPresence.ask(
                        ClusterEndpoints.builder().zeebe(endpoint).build(), resources))
                .running();
    }
}
