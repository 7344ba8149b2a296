package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.SteppingTime;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;

/** What the tests of {@link HttpApi} share: a server, resources whose waits pass at once, and short real timeouts. */
abstract class AbstractHttpTest {
    static final HttpCall GET = HttpCall.get("read the thing", "thing");
    static final Duration TIMEOUT = Duration.ofMillis(400);

    final SteppingTime time = new SteppingTime();

    @AutoClose
    final StubServer server = StubServer.start();

    @AutoClose
    final ClientResources resources = ClientResources.builder().time(time).build();

    HttpApi api() {
        return api(Endpoint.of(server.uri()));
    }

    HttpApi api(Endpoint endpoint) {
        return HttpApi.of(endpoint, "Operate", resources);
    }

    HttpApi hurried(URI uri) {
        return api(Endpoint.builder(uri).requestTimeout(TIMEOUT).build());
    }
}
