package io.github.camundabackup.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import okhttp3.tls.HeldCertificate;

/** Certificates made for a test, and the files that operators keep them in. */
public final class Certificates {
    private Certificates() {}

    /** A self-signed certificate for a host name. */
    public static HeldCertificate forHost(String host) {
        return new HeldCertificate.Builder()
                .commonName(host)
                .addSubjectAlternativeName(host)
                .build();
    }

    public static Path pem(Path directory, HeldCertificate certificate) throws IOException {
        return Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
    }

    /** A PKCS#12 file that trusts the certificate. */
    public static Path trustStore(Path directory, HeldCertificate certificate, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setCertificateEntry("ca", certificate.certificate());
        return write(store, directory.resolve("trust.p12"), password);
    }

    /** A PKCS#12 file with the certificate and its private key. */
    public static Path keyStore(Path directory, HeldCertificate certificate, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry("client", certificate.keyPair().getPrivate(), password.toCharArray(), new Certificate[] {
            certificate.certificate()
        });
        return write(store, directory.resolve("client.p12"), password);
    }

    /** A PKCS#12 file with nothing in it. */
    public static Path emptyStore(Path directory, String password) throws IOException, GeneralSecurityException {
        return write(empty(), directory.resolve("empty.p12"), password);
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Path write(KeyStore store, Path file, String password) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }
}
