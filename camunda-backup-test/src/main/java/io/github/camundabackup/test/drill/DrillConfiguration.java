package io.github.camundabackup.test.drill;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.internal.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The configuration of a drill by JUnit's configuration parameters and the environment.
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

    private final Settings settings;

    DrillConfiguration(ExtensionContext context) {
        settings = new Settings(variable -> context.getConfigurationParameter(parameter(variable))
                .or(() -> Optional.ofNullable(System.getenv(variable))));
    }

    /** A configuration parameter goes before the environment. */
    private static String parameter(String variable) {
        return "camunda-backup."
                + variable.substring(Settings.variable("").length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }

    /**
     * Opens what is configured.
     *
     * @param drill with all that is said in code
     */
    DrillSetup open(DrillStores stores, RestoreDrill.Builder drill) {
        List<Runnable> owned = new ArrayList<>();
        try {
            return open(stores, drill, owned);
        } catch (RuntimeException e) {
            owned.forEach(Runnable::run);
            throw e instanceof IllegalArgumentException
                    ? new ExtensionConfigurationException(String.valueOf(e.getMessage()), e)
                    : e;
        }
    }

    private DrillSetup open(DrillStores stores, RestoreDrill.Builder drill, List<Runnable> owned) {
        Endpoint live = settings.endpoint(LIVE + "_URL", LIVE)
                .orElseThrow(
                        () -> Settings.missing(LIVE + "_URL", "http://localhost:9200, the engine with the backups"));
        String repository = settings.text("REPOSITORY").orElseThrow(() -> Settings.missing("REPOSITORY", "camunda"));
        Optional<Endpoint> scratch = settings.endpoint(SCRATCH + "_URL", SCRATCH);
        cluster().ifPresent(drill::cluster);
        settings.parsed("ID", BackupId::parse).ifPresent(drill::backup);
        settings.parsed("DRILL_REPORTS", Path::of).ifPresent(drill::reportDirectory);
        drill.alsoRestoreSettings(this::indexPrefixes);
        if (settings.parsed("DRILL_CLEAR", Settings::yesOrNo).orElse(false)) {
            drill.clearScratchEngine();
        }
        ClientResources resources = drill.resources().orElseGet(() -> {
            ClientResources own = ClientResources.create();
            owned.add(own::close);
            return own;
        });
        SnapshotStore store = Settings.checked("REPOSITORY", () -> stores.open(live, repository, resources));
        owned.add(store::close);
        drill.store(store);
        scratch.ifPresent(endpoint -> {
            String scratchRepository = settings.text("DRILL_REPOSITORY").orElse(repository);
            SnapshotStore scratchStore =
                    Settings.checked("DRILL_REPOSITORY", () -> stores.open(endpoint, scratchRepository, resources));
            owned.add(scratchStore::close);
            drill.scratchEngine(scratchStore);
        });
        return new DrillSetup(drill.settings(), resources, owned);
    }

    private RestoreSettings.Builder indexPrefixes(RestoreSettings.Builder restore) {
        PREFIXES.forEach((component, name) -> settings.text(name)
                .map(prefixes -> Pattern.compile(",").splitAsStream(prefixes))
                .map(prefixes -> prefixes.map(String::strip).toArray(String[]::new))
                .ifPresent(prefixes -> Settings.checked(name, () -> restore.indexPrefixes(component, prefixes))));
        return restore;
    }

    private Optional<ClusterEndpoints> cluster() {
        if (CAMUNDA_URLS.stream().allMatch(name -> settings.text(name).isEmpty())) {
            return Optional.empty();
        }
        ClusterEndpoints.Builder cluster = ClusterEndpoints.builder();
        settings.endpoint("ORCHESTRATION_URL", CAMUNDA).ifPresent(cluster::orchestrationCluster);
        settings.endpoint("ZEEBE_URL", CAMUNDA).ifPresent(cluster::zeebe);
        settings.endpoint("OPERATE_URL", CAMUNDA).ifPresent(cluster::operate);
        settings.endpoint("TASKLIST_URL", CAMUNDA).ifPresent(cluster::tasklist);
        settings.endpoint("OPTIMIZE_URL", CAMUNDA).ifPresent(cluster::optimize);
        try {
            return Optional.of(cluster.build());
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    String.join(
                                    ", ",
                                    CAMUNDA_URLS.stream()
                                            .map(Settings::variable)
                                            .toList()) + ": " + e.getMessage(),
                    e);
        }
    }
}
