package io.github.camundabackup.test.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of a test's own, made with the JDK's keytool, and a certificate of it for the loopback
 * interface and for clients.
 */
public final class Certificates {
    /** Of all of its files. */
    public static final String PASSWORD = "changeit";

    /** Who the certificate says it is. */
    public static final String NAME = "CN=node,O=test";

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /** Makes them in an empty directory. */
    public static Certificates in(Path directory) {
        Certificates made = new Certificates(directory);
        made.keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=ca,O=test",
                "-ext",
                "bc:critical=ca:true",
                "-keystore",
                "ca.p12");
        made.keytool("-exportcert", "-rfc", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.pem");
        made.keytool("-genkeypair", "-alias", "node", "-keyalg", "RSA", "-dname", NAME, "-keystore", "node.p12");
        made.keytool("-certreq", "-alias", "node", "-keystore", "node.p12", "-file", "node.csr");
        made.keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-keystore",
                "ca.p12",
                "-infile",
                "node.csr",
                "-outfile",
                "node.pem",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-ext",
                "eku=serverAuth,clientAuth");
        made.keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", "node.p12", "-file", "ca.pem");
        made.keytool("-importcert", "-alias", "node", "-keystore", "node.p12", "-file", "node.pem");
        made.keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", "trust.p12", "-file", "ca.pem");
        return made;
    }

    /** Key and certificate, in PKCS 12, as {@link #keyStore()}, but expired. */
    public Path expiredKeyStore() {
        keytool("-genkeypair", "-alias", "node", "-keyalg", "RSA", "-dname", NAME, "-keystore", "expired.p12");
        keytool("-certreq", "-alias", "node", "-keystore", "expired.p12", "-file", "expired.csr");
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-keystore",
                "ca.p12",
                "-infile",
                "expired.csr",
                "-outfile",
                "expired.pem",
                "-startdate",
                "-10d",
                "-validity",
                "5",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", "expired.p12", "-file", "ca.pem");
        keytool("-importcert", "-noprompt", "-alias", "node", "-keystore", "expired.p12", "-file", "expired.pem");
        return directory.resolve("expired.p12");
    }

    /** The authority's certificate, in PEM. */
    public Path authority() {
        return directory.resolve("ca.pem");
    }

    /** Key and certificate, in PKCS 12. */
    public Path keyStore() {
        return directory.resolve("node.p12");
    }

    /** The certificate, in PEM. */
    public Path certificate() {
        return directory.resolve("node.pem");
    }

    /** The certificate's key, in PEM. */
    public Path key() {
        try {
            Key key = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray())
                    .getKey("node", PASSWORD.toCharArray());
            String encoded = Base64.getMimeEncoder().encodeToString(key.getEncoded());
            return Files.writeString(
                    directory.resolve("node.key"),
                    "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's certificate, in PKCS 12. */
    public Path trustStore() {
        return directory.resolve("trust.p12");
    }

    /** Of a client that trusts the authority. */
    public SSLContext trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(trustStore().toFile(), PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-storepass", PASSWORD));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
