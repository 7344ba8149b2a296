package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.samples.quickstart.Configuration;
import io.github.camundabackup.samples.quickstart.Engine;
import io.github.camundabackup.samples.quickstart.Environment;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs {@link BackupDrill} with JUnit, which restores a backup where nothing in use is touched. */
final class DrillBeside {
    private static final String PREFIX = "CAMUNDA_BACKUP_";
    /** What describes no cluster, only how to run. */
    private static final List<String> OPTIONS = List.of("SEARCH_ENGINE", "SIMULATE", "DRILL", "DRILL_REPORTS");

    private DrillBeside() {}

    static int run(Map<String, String> environment, PrintStream out) {
        Map<String, String> variables = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                variables.put(name.substring(PREFIX.length()), value);
            }
        });
        // The names are the drill's own affair.
        Environment read = new Environment(environment, List.copyOf(variables.keySet()));
        Engine engine = Configuration.engine(read);
        CamundaLine line = Configuration.simulatedLine(read);
        if (!OPTIONS.containsAll(variables.keySet())) {
            return drill(engine, variables, out);
        }
        out.println("No cluster is configured, so this takes and restores a backup of a simulated one. For yours, see"
                + " docs/guide/drills.md.");
        out.println();
        try (Simulation simulation = new Simulation(engine, line)) {
            out.println(simulation.backUp());
            out.println();
            Map<String, String> simulated = new LinkedHashMap<>(variables);
            simulated.putAll(simulation.variables());
            return drill(engine, simulated, out);
        }
    }

    private static int drill(Engine engine, Map<String, String> variables, PrintStream out) {
        Class<?> drill = switch (engine) {
            case ELASTICSEARCH -> BackupDrill.OnElasticsearch.class;
            case OPENSEARCH -> BackupDrill.OnOpenSearch.class;
        };
        Path reports = Path.of(variables.getOrDefault("DRILL_REPORTS", "target/restore-drills"));
        Path report = reports.resolve(drill.getName() + ".txt");
        delete(report);
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(drill));
        variables.forEach((name, value) -> request.configurationParameter(
                "camunda-backup." + name.toLowerCase(Locale.ROOT).replace('_', '-'), value));
        SummaryGeneratingListener summary = execute(request.build());
        if (Files.exists(report)) {
            out.println(read(report));
            out.println("  Report:        " + report.toAbsolutePath());
            return summary.getSummary().getTotalFailureCount() == 0 ? 0 : 1;
        }
        summary.getSummary()
                .getFailures()
                .forEach(failure -> out.println(failure.getException().getMessage()));
        return summary.getSummary().getFailures().stream()
                        .anyMatch(failure -> failure.getException() instanceof ExtensionConfigurationException)
                ? 2
                : 1;
    }

    private static SummaryGeneratingListener execute(LauncherDiscoveryRequest request) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        return summary;
    }

    /** That of an earlier drill must not be taken for this one's. */
    private static void delete(Path report) {
        try {
            Files.deleteIfExists(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path report) {
        try {
            return Files.readString(report).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
