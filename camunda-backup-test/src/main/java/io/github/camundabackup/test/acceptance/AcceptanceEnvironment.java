package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the environment says. Every complaint names the variable; no message holds a secret. */
final class AcceptanceEnvironment {
    private static final String CAMUNDA = "CAMUNDA";
    private static final String ENGINE = "SEARCH_ENGINE";

    private final Settings settings;

    AcceptanceEnvironment(Map<String, String> variables) {
        Map<String, String> copy = Map.copyOf(variables);
        settings = new Settings(name -> Optional.ofNullable(copy.get(name)));
    }

    AcceptanceKit.Builder read(AcceptanceKit.Builder kit) {
        kit.cluster(cluster());
        Endpoint engine = settings.endpoint(ENGINE + "_URL", ENGINE)
                .orElseThrow(() -> Settings.missing(ENGINE + "_URL", "http://localhost:9200"));
        String repository = settings.text("REPOSITORY").orElseThrow(() -> Settings.missing("REPOSITORY", "camunda"));
        kit.searchEngine(engine, Settings.checked("REPOSITORY", () -> opened(kit.stores(), engine, repository)));
        settings.parsed("RECORD_PREFIX", kit::recordIndexPrefix);
        settings.parsed("VERSION", AcceptanceEnvironment::version).ifPresent(kit::version);
        settings.parsed("ID", BackupId::parse).ifPresent(kit::firstId);
        settings.parsed("ACCEPTANCE_BUNDLE", AcceptanceEnvironment::bundle).ifPresent(kit::bundle);
        if (settings.parsed("ACCEPTANCE", AcceptanceEnvironment::isYes).orElse(false)) {
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
        if (settings.text("ORCHESTRATION_URL")
                .or(() -> settings.text("ZEEBE_URL"))
                .isEmpty()) {
            throw Settings.missing(
                    "ORCHESTRATION_URL",
                    "http://localhost:9600; for versions up to 8.7, set " + Settings.variable("ZEEBE_URL")
                            + " instead");
        }
        for (String old : List.of("ZEEBE_URL", "OPERATE_URL", "TASKLIST_URL")) {
            if (settings.text("ORCHESTRATION_URL").isPresent()
                    && settings.text(old).isPresent()) {
                throw new IllegalArgumentException(
                        Settings.variable("ORCHESTRATION_URL") + " and " + Settings.variable(old)
                                + " exclude each other: the first is for 8.8 and later, the second for versions up to 8.7.");
            }
        }
        ClusterEndpoints.Builder cluster = ClusterEndpoints.builder();
        settings.endpoint("ORCHESTRATION_URL", CAMUNDA).ifPresent(cluster::orchestrationCluster);
        settings.endpoint("ZEEBE_URL", CAMUNDA).ifPresent(cluster::zeebe);
        settings.endpoint("OPERATE_URL", CAMUNDA).ifPresent(cluster::operate);
        settings.endpoint("TASKLIST_URL", CAMUNDA).ifPresent(cluster::tasklist);
        settings.endpoint("OPTIMIZE_URL", CAMUNDA).ifPresent(cluster::optimize);
        settings.text("BROKER_URLS").ifPresent(urls -> {
            for (String url : urls.split(",", -1)) {
                cluster.broker(settings.endpoint("BROKER_URLS", CAMUNDA, url));
            }
        });
        try {
            return cluster.build();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    Settings.variable("ORCHESTRATION_URL") + ", " + Settings.variable("ZEEBE_URL") + ", …: "
                            + e.getMessage(),
                    e);
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
}
