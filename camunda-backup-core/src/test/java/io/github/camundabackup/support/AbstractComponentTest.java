package io.github.camundabackup.support;

import io.github.camundabackup.component.OperateClient;
import io.github.camundabackup.component.OptimizeClient;
import io.github.camundabackup.component.TasklistClient;
import io.github.camundabackup.component.WebApplicationsClient;
import io.github.camundabackup.component.ZeebeClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;

/**
 * What the tests of the clients share: a server that is scripted as a component, and resources whose waits pass at
 * once.
 */
public abstract class AbstractComponentTest {
    public static final BackupId ID = BackupId.of(100);

    public final SteppingTime time = new SteppingTime();

    @AutoClose
    public final StubServer server = StubServer.start();

    @AutoClose
    public final ClientResources resources =
            ClientResources.builder().time(time).build();

    protected Endpoint endpoint() {
        return Endpoint.of(server.uri());
    }

    /** Gives up early on a server that does not answer, but late enough for the request to have arrived. */
    protected Endpoint hurried() {
        return Endpoint.builder(server.uri())
                .requestTimeout(Duration.ofSeconds(2))
                .build();
    }

    protected OptimizeClient optimize() {
        return OptimizeClient.create(endpoint(), resources);
    }

    protected OperateClient operate() {
        return OperateClient.create(endpoint(), resources);
    }

    protected TasklistClient tasklist() {
        return TasklistClient.create(endpoint(), resources);
    }

    protected WebApplicationsClient webApplications() {
        return WebApplicationsClient.create(endpoint(), resources);
    }

    protected ZeebeClient zeebe() {
        return ZeebeClient.create(endpoint(), CamundaLine.UP_TO_8_7, resources);
    }

    protected ZeebeClient zeebe88() {
        return ZeebeClient.create(endpoint(), CamundaLine.V8_8, resources);
    }

    /** A reply that is lost on its way, although the server got the request. */
    protected static MockResponse lost() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }
}
