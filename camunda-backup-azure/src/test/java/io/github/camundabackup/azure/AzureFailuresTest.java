package io.github.camundabackup.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import mockwebserver3.SocketEffect;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureFailuresTest {
    private static final String SECRET = "YS1zZWNyZXQtdGhhdC1ub2JvZHktc2Vlcw==";

    private final MockWebServer server = new MockWebServer();
    private ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server.start();
        store = builder().build();
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private AzureObjectStore.Builder builder() {
        return AzureObjectStore.builder("zeebe")
                .basePath("/backups/")
                .endpoint(server.url("/account").uri())
                .requestTimeout(Duration.ofSeconds(20))
                .accountKey("account", SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "404, ContainerNotFound, BUCKET_MISSING, no such container",
        "403, AuthorizationPermissionMismatch, FORBIDDEN, Storage Blob Data Reader",
        "403, AuthenticationFailed, UNAUTHENTICATED, account key",
        "401, NoAuthenticationInformation, UNAUTHENTICATED, account key",
        "503, ServerBusy, BUSY, Waiting helps",
        "429, TooManyRequests, BUSY, Waiting helps",
        "500, InternalError, UNREACHABLE, 500",
        "500, OperationTimedOut, UNREACHABLE, OperationTimedOut",
        "301, Moved, OTHER, 301",
        "400, InvalidQueryParameterValue, OTHER, InvalidQueryParameterValue"
    })
    void whatAListingIsRefusedWith(int status, String code, Reason reason, String hint) {
        answer(status, code);
        assertFailure(() -> store.list("1/", Optional.empty()), reason)
                .hasMessageContaining("Listing 1/ in the Azure container zeebe at http://")
                .hasMessageContaining("folder backups/")
                .hasMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "404, BlobNotFound, OBJECT_MISSING, no such object",
        "404, ContainerNotFound, BUCKET_MISSING, no such container",
        "403, AuthorizationPermissionMismatch, FORBIDDEN, permission to read",
        "409, BlobArchived, OTHER, archive",
        "409, BlobUsesCustomerSpecifiedEncryption, WRONG_KEY, not supported",
        "503, ServerBusy, BUSY, Waiting helps"
    })
    void whatReadingIsRefusedWith(int status, String code, Reason reason, String hint) {
        answer(status, code);
        assertFailure(() -> store.open("1/a"), reason)
                .hasMessageContaining("Reading 1/a in the Azure container zeebe")
                .hasMessageContaining(hint);
    }

    @Test
    void aMissingObjectIsToldFromAMissingContainer() {
        answer(404, "BlobNotFound");
        answer(404, "ContainerNotFound");

        assertThat(store.head("a")).isEmpty();
        assertFailure(() -> store.head("a"), Reason.BUCKET_MISSING);
    }

    @Test
    void aSignatureIsShownNowhere() {
        try (ObjectStore signed = AzureObjectStore.builder("zeebe")
                .endpoint(server.url("/account").uri())
                .sasToken("sv=2024-11-04&sig=" + SECRET)
                .build()) {
            assertThat(signed.description()).doesNotContain(SECRET);
            answer(403, "AuthorizationPermissionMismatch");
            assertFailure(() -> signed.list("", Optional.empty()), Reason.FORBIDDEN);
            for (int i = 0; i < 5; i++) {
                server.enqueue(new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
            }
            assertFailure(() -> signed.list("", Optional.empty()), Reason.UNREACHABLE);
        }
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedAndNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureObjectStore.builder("zeebe")
                        .connectionString("AccountKey=" + SECRET)
                        .build())
                .withMessageContaining("connection string")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().endpoint(URI.create("http://localhost/account?sig=" + SECRET)))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureObjectStore.builder("zeebe")
                        .endpoint(server.url("/account").uri())
                        .build())
                .withMessageContaining("needs credentials");
    }

    @Test
    void whatIsNotAzureIsSaidToBeSo() {
        page(200, "<html><body>Please log in</body></html>");
        page(200, "no XML at all");
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
        server.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());
        assertFailure(() -> store.list("", Optional.empty()), Reason.UNREACHABLE);
    }

    @Test
    void contentsThatAreCutAreNotTakenForWhole() {
        // The library tries a few times by itself to go on where it was cut.
        for (int i = 0; i < 20; i++) {
            server.enqueue(new MockResponse.Builder()
                    .body("x".repeat(200_000))
                    .code(206)
                    .addHeader("Content-Range", "bytes 0-199999/200000")
                    .addHeader("ETag", "\"1\"")
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build());
        }

        assertThatException()
                .isThrownBy(() -> {
                    try (InputStream contents = store.open("a")) {
                        contents.readAllBytes();
                    }
                })
                .withMessageContaining("Reading a in the Azure container zeebe");
    }

    @Test
    void nobodyThereIsUnreachable() {
        server.close();
        assertFailure(() -> store.head("a"), Reason.UNREACHABLE);
    }

    @Test
    void whoDoesNotAnswerIsUnreachable() {
        try (ObjectStore impatient =
                builder().requestTimeout(Duration.ofMillis(50)).build()) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
            assertFailure(() -> impatient.head("a"), Reason.UNREACHABLE);
        }
    }

    @Test
    void whoWaitsForAnAnswerCanBeInterrupted() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
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

    private void answer(int status, String code) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("x-ms-error-code", code)
                .addHeader("Content-Type", "application/xml")
                .body("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>")
                .build());
    }

    private void page(int status, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/html")
                .body(body)
                .build());
    }

    private static AbstractThrowableAssert<?, ObjectStoreException> assertFailure(
            ThrowingCallable question, Reason reason) {
        ObjectStoreException failure = catchThrowableOfType(ObjectStoreException.class, question);
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
        }
        return assertThat(failure);
    }
}
