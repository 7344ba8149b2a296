package io.github.camundabackup.test.internal.settings;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The variables that begin with {@code CAMUNDA_BACKUP_}; here they are called without that. */
public final class Settings {
    private static final String PREFIX = "CAMUNDA_BACKUP_";

    private final Function<String, Optional<String>> source;

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
        authentication(credentials).ifPresent(endpoint::authentication);
        parsed(
                        "CA_CERTIFICATES",
                        pem -> TlsSettings.builder()
                                .trustCertificates(Path.of(pem))
                                .build())
                .ifPresent(endpoint::tls);
        return endpoint.build();
    }

    private Optional<Authentication> authentication(String of) {
        long ways = Stream.of("_USER", "_TOKEN", "_API_KEY")
                .filter(way -> text(of + way).isPresent())
                .count();
        if (ways > 1) {
            throw new IllegalArgumentException(variable(of)
                    + "_USER, _TOKEN and _API_KEY exclude each other: a request can identify itself in one way only.");
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
                .or(() -> parsed(of + "_API_KEY", Authentication::apiKey));
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
