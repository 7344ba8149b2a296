package io.github.camundabackup.endpoint;

import io.github.camundabackup.internal.input.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of an identity provider (Keycloak, Microsoft Entra ID, and others) that gets access tokens with its id and
 * its secret: the grant {@code client_credentials} of OAuth 2.0. Immutable; endpoints that share one of these share its
 * tokens, as far as they share {@link io.github.camundabackup.runtime.ClientResources}.
 *
 * <p>A token is asked for when it is first needed, by one request for all that wait for it, and again in the last
 * quarter of its life, in its last minute at the earliest; until it has expired, requests go on with the old one. Where
 * an answer says no lifetime, a token is kept for a minute. After an answer with status 401 a new token is got, and the
 * request is repeated once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 */
public final class ClientCredentials {
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_SECRET_BYTES = 64 * 1024;

    private final URI tokenEndpoint;
    private final String clientId;
    private final Supplier<String> secret;
    private final String secretSource;
    private final Map<String, String> parameters;
    private final boolean secretInBody;
    private final TlsSettings tls;
    private final Duration requestTimeout;

    private ClientCredentials(Builder builder, Supplier<String> secret, String secretSource) {
        tokenEndpoint = builder.tokenEndpoint;
        clientId = builder.clientId;
        this.secret = secret;
        this.secretSource = secretSource;
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parameters));
        secretInBody = builder.secretInBody;
        tls = builder.tls;
        requestTimeout = builder.requestTimeout;
    }

    /**
     * Begins to describe a client.
     *
     * @param tokenEndpoint where tokens are asked for, complete, such as
     *     {@code https://keycloak.internal/realms/camunda/protocol/openid-connect/token}. With {@code http}, the secret
     *     is sent in plain words
     * @param clientId the id of the client; not a secret
     * @throws IllegalArgumentException if the URI is none that an {@link Endpoint} can have, or the id is blank
     */
    public static Builder builder(URI tokenEndpoint, String clientId) {
        return new Builder(tokenEndpoint, clientId);
    }

    /** Where tokens are asked for. */
    public URI tokenEndpoint() {
        return tokenEndpoint;
    }

    public String clientId() {
        return clientId;
    }

    /**
     * The secret as it is now. Calls the user's supplier, or reads the file: may block, and may throw anything.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalStateException if the file holds no secret
     */
    public String secret() {
        return secret.get();
    }

    /** Where the secret comes from, for messages. */
    public String secretSource() {
        return secretSource;
    }

    /** Scope, audience and others, in the order in which they were set. Their values are not shown. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Whether the secret is sent in the body ({@code client_secret_post}). */
    public boolean isSecretInBody() {
        return secretInBody;
    }

    /** The trust and the client certificate for the token endpoint. */
    public TlsSettings tls() {
        return tls;
    }

    /** How long one request for a token, and reading the secret for it, may take each. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** The client and the token endpoint; no secrets. */
    @Override
    public String toString() {
        return "client \"" + clientId + "\" at " + tokenEndpoint;
    }

    /** Collects {@link ClientCredentials}. Not thread-safe. */
    public static final class Builder {
        private final URI tokenEndpoint;
        private final String clientId;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private @Nullable Supplier<String> secret;
        private @Nullable Path secretFile;
        private boolean secretInBody;
        private TlsSettings tls = TlsSettings.systemDefault();
        private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;

        private Builder(URI tokenEndpoint, String clientId) {
            // Requires the same of it.
            Endpoint.of(tokenEndpoint);
            if (clientId.isBlank()) {
                throw new IllegalArgumentException("The id of the client is blank.");
            }
            this.tokenEndpoint = tokenEndpoint;
            this.clientId = clientId;
        }

        /**
         * The client's secret, asked for before each request for a token, on a thread that nothing else waits for. It
         * has the {@link #requestTimeout} to answer; of an exception that it throws, only the class and the place are
         * shown. This or {@link #secretFile} is required.
         *
         * @param secret must not give null
         */
        public Builder secret(Supplier<String> secret) {
            this.secret = Objects.requireNonNull(secret, "secret");
            return this;
        }

        /**
         * A file with the client's secret, in UTF-8; line breaks at its end are left out. It is read before each
         * request for a token, so that a secret that was replaced is used at once, as those that Kubernetes mounts are.
         * This or {@link #secret} is required.
         *
         * @throws IllegalArgumentException if it cannot be read now, or is empty
         */
        public Builder secretFile(Path file) {
            try {
                read(file);
            } catch (UncheckedIOException | IllegalStateException e) {
                throw new IllegalArgumentException(
                        "The file " + file + " with the client's secret "
                                + (e instanceof UncheckedIOException io
                                        ? "cannot be read: " + io.getCause()
                                        : e.getMessage()),
                        e);
            }
            secretFile = file;
            return this;
        }

        /** The scope to ask for; several are separated by spaces. Default: the client's own. */
        public Builder scope(String scope) {
            return parameter("scope", scope);
        }

        /**
         * The audience to ask for, as Auth0 and Camunda SaaS want it. Keycloak does not look at it: there, a mapper of
         * the client or of its scope puts the audience into tokens. Default: none.
         */
        public Builder audience(String audience) {
            return parameter("audience", audience);
        }

        /**
         * Another parameter of the request for a token, such as {@code resource} (RFC 8707). Replaces an earlier one of
         * the same name. Default: none.
         *
         * @throws IllegalArgumentException for a name that the request has anyway
         */
        public Builder parameter(String name, String value) {
            switch (name) {
                case "grant_type", "client_id", "client_secret" ->
                    throw new IllegalArgumentException("The parameter " + name + " is set by the client itself.");
                default -> parameters.put(name, Objects.requireNonNull(value, "value"));
            }
            return this;
        }

        /**
         * Sends id and secret in the body ({@code client_secret_post}). Default: in the header {@code Authorization}
         * ({@code client_secret_basic}), encoded as RFC 6749 demands it, which every provider must accept.
         */
        public Builder secretInBody() {
            secretInBody = true;
            return this;
        }

        /** Trust and client certificate for the token endpoint. Default: the JVM's. */
        public Builder tls(TlsSettings tls) {
            this.tls = Objects.requireNonNull(tls, "tls");
            return this;
        }

        /**
         * How long one request for a token may take, and reading the secret for it. A request that needs the token
         * waits no longer than its own endpoint's timeout. Default: 10 s.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = Durations.positive(timeout, "request timeout");
            return this;
        }

        /**
         * @throws IllegalStateException if there is no secret, or there are two
         */
        public ClientCredentials build() {
            Supplier<String> given = secret;
            Path file = secretFile;
            if (given != null && file == null) {
                return new ClientCredentials(this, given, "the supplier of the client's secret");
            }
            if (given == null && file != null) {
                return new ClientCredentials(this, () -> read(file), "the file " + file + " with the client's secret");
            }
            throw new IllegalStateException("A client needs exactly one of secret and secretFile.");
        }

        private static String read(Path file) {
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_SECRET_BYTES + 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (bytes.length > MAX_SECRET_BYTES) {
                throw new IllegalStateException("is larger than " + MAX_SECRET_BYTES + " bytes.");
            }
            String secret = new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\r\\n]+\\z", "");
            if (secret.isEmpty()) {
                throw new IllegalStateException("is empty.");
            }
            return secret;
        }
    }
}
