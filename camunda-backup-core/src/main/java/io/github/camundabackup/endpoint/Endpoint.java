package io.github.camundabackup.endpoint;

import io.github.camundabackup.internal.input.Durations;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server, with authentication, headers, TLS and timeouts. Immutable; may be shared between clients.
 *
 * <p>For Camunda's components this is the <em>management</em> port (9600, for Optimize 8092), with the context path if
 * one is configured: {@code http://host:9600/orchestration}. A trailing {@code /actuator} is understood and left out.
 */
public final class Endpoint {
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    // Zeebe's gateway gives up on a broker after 15 s, and deleting a backup can take 10 s.
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_PORT = 65_535;

    private final URI uri;
    private final Authentication authentication;
    private final Map<String, String> headers;
    private final TlsSettings tls;
    private final @Nullable RequestSigner signer;
    private final Duration connectTimeout;
    private final Duration requestTimeout;

    private Endpoint(Builder builder) {
        uri = builder.uri;
        authentication = builder.authentication;
        headers = Collections.unmodifiableMap(new TreeMap<>(builder.headers));
        tls = builder.tls;
        signer = builder.signer;
        connectTimeout = builder.connectTimeout;
        requestTimeout = builder.requestTimeout;
    }

    /**
     * An endpoint without authentication.
     *
     * @throws IllegalArgumentException as {@link #builder(URI)}
     */
    public static Endpoint of(URI uri) {
        return builder(uri).build();
    }

    /**
     * Collects an endpoint.
     *
     * @param uri absolute, {@code http} or {@code https}, with a host, without user info, query or fragment
     * @throws IllegalArgumentException if the URI is of another form
     */
    public static Builder builder(URI uri) {
        return new Builder(uri);
    }

    /** The base URI, without a slash at its end. */
    public URI uri() {
        return uri;
    }

    public Authentication authentication() {
        return authentication;
    }

    /** Headers that every request carries. Their values may be secrets. */
    public Map<String, String> headers() {
        return headers;
    }

    public TlsSettings tls() {
        return tls;
    }

    public Optional<RequestSigner> signer() {
        return Optional.ofNullable(signer);
    }

    /** How long connecting may take. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** How long one request may take, from sending it to the last byte of the answer. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** The URI and the kind of authentication; no secrets. */
    @Override
    public String toString() {
        return uri + " (authentication: " + authentication + ", headers: " + headers.keySet() + ", TLS: " + tls + ")";
    }

    /** Collects an {@link Endpoint}. Not thread-safe. */
    public static final class Builder {
        private final URI uri;
        private final TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private Authentication authentication = Authentication.none();
        private TlsSettings tls = TlsSettings.systemDefault();
        private @Nullable RequestSigner signer;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;

        private Builder(URI uri) {
            this.uri = checked(uri);
        }

        /** How requests identify themselves. Default: not at all. */
        public Builder authentication(Authentication authentication) {
            this.authentication = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        /**
         * A header for every request, for example for a proxy. Replaces an earlier one of the same name, in whichever
         * case.
         *
         * @throws IllegalArgumentException for names that the HTTP client sets itself, and for line breaks and other
         *     characters in the value that HTTP does not allow
         */
        public Builder header(String name, String value) {
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a header.");
            }
            if (!value.matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
                throw new IllegalArgumentException("The value of the header " + name
                        + " holds a line break or another character that HTTP does not allow.");
            }
            switch (name.toLowerCase(Locale.ROOT)) {
                case "host", "content-length", "connection", "expect", "upgrade", "content-type" ->
                    throw new IllegalArgumentException("The header " + name + " is set by the client itself.");
                default -> headers.put(name, value);
            }
            return this;
        }

        /** Trust and client certificate. Default: the JVM's. */
        public Builder tls(TlsSettings tls) {
            this.tls = Objects.requireNonNull(tls, "tls");
            return this;
        }

        /** Signs every request. Default: no signature. */
        public Builder signer(RequestSigner signer) {
            this.signer = Objects.requireNonNull(signer, "signer");
            return this;
        }

        /**
         * How long connecting may take. Default: 10 s.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = Durations.positive(timeout, "connect timeout");
            return this;
        }

        /**
         * How long one request may take, from sending it to the last byte of the answer. Default: 30 s. No request of
         * this library waits for a backup to complete, so this need not grow with the data.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = Durations.positive(timeout, "request timeout");
            return this;
        }

        public Endpoint build() {
            return new Endpoint(this);
        }

        private static URI checked(URI uri) {
            if (uri.toString().contains("@")) {
                // Not shown: what stands before the @ is a secret.
                throw new IllegalArgumentException(
                        "The URI of an endpoint holds credentials. Pass them with"
                                + " authentication(Authentication.basic(user, password)), where they are kept out of messages.");
            }
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException(
                        "An endpoint needs a URI like http://host:9600, but was \"" + withoutQuery(uri) + "\".");
            }
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("There is no valid host in the URI \"" + withoutQuery(uri) + "\".");
            }
            if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
                throw new IllegalArgumentException("There is no port " + uri.getPort() + " as in the URI \""
                        + withoutQuery(uri) + "\". Ports go from 1 to " + MAX_PORT + ".");
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "The URI of an endpoint must not have a query or fragment, but that of " + uri.getHost()
                                + " has.");
            }
            String path = uri.getRawPath().replaceAll("/+$", "").replaceAll("/+actuator$", "");
            return URI.create(scheme + "://" + uri.getRawAuthority() + path);
        }

        private static String withoutQuery(URI uri) {
            return uri.toString().replaceAll("[?#].*", "");
        }
    }
}
