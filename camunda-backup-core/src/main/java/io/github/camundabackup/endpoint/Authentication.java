package io.github.camundabackup.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that requests to an endpoint carry. The value of the {@code Authorization} header is made anew for
 * each request and never shown.
 */
public final class Authentication {
    private static final Authentication NONE = new Authentication("none", Optional.empty(), false, null);

    private final String scheme;
    private final Optional<Supplier<String>> header;
    private final boolean refreshable;
    private final @Nullable ClientCredentials clientCredentials;

    private Authentication(
            String scheme,
            Optional<Supplier<String>> header,
            boolean refreshable,
            @Nullable ClientCredentials clientCredentials) {
        this.scheme = scheme;
        this.header = header;
        this.refreshable = refreshable;
        this.clientCredentials = clientCredentials;
    }

    /** No {@code Authorization} header. */
    public static Authentication none() {
        return NONE;
    }

    /** HTTP basic authentication. */
    public static Authentication basic(String user, String password) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (user.contains(":")) {
            throw new IllegalArgumentException("A user name for basic authentication must not contain a colon.");
        }
        String value =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new Authentication("basic", Optional.of(() -> value), false, null);
    }

    /**
     * A bearer token. The supplier is asked for every request, on a thread that nothing else waits for, so it should
     * keep its token and fetch a new one when the old one is about to expire. It has the endpoint's request timeout to
     * answer; of an exception that it throws, only the class and the place are shown. After an answer with status 401
     * it is asked once more, and the request is repeated if the token has changed (a request that was answered with 401
     * has had no effect).
     *
     * @param token gives the token without the word {@code Bearer}; must not give null
     */
    public static Authentication bearer(Supplier<String> token) {
        Objects.requireNonNull(token, "token");
        return new Authentication(
                "bearer",
                Optional.of(() ->
                        "Bearer " + Objects.requireNonNull(token.get(), "The supplier of bearer tokens gave null.")),
                true,
                null);
    }

    /**
     * Access tokens that an identity provider gives to a client for its id and secret: the grant
     * {@code client_credentials} of OAuth 2.0. They are fetched, kept and renewed by the library.
     */
    public static Authentication clientCredentials(ClientCredentials client) {
        return new Authentication("client credentials of " + client, Optional.empty(), false, client);
    }

    /**
     * An API key of Elasticsearch, as it is sent: the Base64 text that the API calls {@code encoded}.
     *
     * @throws IllegalArgumentException if the text is empty or holds white space, such as the line break at the end of
     *     a file
     * @see <a href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-create-api-key">
     *     Create an API key</a>
     */
    public static Authentication apiKey(String encoded) {
        if (!encoded.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException(
                    "An API key must not be empty, and must not hold white space (such as the"
                            + " line break at the end of a file) or characters other than ASCII.");
        }
        return new Authentication("API key", Optional.of(() -> "ApiKey " + encoded), false, null);
    }

    /**
     * The value of the {@code Authorization} header for the next request: a secret. May call a user's supplier. Empty
     * for {@link #clientCredentials()}, whose tokens are fetched by what sends the request.
     */
    public Optional<String> authorizationHeader() {
        return header.map(Supplier::get);
    }

    /** Whether asking again after a 401 can give another value. */
    public boolean isRefreshable() {
        return refreshable;
    }

    /** The client whose access tokens requests carry; empty for other schemes. */
    public Optional<ClientCredentials> clientCredentials() {
        return Optional.ofNullable(clientCredentials);
    }

    /** The scheme, and for client credentials the client and its token endpoint; no secrets. */
    @Override
    public String toString() {
        return scheme;
    }
}
