package io.github.camundabackup.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.test.contract.AbstractBucketFailuresTest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureFailuresTest extends AbstractBucketFailuresTest {
    @Override
    protected ObjectStore store(URI server, Duration requestTimeout) {
        return builder().requestTimeout(requestTimeout).build();
    }

    @Override
    protected String place() {
        return "Azure container zeebe at http://";
    }

    @Override
    protected MockResponse.Builder contents(String body) {
        int length = body.length();
        return super.contents(body)
                .code(206)
                .addHeader("Content-Range", "bytes 0-" + (length - 1) + "/" + length)
                .addHeader("ETag", "\"1\"");
    }

    private AzureObjectStore.Builder builder() {
        return AzureObjectStore.builder("zeebe")
                .basePath("/backups/")
                .endpoint(server().url("/account").uri())
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
                .endpoint(server().url("/account").uri())
                .sasToken("sv=2024-11-04&sig=" + SECRET)
                .build()) {
            assertThat(signed.description()).doesNotContain(SECRET);
            answer(403, "AuthorizationPermissionMismatch");
            assertFailure(() -> signed.list("", Optional.empty()), Reason.FORBIDDEN);
            cutConnections();
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
                        .endpoint(server().url("/account").uri())
                        .build())
                .withMessageContaining("needs credentials");
    }

    private void answer(int status, String code) {
        server().enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("x-ms-error-code", code)
                .addHeader("Content-Type", "application/xml")
                .body("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>")
                .build());
    }
}
