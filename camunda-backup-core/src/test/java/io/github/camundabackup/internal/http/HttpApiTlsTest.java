package io.github.camundabackup.internal.http;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.Outcomes.stackTraceOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.support.Certificates;
import io.github.camundabackup.support.RawServer;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates of one's own. */
class HttpApiTlsTest extends AbstractHttpTest {
    private static final String PASSWORD = "s3cr3t";
    private static final HeldCertificate SERVER = Certificates.forHost("localhost");
    private static final HeldCertificate CLIENT = Certificates.forHost("backup-client");

    @AutoClose
    final StubServer tlsServer = StubServer.startTls(web -> https(web, SERVER)).on("GET /thing", 200, "{}");

    @TempDir
    Path directory;

    @Test
    void trustsTheCertificatesOfAPemFile() throws Exception {
        TlsSettings tls = TlsSettings.builder()
                .trustCertificates(Certificates.pem(directory, SERVER))
                .build();

        assertThat(resultOf(api(tlsServer, tls).send(GET)).status()).isEqualTo(200);
    }

    @Test
    void trustsTheCertificatesOfATrustStore() throws Exception {
        TlsSettings tls = TlsSettings.builder()
                .trustStore(Certificates.trustStore(directory, SERVER, PASSWORD), PASSWORD.toCharArray())
                .build();

        assertThat(resultOf(api(tlsServer, tls).send(GET)).status()).isEqualTo(200);
    }

    @Test
    void trustsEveryCertificateOfAPemFile() throws Exception {
        Path bundle = Files.writeString(
                directory.resolve("bundle.pem"), SERVER.certificatePem() + "\n" + CLIENT.certificatePem());
        TlsSettings tls = TlsSettings.builder().trustCertificates(bundle).build();

        assertThat(resultOf(api(tlsServer, tls).send(GET)).status()).isEqualTo(200);
    }

    @Test
    void trustsTheCertificateOfAKeyAsJavaDoes() throws Exception {
        TlsSettings tls = TlsSettings.builder()
                .trustStore(Certificates.keyStore(directory, SERVER, PASSWORD), PASSWORD.toCharArray())
                .build();

        assertThat(resultOf(api(tlsServer, tls).send(GET)).status()).isEqualTo(200);
    }

    @Test
    void doesNotTrustAStrangerAndSendsNothing() {
        UnreachableException failure =
                failureOf(api(tlsServer, TlsSettings.systemDefault()).send(GET), UnreachableException.class);

        assertThat(failure.mayHaveHappened()).as(stackTraceOf(failure)).isFalse();
        assertThat(failure).hasMessageContaining("over TLS").hasMessageContaining("whether its certificate is trusted");
        assertThat(tlsServer.requests()).isEmpty();
    }

    @Test
    void wantsACertificateForTheHostName() throws Exception {
        HeldCertificate other = Certificates.forHost("elsewhere");
        try (StubServer impostor = StubServer.startTls(web -> https(web, other))) {
            TlsSettings tls = TlsSettings.builder()
                    .trustCertificates(Certificates.pem(directory, other))
                    .build();

            UnreachableException failure = failureOf(api(impostor, tls).send(GET), UnreachableException.class);

            assertThat(failure.mayHaveHappened()).as(stackTraceOf(failure)).isFalse();
            assertThat(failure).hasMessageContaining("localhost").hasMessageContaining("made out for this host name");
            assertThat(impostor.requests()).isEmpty();
        }
    }

    @Test
    void identifiesItselfWithAClientCertificate() throws Exception {
        try (StubServer strict = StubServer.startTls(HttpApiTlsTest::mutual)) {
            strict.on("GET /thing", 200, "{}");
            TlsSettings tls = TlsSettings.builder()
                    .trustCertificates(Certificates.pem(directory, SERVER))
                    .clientCertificate(Certificates.keyStore(directory, CLIENT, PASSWORD), PASSWORD.toCharArray())
                    .build();

            assertThat(resultOf(api(strict, tls).send(GET)).status()).isEqualTo(200);
            assertThat(strict.onlyRequest().getHandshake())
                    .extracting(handshake -> handshake.peerPrincipal())
                    .hasToString("CN=backup-client");
        }
    }

    @Test
    void isTurnedAwayWithoutTheClientCertificateThatTheServerWants() throws Exception {
        try (StubServer strict = StubServer.startTls(HttpApiTlsTest::mutual)) {
            TlsSettings tls = TlsSettings.builder()
                    .trustCertificates(Certificates.pem(directory, SERVER))
                    .build();

            failureOf(api(strict, tls).send(GET), UnreachableException.class);
            assertThat(strict.requests()).isEmpty();
        }
    }

    @Test
    void saysSoWhereAPortDoesNotSpeakTls() {
        try (RawServer plain = RawServer.thatSays("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            UnreachableException failure = failureOf(hurried(plain.uri("https")).send(GET), UnreachableException.class);

            assertThat(failure.mayHaveHappened()).as(stackTraceOf(failure)).isFalse();
            assertThat(failure).hasMessageContaining("whether the port speaks TLS");
        }
    }

    @Test
    void sendsNothingToAPortThatHangsUpInTheHandshake() {
        try (RawServer other = RawServer.thatSays("")) {
            UnreachableException failure = failureOf(hurried(other.uri("https")).send(GET), UnreachableException.class);

            assertThat(failure.mayHaveHappened()).as(stackTraceOf(failure)).isFalse();
            assertThat(failure).hasMessageContaining("whether the port speaks TLS");
        }
    }

    @Test
    void doesNotTakeTheAlertOfATlsPortForAnAnswer() {
        URI plain = URI.create(tlsServer.uri().toString().replace("https:", "http:"));

        RemoteCallException failure = failureOf(hurried(plain).send(GET), RemoteCallException.class);

        assertThat(failure).hasMessageContaining("https");
        assertThat(tlsServer.requests()).isEmpty();
    }

    private HttpApi api(StubServer target, TlsSettings tls) {
        return api(Endpoint.builder(target.uri()).tls(tls).build());
    }

    /** As it is done where certificates are renewed: whoever is not used any more has no threads. */
    @Test
    void settingsThatAreReadAnewLeaveNoThreadsOfTheFormerOnes() throws Exception {
        resultOf(api(tlsServer, readAnew()).send(GET));
        Set<Thread> before = threads();
        Set<Thread> left = new HashSet<>();
        for (int time = 0; time < 10; time++) {
            resultOf(api(tlsServer, readAnew()).send(GET));
            left.addAll(threads());
        }
        left.removeAll(before);
        assertThat(left).as("each has its own").hasSizeGreaterThanOrEqualTo(5);

        Instant deadline = Instant.now().plusSeconds(60);
        for (Thread thread : left) {
            while (thread.isAlive() && Instant.now().isBefore(deadline)) {
                System.gc();
                thread.join(20);
            }
        }
        assertThat(left).filteredOn(Thread::isAlive).hasSizeLessThanOrEqualTo(1);
    }

    private TlsSettings readAnew() throws Exception {
        return TlsSettings.builder()
                .trustCertificates(Certificates.pem(directory, SERVER))
                .build();
    }

    /**
     * All of the process, but for the server's, those of the resources, which end when they are idle, and those that the
     * JDK has for everybody.
     */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName()
                        .matches("(MockWebServer|OkHttp|Okio|camunda-backup-|Common-Cleaner|ForkJoinPool.commonPool"
                                + "|process reaper).*"))
                .collect(Collectors.toSet());
    }

    private static void https(MockWebServer web, HeldCertificate certificate) {
        web.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
    }

    private static void mutual(MockWebServer web) {
        web.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(SERVER)
                .addTrustedCertificate(CLIENT.certificate())
                .build()
                .sslSocketFactory());
        web.requireClientAuth();
    }
}
