package io.github.camundabackup.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.contract.ObjectStoreContract;
import io.github.camundabackup.test.contract.ObjectStoreFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GcsObjectStoreTest extends ObjectStoreContract {
    private static final String SECRET = "a-token-that-nobody-sees";
    private static final String BUCKET = "zeebe";
    private static final String BASE_PATH = "clusters/one";

    private JsonApiServer server;

    @BeforeAll
    void startServer() throws IOException {
        server = new JsonApiServer(BUCKET, SECRET);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Override
    protected ObjectStoreFixture createFixture() {
        return new Fixture();
    }

    @Test
    void aWrongTokenIsUnauthenticated() {
        try (ObjectStore store = store(BUCKET).credentials(credentials("wrong")).build()) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> store.list("", Optional.empty()))
                    .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.UNAUTHENTICATED));
        }
    }

    @Test
    void aListingHasChecksumsAndWhatIsAttached() {
        server.put(BASE_PATH + "/a", new byte[] {1}, Map.of("Status-Code", "FAILED"));

        try (ObjectStore store = store(BUCKET).build()) {
            assertThat(store.list("", Optional.empty()).objects())
                    .singleElement()
                    .satisfies(object -> {
                        assertThat(object.checksum()).contains("crc32c:oBbQUg==");
                        assertThat(object.metadata()).containsExactly(Map.entry("status-code", "FAILED"));
                        assertThat(object.modifiedAt()).contains(Instant.parse("2026-11-28T08:00:00.123Z"));
                        assertThat(store.head("a")).contains(object);
                    });
        }
    }

    @Test
    void whereTheStateIsAttachedNoManifestIsDownloaded() {
        for (String state : new String[] {"IN_PROGRESS", "FAILED", "DELETED"}) {
            int partition = state.length();
            server.put(
                    BASE_PATH + "/manifests/" + partition + "/5/0/manifest.json",
                    new byte[] {'{'},
                    Map.of("status-code", state));
        }

        try (ObjectStore store = store(BUCKET).build();
                ClientResources resources = ClientResources.create()) {
            assertThat(ZeebeBackups.of(store, resources)
                            .find(BackupId.of(5))
                            .join()
                            .orElseThrow()
                            .partitions())
                    .extracting("state")
                    .containsExactlyInAnyOrder(BackupState.IN_PROGRESS, BackupState.FAILED, BackupState.DELETED);
        }
        assertThat(server.requests()).noneMatch(request -> request.contains("alt=media"));
    }

    @Test
    void whoeverReadsMayPay() {
        server.put(BASE_PATH + "/a", new byte[] {1}, Map.of());

        try (ObjectStore store = store(BUCKET).project("payer").build()) {
            store.list("", Optional.empty());
            store.head("a");
            store.open("a").close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(server.requests()).hasSize(3).allMatch(request -> request.contains("userProject=payer"));
    }

    private static GoogleCredentials credentials(String token) {
        return GoogleCredentials.create(
                new AccessToken(token, Date.from(Instant.now().plusSeconds(3600))));
    }

    private GcsObjectStore.Builder store(String bucket) {
        return GcsObjectStore.builder(bucket)
                .basePath(BASE_PATH)
                .host(server.uri())
                .credentials(credentials(SECRET));
    }

    private final class Fixture implements ObjectStoreFixture {
        private final ObjectStore store = GcsObjectStoreTest.this.store(BUCKET).build();
        private final ObjectStore missing =
                GcsObjectStoreTest.this.store("nobody-made-this").build();

        @Override
        public ObjectStore store() {
            return store;
        }

        @Override
        public ObjectStore storeOnMissingBucket() {
            return missing;
        }

        @Override
        public void put(String key, byte[] contents) {
            server.put(BASE_PATH + "/" + key, contents, Map.of());
        }

        @Override
        public void putBeside(String suffix, byte[] contents) {
            server.put(BASE_PATH + suffix, contents, Map.of());
        }

        @Override
        public void delete(String key) {
            server.delete(BASE_PATH + "/" + key);
        }

        @Override
        public boolean namesMayBeFoldersToo() {
            return true;
        }

        @Override
        public String secret() {
            return SECRET;
        }

        @Override
        public void close() {
            store.close();
            missing.close();
            server.clear();
        }
    }
}
