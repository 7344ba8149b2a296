package io.github.camundabackup.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
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

/** Against Azurite, which checks signatures. CONTRIBUTING.md says how it is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureObjectStoreIT extends ObjectStoreContract {
    private static final String ACCOUNT = "zeebebackups";
    private static final String SECRET = "YS1zZWNyZXQtdGhhdC1ub2JvZHktc2Vlcw==";
    private static final String CONTAINER = "zeebe";
    private static final String BASE_PATH = "clusters/one";

    private URI endpoint;
    private TemporaryDirectory directory;
    private ServerProcess server;
    private BlobContainerClient writer;

    @BeforeAll
    void startServer() {
        Path azurite = Path.of(Objects.requireNonNull(System.getProperty("camunda-backup.azurite")));
        assertThat(Files.isDirectory(azurite))
                .as("There is no Azurite in %s; CONTRIBUTING.md says how npm installs it there.", azurite)
                .isTrue();
        int port = FreePorts.find(1).get(0);
        endpoint = URI.create("http://127.0.0.1:" + port + "/" + ACCOUNT);
        directory = new TemporaryDirectory("azure", this::stopServer);
        server = new ServerProcess(
                "Azurite",
                List.of(
                        "node",
                        azurite.resolve("dist/src/blob/main.js").toString(),
                        "--inMemoryPersistence",
                        "--disableTelemetry",
                        "--skipApiVersionCheck",
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        String.valueOf(port)),
                Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + SECRET),
                directory.path(),
                directory.path().resolve("azurite.log"));
        server.start();
        server.awaitReady(this::answers, "");
        writer = new BlobContainerClientBuilder()
                .httpClient(new JdkHttpClientBuilder().build())
                .connectionString(connectionString(SECRET))
                .containerName(CONTAINER)
                .buildClient();
        writer.create();
    }

    private String connectionString(String key) {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + key + ";BlobEndpoint="
                + endpoint + ";";
    }

    @AfterAll
    void close() {
        if (directory != null) {
            directory.close();
        }
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
    void aConnectionStringIsEnough() {
        try (ObjectStore store = AzureObjectStore.builder(CONTAINER)
                .connectionString(connectionString(SECRET))
                .build()) {
            assertThat(store.list("", Optional.empty()).objects()).isEmpty();
        }
    }

    @Test
    void aWrongKeyIsRefused() {
        try (ObjectStore store =
                store(CONTAINER).accountKey(ACCOUNT, "d3Jvbmc=").build()) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> store.list("", Optional.empty()))
                    .satisfies(e ->
                            assertThat(e.reason()).as(e.getMessage()).isIn(Reason.UNAUTHENTICATED, Reason.FORBIDDEN));
        }
    }

    private AzureObjectStore.Builder store(String container) {
        return AzureObjectStore.builder(container)
                .basePath(BASE_PATH)
                .endpoint(endpoint)
                .accountKey(ACCOUNT, SECRET);
    }

    private final class Fixture implements ObjectStoreFixture {
        private final ObjectStore store =
                AzureObjectStoreIT.this.store(CONTAINER).build();
        private final ObjectStore missing =
                AzureObjectStoreIT.this.store("nobody-made-this").build();

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
            writer.getBlobClient(key).upload(BinaryData.fromBytes(contents), true);
        }

        @Override
        public void delete(String key) {
            writer.getBlobClient(BASE_PATH + "/" + key).delete();
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
            writer.listBlobs().stream()
                    .map(BlobItem::getName)
                    .toList()
                    .forEach(name -> writer.getBlobClient(name).delete());
        }
    }
}
