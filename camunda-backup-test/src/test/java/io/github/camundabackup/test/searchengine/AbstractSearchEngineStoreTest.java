package io.github.camundabackup.test.searchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.time.VirtualTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The store of a module on a search engine that answers what a test says. */
public abstract class AbstractSearchEngineStoreTest extends AbstractEngineTest {
    protected static final String ROOT = "GET /";
    protected static final String GET = "GET /_snapshot/camunda/a";
    protected static final String PUT = "PUT /_snapshot/camunda/a";
    protected static final String LIST = "GET /_snapshot/camunda/a%2A";
    protected static final String RESTORE = "POST /_snapshot/camunda/a/_restore";
    protected static final String INDICES = "GET /_cat/indices/orders%2A";

    protected final ScriptedEngine engine = new ScriptedEngine();
    protected final VirtualTime time = VirtualTime.create();
    private final ClientResources resources =
            ClientResources.builder().time(time).build();
    protected SnapshotStore store;

    @BeforeEach
    final void openStore() {
        store = open(Endpoint.of(engine.uri()));
    }

    @AfterEach
    final void closeAll() {
        store.close();
        resources.close();
        engine.close();
    }

    /** A store for the repository {@code camunda}. */
    protected final SnapshotStore open(Endpoint endpoint) {
        return stores().create(endpoint, "camunda", resources);
    }

    /** Checks that the store refuses to be used with the other product. */
    protected final void assertRefusesOtherProduct(MockResponse root, String adviceToUse) {
        engine.on(ROOT, root);

        assertThat(failure(store.engine()))
                .isInstanceOf(ConfigurationMismatchException.class)
                .hasMessageContaining(adviceToUse);
        assertThat(failure(store.verifyRepository()))
                .isInstanceOf(ConfigurationMismatchException.class)
                .hasMessageContaining(adviceToUse);
    }

    protected static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    protected static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** What was sent with the first request of a method and path. */
    protected final String sentBody(String request) {
        return body(engine.requests(request).get(0));
    }

    protected static String body(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().utf8();
    }

    protected static Throwable failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("Expected a failure, but it gave " + future.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
