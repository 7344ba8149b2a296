package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.SteppingTime;
import io.github.camundabackup.support.StubServer;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;

/** What the tests of the clients share: a server that is scripted as a component, and resources whose waits pass at once. */
abstract class ComponentTest {
    static final BackupId ID = BackupId.of(100);

    final SteppingTime time = new SteppingTime();

    @AutoClose
    final StubServer server = StubServer.start();

    @AutoClose
    final ClientResources resources = ClientResources.builder().time(time).build();

    Endpoint endpoint() {
        return Endpoint.of(server.uri());
    }

    /** Gives up early on a server that does not answer, but late enough for the request to have arrived. */
    Endpoint hurried() {
        return Endpoint.builder(server.uri())
                .requestTimeout(Duration.ofSeconds(2))
                .build();
    }

    OptimizeClient optimize() {
        return OptimizeClient.create(endpoint(), resources);
    }

    OperateClient operate() {
        return OperateClient.create(endpoint(), resources);
    }

    TasklistClient tasklist() {
        return TasklistClient.create(endpoint(), resources);
    }

    WebApplicationsClient webApplications() {
        return WebApplicationsClient.create(endpoint(), resources);
    }

    ZeebeClient zeebe() {
        return ZeebeClient.create(endpoint(), Protocol.UP_TO_8_7, resources);
    }

    ZeebeClient zeebe88() {
        return ZeebeClient.create(endpoint(), Protocol.FROM_8_8, resources);
    }

    /** A reply that is lost on its way, although the server got the request. */
    static MockResponse lost() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }
}
