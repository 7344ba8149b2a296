package io.github.camundabackup.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsTest {
    private static final URI TOKENS = URI.create("https://idp.internal/realms/camunda/protocol/openid-connect/token");
    private static final String SECRET = "s3cr3t";

    @TempDir
    Path directory;

    @Test
    void readsTheFileEachTimeWithoutTheLineBreakAtItsEnd() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\r\n");
        ClientCredentials client = client().secretFile(file).build();

        assertThat(client.secret()).isEqualTo(SECRET);
        Files.writeString(file, " another \n");
        assertThat(client.secret()).isEqualTo(" another ");
    }

    @Test
    void readsASecretThatKubernetesHasExchanged() throws IOException {
        Files.createDirectories(directory.resolve("..2026_1"));
        Files.createDirectories(directory.resolve("..2026_2"));
        Files.writeString(directory.resolve("..2026_1/secret"), SECRET);
        Files.writeString(directory.resolve("..2026_2/secret"), "another");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_1"));
        Path file = Files.createSymbolicLink(directory.resolve("secret"), Path.of("..data/secret"));
        ClientCredentials client = client().secretFile(file).build();

        assertThat(client.secret()).isEqualTo(SECRET);
        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        assertThat(client.secret()).isEqualTo("another");
    }

    @Test
    void refusesAFileThatHoldsNoSecretAtOnce() throws IOException {
        Path missing = directory.resolve("missing");
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path large = Files.write(directory.resolve("large"), new byte[100_000]);

        assertThatThrownBy(() -> client().secretFile(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("NoSuchFile");
        assertThatThrownBy(() -> client().secretFile(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(empty + " with the client's secret is empty");
        assertThatThrownBy(() -> client().secretFile(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void wantsExactlyOneSecret() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);

        assertThatThrownBy(() -> client().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client().secret(() -> SECRET).secretFile(file).build())
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_id", "client_secret"})
    void refusesParametersThatAreSetAnyway(String name) {
        assertThatThrownBy(() -> client().parameter(name, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://user:s3cr3t@idp/token", "https://idp/token?key=s3cr3t", "idp/token", "ftp://idp/token"})
    void refusesAUriThatIsNoneAndDoesNotShowItsSecrets(String uri) {
        assertThatThrownBy(() -> ClientCredentials.builder(URI.create(uri), "backup"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void showsTheClientAndTheTokenEndpointOnly() {
        ClientCredentials client =
                client().secret(() -> SECRET).parameter("resource", SECRET).build();

        assertThat(Endpoint.builder(URI.create("http://camunda:9600"))
                        .authentication(Authentication.clientCredentials(client))
                        .build())
                .asString()
                .contains("client credentials", "\"backup\"", TOKENS.toString())
                .doesNotContain(SECRET);
    }

    private static ClientCredentials.Builder client() {
        return ClientCredentials.builder(TOKENS, "backup");
    }
}
