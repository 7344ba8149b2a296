package io.github.camundabackup.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.SocketEffect;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold of every vendor's bucket when its server, or what is before it, does not do its part. */
public abstract class AbstractBucketFailuresTest {
    /** In Base64, as some vendors want it. */
    protected static final String SECRET = "YS1zZWNyZXQtdGhhdC1ub2JvZHktc2Vlcw==";

    /** More than any vendor's library asks by itself. */
    private static final int OFTEN = 20;

    /** The folder {@code backups/} of a bucket {@code zeebe}. */
    protected ObjectStore store;

    private final MockWebServer server = new MockWebServer();

    /** For subclasses. */
    protected AbstractBucketFailuresTest() {}

    /** A store of the bucket {@code zeebe}, folder {@code /backups/}, with the secret. */
    protected abstract ObjectStore store(URI server, Duration requestTimeout);

    /** How messages call it. */
    protected abstract String place();

    /** The answer to a question for an object's contents. */
    protected MockResponse.Builder contents(String body) {
        return new MockResponse.Builder().body(body);
    }

    @BeforeEach
    final void start() throws IOException {
        server.start();
        store = store(uri(), Duration.ofSeconds(20));
    }

    @AfterEach
    final void stop() {
        store.close();
        server.close();
    }

    protected final MockWebServer server() {
        return server;
    }

    protected final URI uri() {
        return server.url("/").uri();
    }

    @Test
    void anAnswerOfSomethingElseIsSaidToBeSo() {
        page(200, "<html><body>Please log in</body></html>");
        page(200, "neither XML nor JSON");
        page(502, "<html><body>Bad gateway</body></html>");
        page(404, "<html><body>Not here</body></html>");

        assertFailure(() -> store.list("", Optional.empty()), Reason.OTHER).hasMessageContaining("between");
        assertFailure(() -> store.list("", Optional.empty()), Reason.OTHER).hasMessageContaining("between");
        assertFailure(() -> store.list("", Optional.empty()), Reason.UNREACHABLE)
                .hasMessageContaining("502");
        assertFailure(() -> store.list("", Optional.empty()), Reason.OTHER).hasMessageContaining("between");
    }

    @Test
    void aConnectionThatIsCutIsNoAnswer() {
        cutConnections();
        assertFailure(() -> store.list("", Optional.empty()), Reason.UNREACHABLE)
                .hasMessageContaining("Listing the " + place())
                .hasMessageContaining("folder backups/");
    }

    /** However often it is asked. */
    protected final void cutConnections() {
        for (int i = 0; i < OFTEN; i++) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
        }
    }

    @Test
    void contentsThatAreCutAreNotTakenForWhole() {
        for (int i = 0; i < OFTEN; i++) {
            server.enqueue(contents("x".repeat(200_000))
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build());
        }
        // Some libraries ask for the rest for as long as they get some of it.
        ((QueueDispatcher) server.getDispatcher())
                .setFailFast(new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());

        assertThatException()
                .isThrownBy(() -> {
                    try (InputStream contents = store.open("a")) {
                        contents.readAllBytes();
                    }
                })
                .withMessageContaining("Reading a in the " + place());
    }

    @Test
    void nobodyThereIsUnreachable() {
        server.close();
        assertFailure(() -> store.head("a"), Reason.UNREACHABLE);
    }

    @Test
    void whoDoesNotAnswerIsUnreachable() {
        try (ObjectStore impatient = store(uri(), Duration.ofMillis(50))) {
            stall();
            assertFailure(() -> impatient.head("a"), Reason.UNREACHABLE);
        }
    }

    @Test
    void whoWaitsForAnAnswerCanBeInterrupted() throws InterruptedException {
        stall();
        Thread waiting = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                server.takeRequest(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return;
            }
            waiting.interrupt();
        });
        interrupter.start();

        try {
            assertFailure(() -> store.list("", Optional.empty()), Reason.OTHER).hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        interrupter.join();
    }

    private void stall() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
    }

    private void page(int status, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/html")
                .body(body)
                .build());
    }

    protected static AbstractThrowableAssert<?, ObjectStoreException> assertFailure(
            ThrowingCallable question, Reason reason) {
        ObjectStoreException failure = catchThrowableOfType(ObjectStoreException.class, question);
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET).doesNotContain("X-Amz-Signature");
        }
        return assertThat(failure);
    }
}
