package io.github.camundabackup.test.internal.settings;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The variables that begin with {@code CAMUNDA_BACKUP_}; here they are called without that. */
public final class Settings {
    private static final String PREFIX = "CAMUNDA_BACKUP_";

    private final Function<String, Optional<String>> source;
    /** Endpoints with the same credentials share their access tokens. */
    private final Map<String, Optional<Authentication>> authentications = new HashMap<>();

    /**
     * @param source looks a variable up by its whole name
     */
    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** The whole name of a variable. */
    public static String variable(String name) {
        return PREFIX + name;
    }

    /** A value; empty if it is not set, or blank. */
    public Optional<String> text(String name) {
        return source.apply(variable(name)).filter(value -> !value.isBlank());
    }

    /** A value that is read; the variable is blamed for an {@link IllegalArgumentException}. */
    public <T> Optional<T> parsed(String name, Function<String, T> parser) {
        return text(name).map(value -> checked(name, () -> parser.apply(value)));
    }

    /** Blames a variable for an {@link IllegalArgumentException}. */
    public static <T> T checked(String name, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            throw message.startsWith(PREFIX) ? e : new IllegalArgumentException(variable(name) + ": " + message, e);
        }
    }

    /** The complaint that a variable is not set. */
    public static IllegalArgumentException missing(String name, String example) {
        return new IllegalArgumentException(variable(name) + " is missing. Set it to something like " + example + ".");
    }

    /**
     * The endpoint whose URL is in a variable.
     *
     * @param credentials what the variables begin with that say how requests identify themselves
     */
    public Optional<Endpoint> endpoint(String variable, String credentials) {
        return text(variable).map(url -> endpoint(variable, credentials, url));
    }

    /** As the other one, for one of several URLs in a variable. */
    public Endpoint endpoint(String variable, String credentials, String url) {
        Endpoint.Builder endpoint = checked(variable, () -> Endpoint.builder(uri(url)));
        authentications.computeIfAbsent(credentials, this::authentication).ifPresent(endpoint::authentication);
        tls().ifPresent(endpoint::tls);
        return endpoint.build();
    }

    private Optional<TlsSettings> tls() {
        return parsed(
                "CA_CERTIFICATES",
                pem -> TlsSettings.builder().trustCertificates(Path.of(pem)).build());
    }

    private Optional<Authentication> authentication(String of) {
        long ways = Stream.of("_USER", "_TOKEN", "_API_KEY", "_CLIENT_ID")
                .filter(way -> text(of + way).isPresent())
                .count();
        if (ways > 1) {
            throw new IllegalArgumentException(
                    variable(of)
                            + "_USER, _TOKEN, _API_KEY and _CLIENT_ID exclude each other: a request can identify itself in one way only.");
        }
        if (text(of + "_PASSWORD").isPresent() && text(of + "_USER").isEmpty()) {
            throw missing(of + "_USER", "the user whose password it is");
        }
        return parsed(
                        of + "_USER",
                        user -> Authentication.basic(
                                user,
                                text(of + "_PASSWORD")
                                        .orElseThrow(() -> missing(of + "_PASSWORD", "the user's password"))))
                .or(() -> text(of + "_TOKEN").map(token -> Authentication.bearer(() -> token)))
                .or(() -> parsed(of + "_API_KEY", Authentication::apiKey))
                .or(() -> clientCredentials(of));
    }

    private Optional<Authentication> clientCredentials(String of) {
        String client = of + "_CLIENT_ID";
        String tokenUrl = of + "_TOKEN_URL";
        String secret = of + "_CLIENT_SECRET";
        String secretFile = secret + "_FILE";
        String inBody = secret + "_IN_BODY";
        if (Stream.of(client, tokenUrl, secret, secretFile, inBody, of + "_SCOPE", of + "_AUDIENCE")
                .allMatch(name -> text(name).isEmpty())) {
            return Optional.empty();
        }
        String id = text(client)
                .orElseThrow(() -> missing(client, "camunda-backup, as the identity provider calls the client"));
        String url = text(tokenUrl)
                .orElseThrow(() -> missing(tokenUrl, "https://keycloak/realms/camunda/protocol/openid-connect/token"));
        if (text(secret).isPresent() && text(secretFile).isPresent()) {
            throw new IllegalArgumentException(
                    variable(secret) + " and " + variable(secretFile) + " exclude each other.");
        }
        if (text(secretFile).isEmpty() && text(secret).isEmpty()) {
            throw missing(
                    secret,
                    "what the identity provider gave to the client, or set " + variable(secretFile)
                            + " to where that is");
        }
        ClientCredentials.Builder credentials = checked(tokenUrl, () -> ClientCredentials.builder(uri(url), id));
        text(secret).ifPresent(value -> credentials.secret(() -> value));
        parsed(secretFile, file -> credentials.secretFile(Path.of(file)));
        parsed(inBody, Settings::yesOrNo).filter(yes -> yes).ifPresent(yes -> credentials.secretInBody());
        text(of + "_SCOPE").ifPresent(credentials::scope);
        text(of + "_AUDIENCE").ifPresent(credentials::audience);
        tls().ifPresent(credentials::tls);
        return Optional.of(Authentication.clientCredentials(credentials.build()));
    }

    /**
     * A switch.
     *
     * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
     */
    public static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("It must be true or false.");
        };
    }

    private static URI uri(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            // The reason without the URL, which may hold a password; so no cause either.
            throw new IllegalArgumentException(
                    "This is not a URL: " + e.getReason() + " at index " + e.getIndex() + ".");
        }
    }
}
