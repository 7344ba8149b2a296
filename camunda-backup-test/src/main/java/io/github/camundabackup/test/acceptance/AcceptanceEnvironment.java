package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the environment says. Every complaint names the variable; no message holds a secret. */
final class AcceptanceEnvironment {
    private static final String PREFIX = "CAMUNDA_BACKUP_";
    private static final String CAMUNDA = "CAMUNDA";
    private static final String ENGINE = "SEARCH_ENGINE";

    private final Map<String, String> variables;

    AcceptanceEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    AcceptanceKit.Builder read(AcceptanceKit.Builder kit) {
        kit.cluster(cluster());
        Endpoint engine =
                endpoint(ENGINE + "_URL", ENGINE).orElseThrow(() -> missing(ENGINE + "_URL", "http://localhost:9200"));
        String repository = text("REPOSITORY").orElseThrow(() -> missing("REPOSITORY", "camunda"));
        kit.searchEngine(engine, checked("REPOSITORY", () -> opened(kit.stores(), engine, repository)));
        parsed("RECORD_PREFIX", kit::recordIndexPrefix);
        parsed("VERSION", AcceptanceEnvironment::version).ifPresent(kit::version);
        parsed("ID", BackupId::parse).ifPresent(kit::firstId);
        parsed("ACCEPTANCE_BUNDLE", AcceptanceEnvironment::bundle).ifPresent(kit::bundle);
        if (parsed("ACCEPTANCE", AcceptanceEnvironment::isYes).orElse(false)) {
            kit.takeAndDelete();
        }
        return kit;
    }

    /** A name that no repository can have is found out now. */
    private static String opened(AcceptanceStores stores, Endpoint engine, String repository) {
        try (ClientResources resources = ClientResources.create()) {
            stores.open(engine, repository, resources).close();
        }
        return repository;
    }

    private ClusterEndpoints cluster() {
        if (text("ORCHESTRATION_URL").or(() -> text("ZEEBE_URL")).isEmpty()) {
            throw missing(
                    "ORCHESTRATION_URL",
                    "http://localhost:9600; for versions up to 8.7, set " + PREFIX + "ZEEBE_URL instead");
        }
        for (String old : List.of("ZEEBE_URL", "OPERATE_URL", "TASKLIST_URL")) {
            if (text("ORCHESTRATION_URL").isPresent() && text(old).isPresent()) {
                throw new IllegalArgumentException(PREFIX + "ORCHESTRATION_URL and " + PREFIX + old
                        + " exclude each other: the first is for 8.8 and later, the second for versions up to 8.7.");
            }
        }
        ClusterEndpoints.Builder cluster = ClusterEndpoints.builder();
        endpoint("ORCHESTRATION_URL", CAMUNDA).ifPresent(cluster::orchestrationCluster);
        endpoint("ZEEBE_URL", CAMUNDA).ifPresent(cluster::zeebe);
        endpoint("OPERATE_URL", CAMUNDA).ifPresent(cluster::operate);
        endpoint("TASKLIST_URL", CAMUNDA).ifPresent(cluster::tasklist);
        endpoint("OPTIMIZE_URL", CAMUNDA).ifPresent(cluster::optimize);
        text("BROKER_URLS").ifPresent(urls -> {
            for (String url : urls.split(",", -1)) {
                cluster.broker(endpoint("BROKER_URLS", CAMUNDA, url));
            }
        });
        try {
            return cluster.build();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    PREFIX + "ORCHESTRATION_URL, " + PREFIX + "ZEEBE_URL, …: " + e.getMessage(), e);
        }
    }

    private Optional<Endpoint> endpoint(String variable, String credentials) {
        return text(variable).map(url -> endpoint(variable, credentials, url));
    }

    private Endpoint endpoint(String variable, String credentials, String url) {
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
            throw new IllegalArgumentException(PREFIX + of
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

    private static String version(String text) {
        if (!text.matches("\\d+\\.\\d+\\.\\d+\\S*")) {
            throw new IllegalArgumentException("It must be a version such as 8.9.1, but is \"" + text + "\".");
        }
        return text;
    }

    private static boolean isYes(String text) {
        return switch (text) {
            case "read-only" -> false;
            case "take-and-delete" -> true;
            default ->
                throw new IllegalArgumentException("It must be read-only or take-and-delete, but is \"" + text + "\".");
        };
    }

    private static Path bundle(String text) {
        Path target = Path.of(text).toAbsolutePath();
        try {
            Bundle.requireFree(target);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + ". Name a directory that is empty or not there, or a .zip that is not there.", e);
        }
        return target;
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(PREFIX + name)).filter(value -> !value.isBlank());
    }

    private <T> Optional<T> parsed(String name, Function<String, T> parser) {
        return text(name).map(value -> checked(name, () -> parser.apply(value)));
    }

    /** Blames a variable for an {@link IllegalArgumentException}. */
    private static <T> T checked(String name, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            throw message.startsWith(PREFIX) ? e : new IllegalArgumentException(PREFIX + name + ": " + message, e);
        }
    }

    private static IllegalArgumentException missing(String name, String example) {
        return new IllegalArgumentException(PREFIX + name + " is missing. Set it to something like " + example + ".");
    }
}
