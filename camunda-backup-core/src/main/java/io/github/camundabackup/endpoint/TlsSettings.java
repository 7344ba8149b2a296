package io.github.camundabackup.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The settings of TLS connections: the certificates that are trusted, and the client certificate. Files are read when
 * the settings are built, so that a wrong path or password is an error then and not in the middle of a backup. The host
 * name of the server is always checked; there is no switch to trust every server.
 */
public final class TlsSettings {
    private static final TlsSettings DEFAULT = new TlsSettings(null);

    private final @Nullable SSLContext context;

    private TlsSettings(@Nullable SSLContext context) {
        this.context = context;
    }

    /** The certificates that the JVM trusts, and no client certificate. */
    public static TlsSettings systemDefault() {
        return DEFAULT;
    }

    /** A context that the caller has prepared. */
    public static TlsSettings of(SSLContext context) {
        return new TlsSettings(Objects.requireNonNull(context, "context"));
    }

    /** Settings from certificates and key stores. */
    public static Builder builder() {
        return new Builder();
    }

    /** The context to use; empty for the JVM's default. */
    public Optional<SSLContext> context() {
        return Optional.ofNullable(context);
    }

    @Override
    public String toString() {
        return context == null ? "system default" : "custom";
    }

    /** Collects {@link TlsSettings}. Not thread-safe. */
    public static final class Builder {
        private @Nullable KeyStore trustStore;
        private @Nullable KeyStore keyStore;
        private char[] keyPassword = {};

        private Builder() {}

        /**
         * Trusts the certificates in a PEM file, and no others. Default: those that the JVM trusts.
         *
         * @throws IllegalArgumentException if the file cannot be read or holds no certificate
         */
        public Builder trustCertificates(Path pem) {
            requireFile(pem);
            try (InputStream in = Files.newInputStream(pem)) {
                KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                int number = 0;
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("ca-" + number++, certificate);
                }
                if (number == 0) {
                    throw new IllegalArgumentException("There is no certificate in " + pem + ".");
                }
                trustStore = store;
                return this;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "Could not read certificates from " + pem + ": " + e.getMessage(), e);
            }
        }

        /**
         * Trusts the certificates in a key store file (PKCS#12 or JKS), and no others. Default: those that the JVM
         * trusts.
         *
         * @throws IllegalArgumentException if the file cannot be read with this password, or holds no trusted
         *     certificate
         */
        public Builder trustStore(Path file, char[] password) {
            KeyStore store = load(file, password);
            if (!holdsAny(store, alias -> store.isCertificateEntry(alias) || store.isKeyEntry(alias))) {
                throw new IllegalArgumentException(
                        "There is no certificate in " + file + " that Java would trust. Make the"
                                + " file with \"keytool -importcert\", or pass the certificates as PEM.");
            }
            trustStore = store;
            return this;
        }

        /**
         * Identifies this client with a certificate and its private key from a key store file (PKCS#12 or JKS): mutual
         * TLS. Default: no client certificate.
         *
         * @throws IllegalArgumentException if the file cannot be read with this password, or holds no private key
         */
        public Builder clientCertificate(Path file, char[] password) {
            KeyStore store = load(file, password);
            if (!holdsAny(store, store::isKeyEntry)) {
                throw new IllegalArgumentException("There is no private key in " + file + ".");
            }
            keyStore = store;
            keyPassword = password.clone();
            return this;
        }

        /**
         * @throws IllegalArgumentException if the key in the client's key store cannot be used with its password
         */
        public TlsSettings build() {
            try {
                TrustManager @Nullable [] trust = null;
                if (trustStore != null) {
                    TrustManagerFactory factory =
                            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                    factory.init(trustStore);
                    trust = factory.getTrustManagers();
                }
                KeyManager @Nullable [] keys = null;
                if (keyStore != null) {
                    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                    factory.init(keyStore, keyPassword);
                    keys = factory.getKeyManagers();
                }
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys, trust, null);
                return new TlsSettings(context);
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("These TLS settings cannot be used: " + e.getMessage(), e);
            }
        }

        private static KeyStore load(Path file, char[] password) {
            requireFile(file);
            try {
                return KeyStore.getInstance(file.toFile(), password);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException("Could not read the key store " + file + ": " + e.getMessage(), e);
            }
        }

        private static void requireFile(Path file) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("There is no file " + file + ".");
            }
        }

        private static boolean holdsAny(KeyStore store, EntryTest wanted) {
            try {
                for (String alias : Collections.list(store.aliases())) {
                    if (wanted.test(alias)) {
                        return true;
                    }
                }
                return false;
            } catch (KeyStoreException e) {
                throw new IllegalStateException("A key store that was just loaded is not initialized", e);
            }
        }

        @FunctionalInterface
        private interface EntryTest {
            boolean test(String alias) throws KeyStoreException;
        }
    }
}
