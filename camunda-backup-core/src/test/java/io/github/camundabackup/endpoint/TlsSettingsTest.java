package io.github.camundabackup.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.support.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is found when the settings are built; that they work is shown by {@code HttpApiTlsTest}. */
class TlsSettingsTest {
    private static final String PASSWORD = "s3cr3t";
    private static final HeldCertificate CERTIFICATE = Certificates.forHost("localhost");

    @TempDir
    Path directory;

    @Test
    void areTheJvmsByDefault() {
        assertThat(TlsSettings.systemDefault().context()).isEmpty();
        assertThat(TlsSettings.systemDefault()).hasToString("system default");
    }

    @Test
    void useTheContextThatTheCallerPrepared() throws Exception {
        SSLContext context = SSLContext.getDefault();

        assertThat(TlsSettings.of(context).context()).containsSame(context);
    }

    @Test
    void nameTheFileThatIsNotThere() {
        Path missing = directory.resolve("missing.p12");
        TlsSettings.Builder builder = TlsSettings.builder();

        assertThatThrownBy(() -> builder.trustCertificates(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no file " + missing);
        assertThatThrownBy(() -> builder.trustStore(missing, PASSWORD.toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no file " + missing);
        assertThatThrownBy(() -> builder.clientCertificate(missing, PASSWORD.toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no file " + missing);
    }

    @Test
    void tellAWrongPasswordAtOnceAndDoNotRepeatIt() throws Exception {
        Path trust = Certificates.trustStore(directory, CERTIFICATE, PASSWORD);
        Path key = Certificates.keyStore(directory, CERTIFICATE, PASSWORD);
        TlsSettings.Builder builder = TlsSettings.builder();

        assertThatThrownBy(() -> builder.trustStore(trust, "wr0ng".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(trust.toString())
                .hasMessageContaining("password")
                .hasMessageNotContaining("wr0ng");
        assertThatThrownBy(() -> builder.clientCertificate(key, "wr0ng".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining("password")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void refuseFilesOfAnotherKind() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "not a certificate\n");
        TlsSettings.Builder builder = TlsSettings.builder();

        assertThatThrownBy(() -> builder.trustCertificates(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.toString());
        assertThatThrownBy(() -> builder.trustStore(text, PASSWORD.toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.toString());
    }

    @Test
    void refuseStoresWithoutWhatIsWantedFromThem() throws Exception {
        Path empty = Certificates.emptyStore(directory, PASSWORD);
        Path withoutKey = Certificates.trustStore(directory, CERTIFICATE, PASSWORD);
        TlsSettings.Builder builder = TlsSettings.builder();

        assertThatThrownBy(() -> builder.trustStore(empty, PASSWORD.toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no certificate")
                .hasMessageContaining("keytool");
        assertThatThrownBy(() -> builder.clientCertificate(withoutKey, PASSWORD.toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no private key");
    }

    @Test
    void areBuiltFromPemAndStores() throws Exception {
        TlsSettings settings = TlsSettings.builder()
                .trustCertificates(Certificates.pem(directory, CERTIFICATE))
                .clientCertificate(Certificates.keyStore(directory, CERTIFICATE, PASSWORD), PASSWORD.toCharArray())
                .build();

        assertThat(settings.context()).isPresent();
        assertThat(settings).hasToString("custom");
    }

    @Test
    void doNotDependOnThePasswordArrayAfterwards() throws Exception {
        char[] password = PASSWORD.toCharArray();
        TlsSettings.Builder builder = TlsSettings.builder()
                .clientCertificate(Certificates.keyStore(directory, CERTIFICATE, PASSWORD), password);

        Arrays.fill(password, 'x');

        assertThat(builder.build().context()).isPresent();
    }
}
