package io.github.camundabackup.samples.restoredrill;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs {@link BackupDrill} with JUnit: on the cluster that the environment describes, or on a simulated one. Ends with 0 if the backup was
 * restored and all assertions hold, with 1 if not, and with 2 for a value in the environment that cannot be used.
 */
public final class RestoreDrillSample {
    private static final String PREFIX = "CAMUNDA_BACKUP_";
    /** What describes no cluster, only how to run. */
    private static final List<String> OPTIONS = List.of("SEARCH_ENGINE", "SIMULATE", "DRILL_REPORTS");

    private RestoreDrillSample() {}

    public static void main(String[] arguments) {
        int exitCode = run(System.getenv(), System.out);
        System.out.flush();
        // The exit code is the whole point for a caller in a script, also inside Maven.
        System.exit(exitCode);
    }

    static int run(Map<String, String> environment, PrintStream out) {
        Map<String, String> variables = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                variables.put(name.substring(PREFIX.length()), value);
            }
        });
        Optional<Engine> engine = Engine.of(variables.getOrDefault("SEARCH_ENGINE", "elasticsearch"));
        Optional<Simulation.Line> line = Simulation.Line.of(variables.getOrDefault("SIMULATE", "8.8"));
        if (engine.isEmpty() || line.isEmpty()) {
            out.println(
                    engine.isEmpty()
                            ? PREFIX + "SEARCH_ENGINE must be elasticsearch or opensearch."
                            : PREFIX + "SIMULATE must be 8.5, 8.6, 8.7, 8.8 or 8.9.");
            return 2;
        }
        if (!OPTIONS.containsAll(variables.keySet())) {
            return drill(engine.get(), variables, out);
        }
        out.println("No cluster is configured, so this takes and restores a backup of a simulated one. See the guide for yours.");
        out.println();
        try (Simulation simulation = new Simulation(engine.get(), line.get())) {
            out.println(simulation.backUp());
            out.println();
            Map<String, String> simulated = new LinkedHashMap<>(variables);
            simulated.putAll(simulation.variables());
            return drill(engine.get(), simulated, out);
        }
    }

    private static int drill(Engine engine, Map<String, String> variables, PrintStream out) {
        Class<?> drill = engine.drill();
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
        summary.getSummary().getFailures().forEach(failure -> out.println(failure.getException().getMessage()));
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
