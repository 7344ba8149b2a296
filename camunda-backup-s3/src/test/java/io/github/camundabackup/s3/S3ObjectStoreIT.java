package io.github.camundabackup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.test.contract.ObjectStoreContract;
import io.github.camundabackup.test.contract.ObjectStoreFixture;
import io.github.camundabackup.test.process.FreePorts;
import io.github.camundabackup.test.process.ServerProcess;
import io.github.camundabackup.test.process.TemporaryDirectory;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Against S3Proxy, which checks signatures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ObjectStoreIT extends ObjectStoreContract {
    private static final String IDENTITY = "zeebe-backups";
    private static final String SECRET = "a-secret-that-nobody-sees";
    private static final String BUCKET = "zeebe";
    private static final String BASE_PATH = "clusters/one";

    private URI endpoint;
    private TemporaryDirectory directory;
    private ServerProcess server;
    private S3Client writer;

    @BeforeAll
    void startServer() throws IOException {
        endpoint = URI.create("http://127.0.0.1:" + FreePorts.find(1).get(0));
        directory = new TemporaryDirectory("s3", this::stopServer);
        Path properties = directory.path().resolve("s3proxy.properties");
        Files.writeString(properties, """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=transient
                jclouds.identity=none
                jclouds.credential=none
                """.formatted(endpoint, IDENTITY, SECRET));
        server = new ServerProcess(
                "S3Proxy",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        Objects.requireNonNull(System.getProperty("camunda-backup.s3proxy")),
                        "--properties",
                        properties.toString()),
                Map.of(),
                directory.path(),
                directory.path().resolve("s3proxy.log"));
        server.start();
        server.awaitReady(this::answers, "");
        writer = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(SECRET))
                .build();
        writer.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterAll
    void close() {
        if (writer != null) {
            writer.close();
        }
        directory.close();
    }

    private void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            return connection.getResponseCode() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    protected ObjectStoreFixture createFixture() {
        return new Fixture();
    }

    @Test
    void aWrongSecretIsUnauthenticated() {
        try (ObjectStore store = store(BUCKET).credentials(credentials("wrong")).build()) {
            assertRefused(store, Reason.UNAUTHENTICATED);
        }
    }

    @Test
    void anUnknownKeyIsUnauthenticatedOrForbidden() {
        try (ObjectStore store = store(BUCKET)
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("unknown", SECRET)))
                .build()) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> store.list("", Optional.empty()))
                    .satisfies(e -> assertThat(e.reason()).isIn(Reason.UNAUTHENTICATED, Reason.FORBIDDEN));
        }
    }

    private static void assertRefused(ObjectStore store, Reason reason) {
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> store.list("", Optional.empty()))
                .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    private static AwsCredentialsProvider credentials(String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(IDENTITY, secret));
    }

    private S3ObjectStore.Builder store(String bucket) {
        return S3ObjectStore.builder(bucket)
                .basePath(BASE_PATH)
                .endpoint(endpoint)
                .pathStyle()
                .credentials(credentials(SECRET));
    }

    private final class Fixture implements ObjectStoreFixture {
        private final ObjectStore store = S3ObjectStoreIT.this.store(BUCKET).build();
        private final ObjectStore missing =
                S3ObjectStoreIT.this.store("nobody-made-this").build();

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
            write(BASE_PATH + "/" + key, contents);
        }

        @Override
        public void putBeside(String suffix, byte[] contents) {
            write(BASE_PATH + suffix, contents);
        }

        private void write(String key, byte[] contents) {
            writer.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(contents));
        }

        @Override
        public void delete(String key) {
            writer.deleteObject(request -> request.bucket(BUCKET).key(BASE_PATH + "/" + key));
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
            writer.listObjectsV2Paginator(request -> request.bucket(BUCKET)).contents().stream()
                    .map(S3Object::key)
                    .toList()
                    .parallelStream()
                    .forEach(key -> writer.deleteObject(
                            request -> request.bucket(BUCKET).key(key)));
        }
    }
}
