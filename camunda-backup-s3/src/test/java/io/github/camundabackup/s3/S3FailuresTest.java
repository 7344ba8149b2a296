package io.github.camundabackup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.test.contract.AbstractBucketFailuresTest;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class S3FailuresTest extends AbstractBucketFailuresTest {
    private static final String KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Override
    protected ObjectStore store(URI server, Duration requestTimeout) {
        return builder().requestTimeout(requestTimeout).build();
    }

    @Override
    protected String place() {
        return "S3 bucket zeebe at http://";
    }

    private S3ObjectStore.Builder builder() {
        return S3ObjectStore.builder("zeebe")
                .basePath("/backups/")
                .endpoint(uri())
                .pathStyle()
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", SECRET)));
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, BUCKET_MISSING, no such bucket",
        "403, AccessDenied, FORBIDDEN, s3:ListBucket on the bucket zeebe",
        "403, InvalidAccessKeyId, UNAUTHENTICATED, credentials",
        "403, SignatureDoesNotMatch, UNAUTHENTICATED, credentials",
        "400, ExpiredToken, UNAUTHENTICATED, credentials",
        "403, RequestTimeTooSkewed, UNAUTHENTICATED, clock",
        "301, PermanentRedirect, WRONG_REGION, another region",
        "400, AuthorizationHeaderMalformed, WRONG_REGION, expecting",
        "503, SlowDown, BUSY, SlowDown",
        "503, ServiceUnavailable, BUSY, Waiting helps",
        "429, TooManyRequests, BUSY, Waiting helps",
        "500, InternalError, UNREACHABLE, 500",
        "400, RequestTimeout, UNREACHABLE, RequestTimeout",
        "400, InvalidArgument, OTHER, InvalidArgument"
    })
    void whatAListingIsRefusedWith(int status, String code, Reason reason, String hint) {
        answer(status, error(code, "expecting 'eu-central-1'"));
        assertFailure(() -> store.list("1/", Optional.empty()), reason)
                .hasMessageContaining("Listing 1/ in the S3 bucket zeebe at http://")
                .hasMessageContaining("folder backups/")
                .hasMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey, OBJECT_MISSING, no such object",
        "404, NoSuchBucket, BUCKET_MISSING, no such bucket",
        "403, AccessDenied, FORBIDDEN, s3:GetObject",
        "403, InvalidObjectState, OTHER, archive",
        "400, InvalidRequest, WRONG_KEY, give the one that Zeebe has",
        "503, SlowDown, BUSY, Waiting helps"
    })
    void whatReadingIsRefusedWith(int status, String code, Reason reason, String hint) {
        answer(status, error(code, "The object was stored using a form of Server Side Encryption."));
        assertFailure(() -> store.open("1/a"), reason)
                .hasMessageContaining("Reading 1/a in the S3 bucket zeebe")
                .hasMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "400, WRONG_KEY, key of SSE-C",
        "403, FORBIDDEN, s3:GetObject",
        "301, WRONG_REGION, eu-central-1",
        "503, BUSY, Waiting helps"
    })
    void whatAHeadIsRefusedWithThatHasNoBody(int status, Reason reason, String hint) {
        server().enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("x-amz-bucket-region", "eu-central-1")
                .build());
        assertFailure(() -> store.head("a"), reason).hasMessageContaining(hint);
    }

    @Test
    void aWrongKeyIsToldFromAMissingOne() {
        server().enqueue(new MockResponse.Builder().code(400).build());
        try (ObjectStore withKey = builder().customerKey(KEY).build()) {
            assertFailure(() -> withKey.head("a"), Reason.WRONG_KEY)
                    .hasMessageContaining("not encrypted with the key of SSE-C that was given");
        }
    }

    @Test
    void theKeyIsSentWithEachQuestionForAnObjectAndShownNowhere() throws Exception {
        try (ObjectStore withKey = builder().customerKey(KEY).build()) {
            server().enqueue(new MockResponse.Builder()
                    .addHeader("Content-Length", 3)
                    .build());
            server().enqueue(new MockResponse.Builder().body("abc").build());
            assertThat(withKey.head("a")).isPresent();
            try (InputStream contents = withKey.open("a")) {
                assertThat(contents.readAllBytes()).asString().isEqualTo("abc");
            }
            for (int i = 0; i < 2; i++) {
                RecordedRequest request = server().takeRequest();
                assertThat(request.getHeaders().get("x-amz-server-side-encryption-customer-algorithm"))
                        .isEqualTo("AES256");
                assertThat(request.getHeaders().get("x-amz-server-side-encryption-customer-key"))
                        .isEqualTo(KEY);
                assertThat(request.getHeaders().get("x-amz-server-side-encryption-customer-key-MD5"))
                        .isEqualTo(CustomerKey.of(KEY).md5());
                // Where checksums are not asked for, a store that knows none has nothing to refuse.
                assertThat(request.getHeaders().get("x-amz-checksum-mode")).isNull();
            }
            assertThat(withKey.toString()).doesNotContain(KEY);
            assertThat(CustomerKey.of(KEY).toString()).doesNotContain(KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no base64!", "dG9vIHNob3J0"})
    void aKeyThatIsNoneIsRefusedAndNotShown(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().customerKey(key))
                .withMessageContaining("32 bytes")
                .satisfies(e ->
                        assertThat(key.isEmpty() || !e.toString().contains(key)).isTrue());
    }

    @Test
    void theEndpointMayHoldNoSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().endpoint(URI.create("http://user:" + SECRET + "@localhost")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
    }

    private void answer(int status, String body) {
        server().enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private static String error(String code, String message) {
        return "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
    }
}
