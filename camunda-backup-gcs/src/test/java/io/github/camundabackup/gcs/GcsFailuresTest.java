package io.github.camundabackup.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.test.contract.AbstractBucketFailuresTest;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcsFailuresTest extends AbstractBucketFailuresTest {
    @Override
    protected ObjectStore store(URI server, Duration requestTimeout) {
        return builder().requestTimeout(requestTimeout).build();
    }

    @Override
    protected String place() {
        return "GCS bucket zeebe at http://";
    }

    private GcsObjectStore.Builder builder() {
        return GcsObjectStore.builder("zeebe")
                .basePath("/backups/")
                .host(uri())
                .credentials(GoogleCredentials.create(
                        new AccessToken(SECRET, Date.from(Instant.now().plusSeconds(3600)))));
    }

    @ParameterizedTest
    @CsvSource({
        "404, notFound, BUCKET_MISSING, no such bucket",
        "403, forbidden, FORBIDDEN, storage.objects.list on the bucket zeebe",
        "401, authError, UNAUTHENTICATED, credentials",
        "401, required, UNAUTHENTICATED, credentials",
        "400, userProjectMissing, FORBIDDEN, Readers of this bucket pay",
        "403, rateLimitExceeded, BUSY, Waiting helps",
        "429, rateLimitExceeded, BUSY, Waiting helps",
        "503, backendError, BUSY, Waiting helps",
        "500, backendError, UNREACHABLE, 500",
        "408, uploadBrokenConnection, UNREACHABLE, 408",
        "400, invalid, OTHER, invalid"
    })
    void whatAListingIsRefusedWith(int status, String reason, Reason meaning, String hint) {
        answer(status, reason);
        assertFailure(() -> store.list("1/", Optional.empty()), meaning)
                .hasMessageContaining("Listing 1/ in the GCS bucket zeebe at http://")
                .hasMessageContaining("folder backups/")
                .hasMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "403, forbidden, FORBIDDEN, storage.objects.get on the bucket zeebe",
        "400, resourceIsEncryptedWithCustomerEncryptionKey, WRONG_KEY, not supported",
        "503, backendError, BUSY, Waiting helps"
    })
    void whatReadingIsRefusedWith(int status, String reason, Reason meaning, String hint) {
        answer(status, reason);
        assertFailure(() -> store.open("1/a"), meaning)
                .hasMessageContaining("Reading 1/a in the GCS bucket zeebe")
                .hasMessageContaining(hint);
    }

    @Test
    void aMissingObjectIsToldFromAMissingBucket() {
        answer(404, "notFound");
        answer(200, "");
        assertFailure(() -> store.open("1/a"), Reason.OBJECT_MISSING);

        answer(404, "notFound");
        answer(404, "notFound");
        assertFailure(() -> store.open("1/a"), Reason.BUCKET_MISSING);
    }

    @Test
    void whoMayNotListIsToldOfTheObjectThatIsMissing() {
        answer(404, "notFound");
        answer(403, "forbidden");
        assertFailure(() -> store.open("1/a"), Reason.OBJECT_MISSING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverGetsNoTokenIsToldSo(boolean passes) {
        try (ObjectStore without = builder()
                .credentials(new GoogleCredentials() {
                    @Serial
                    private static final long serialVersionUID = 1L;

                    @Override
                    public AccessToken refreshAccessToken() throws IOException {
                        throw new NoTokenException(passes);
                    }
                })
                .build()) {
            assertFailure(
                            () -> without.list("", Optional.empty()),
                            passes ? Reason.UNREACHABLE : Reason.UNAUTHENTICATED)
                    .hasMessageContaining("no (new) token");
        }
    }

    /** As the library's own, which nobody else can make. */
    private static final class NoTokenException extends IOException implements Retryable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final boolean passes;

        NoTokenException(boolean passes) {
            super("invalid_grant");
            this.passes = passes;
        }

        @Override
        public boolean isRetryable() {
            return passes;
        }

        @Override
        public int getRetryCount() {
            return 0;
        }
    }

    @Test
    void whoeverHasNoCredentialsIsToldSoWithTheFirstQuestion() {
        GcsBucket bucket = new GcsBucket("zeebe", Optional.empty(), () -> {
            throw new IOException("Your default credentials were not found.");
        });
        try (ObjectStore without = new GcsObjectStore(bucket, "", "")) {
            assertFailure(() -> without.list("", Optional.empty()), Reason.UNAUTHENTICATED)
                    .hasMessageContaining("finds no credentials");
        }
    }

    @Test
    void theHostMayHoldNoSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().host(URI.create("http://user:" + SECRET + "@localhost")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
    }

    @Test
    void anEmulatorIsAskedAsNobody() throws InterruptedException {
        answer(200, "");
        try (ObjectStore emulator = builder().noCredentials().build()) {
            assertThat(emulator.list("", Optional.empty()).objects()).isEmpty();
        }
        assertThat(server().takeRequest().getHeaders().get("Authorization")).isNull();
    }

    private void answer(int status, String reason) {
        server().enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(
                        status == 200
                                ? "{\"kind\":\"storage#objects\"}"
                                : "{\"error\":{\"code\":" + status + ",\"message\":\"m\",\"errors\":[{\"reason\":\""
                                        + reason + "\",\"message\":\"m\",\"domain\":\"global\"}]}}")
                .build());
    }
}
