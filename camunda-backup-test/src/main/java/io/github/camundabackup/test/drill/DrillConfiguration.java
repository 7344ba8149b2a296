package io.github.camundabackup.test.drill;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The configuration of a drill by JUnit's configuration parameters and the environment. Every message names the
 * variable; none holds a value.
 */
final class DrillConfiguration {
    private static final String LIVE = "SEARCH_ENGINE";
    private static final String SCRATCH = "DRILL_SEARCH_ENGINE";
    private static final String CAMUNDA = "CAMUNDA";
    private static final List<String> CAMUNDA_URLS =
            List.of("ORCHESTRATION_URL", "ZEEBE_URL", "OPERATE_URL", "TASKLIST_URL", "OPTIMIZE_URL");
    private static final Map<Component, String> PREFIXES = Map.of(
            Component.OPTIMIZE, "OPTIMIZE_PREFIX",
            Component.OPERATE, "OPERATE_PREFIX",
            Component.TASKLIST, "TASKLIST_PREFIX",
            Component.WEB_APPLICATIONS, "WEB_APPLICATIONS_PREFIX",
            Component.ZEEBE_RECORDS, "RECORD_PREFIX");

    private final ExtensionContext context;

    DrillConfiguration(ExtensionContext context) {
        this.context = context;
    }

    /** How a variable is called in the environment. */
    static String variable(String name) {
        return "CAMUNDA_BACKUP_" + name;
    }

    /**
     * Opens what is configured.
     *
     * @param drill with all that is said in code
     */
    DrillSetup open(DrillStores stores, RestoreDrill.Builder drill) {
        Endpoint live = endpoint(LIVE + "_URL", LIVE)
                .orElseThrow(() -> missing(LIVE + "_URL", "http://localhost:9200, the engine with the backups"));
        String repository = text("REPOSITORY").orElseThrow(() -> missing("REPOSITORY", "camunda"));
        Optional<Endpoint> scratch = endpoint(SCRATCH + "_URL", SCRATCH);
        cluster().ifPresent(drill::cluster);
        parsed("ID", BackupId::parse).ifPresent(drill::backup);
        parsed("DRILL_REPORTS", Path::of).ifPresent(drill::reportDirectory);
        drill.alsoRestoreSettings(this::indexPrefixes);
        if (parsed("DRILL_CLEAR", DrillConfiguration::yesOrNo).orElse(false)) {
            drill.clearScratchEngine();
        }
        List<Runnable> owned = new ArrayList<>();
        ClientResources resources = drill.resources().orElseGet(() -> {
            ClientResources own = ClientResources.create();
            owned.add(own::close);
            return own;
        });
        SnapshotStore store = checked("REPOSITORY", () -> stores.open(live, repository, resources));
        owned.add(store::close);
        drill.store(store);
        scratch.ifPresent(endpoint -> {
            String scratchRepository = text("DRILL_REPOSITORY").orElse(repository);
            SnapshotStore scratchStore =
                    checked("DRILL_REPOSITORY", () -> stores.open(endpoint, scratchRepository, resources));
            owned.add(scratchStore::close);
            drill.scratchEngine(scratchStore);
        });
        return new DrillSetup(drill.settings(), resources, owned);
    }

    private RestoreSettings.Builder indexPrefixes(RestoreSettings.Builder settings) {
        PREFIXES.forEach((component, name) -> text(name)
                .map(prefixes -> Pattern.compile(",").splitAsStream(prefixes))
                .map(prefixes -> prefixes.map(String::strip).toArray(String[]::new))
                .ifPresent(prefixes -> checked(name, () -> settings.indexPrefixes(component, prefixes))));
        return settings;
    }

    private Optional<ClusterEndpoints> cluster() {
        if (CAMUNDA_URLS.stream().allMatch(name -> text(name).isEmpty())) {
            return Optional.empty();
        }
        ClusterEndpoints.Builder cluster = ClusterEndpoints.builder();
        endpoint("ORCHESTRATION_URL", CAMUNDA).ifPresent(cluster::orchestrationCluster);
        endpoint("ZEEBE_URL", CAMUNDA).ifPresent(cluster::zeebe);
        endpoint("OPERATE_URL", CAMUNDA).ifPresent(cluster::operate);
        endpoint("TASKLIST_URL", CAMUNDA).ifPresent(cluster::tasklist);
        endpoint("OPTIMIZE_URL", CAMUNDA).ifPresent(cluster::optimize);
        try {
            return Optional.of(cluster.build());
        } catch (IllegalStateException e) {
            throw new ExtensionConfigurationException(
                    String.join(
                                    ", ",
                                    CAMUNDA_URLS.stream()
                                            .map(DrillConfiguration::variable)
                                            .toList()) + ": " + e.getMessage(),
                    e);
        }
    }

    private Optional<Endpoint> endpoint(String variable, String credentials) {
        return parsed(variable, DrillConfiguration::uri).map(uri -> {
            Endpoint.Builder endpoint = checked(variable, () -> Endpoint.builder(uri));
            authentication(credentials).ifPresent(endpoint::authentication);
            parsed(
                            "CA_CERTIFICATES",
                            pem -> TlsSettings.builder()
                                    .trustCertificates(Path.of(pem))
                                    .build())
                    .ifPresent(endpoint::tls);
            return endpoint.build();
        });
    }

    private Optional<Authentication> authentication(String of) {
        long ways = Stream.of("_USER", "_TOKEN", "_API_KEY")
                .filter(way -> text(of + way).isPresent())
                .count();
        if (ways > 1) {
            throw new ExtensionConfigurationException(variable(of)
                    + "_USER, _TOKEN and _API_KEY exclude each other: a request can identify itself in one way only.");
        }
        return text(of + "_USER")
                .map(user -> Authentication.basic(
                        user,
                        text(of + "_PASSWORD").orElseThrow(() -> missing(of + "_PASSWORD", "the user's password"))))
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

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("It must be true or false.");
        };
    }

    /** A value; empty if it is not set, or blank. A configuration parameter goes before the environment. */
    private Optional<String> text(String name) {
        String parameter = "camunda-backup." + name.toLowerCase(Locale.ROOT).replace('_', '-');
        return context.getConfigurationParameter(parameter)
                .or(() -> Optional.ofNullable(System.getenv(variable(name))))
                .filter(value -> !value.isBlank());
    }

    private <T> Optional<T> parsed(String name, Function<String, T> parser) {
        return text(name).map(value -> checked(name, () -> parser.apply(value)));
    }

    /** Blames a variable for an {@link IllegalArgumentException}. */
    private static <T> T checked(String name, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(variable(name) + ": " + e.getMessage(), e);
        }
    }

    private static ExtensionConfigurationException missing(String name, String example) {
        return new ExtensionConfigurationException(
                variable(name) + " is missing. Set it to something like " + example + ".");
    }
}
