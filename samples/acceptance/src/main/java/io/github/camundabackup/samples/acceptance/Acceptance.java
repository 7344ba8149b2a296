package io.github.camundabackup.samples.acceptance;

import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.opensearch.OpenSearchSnapshotStore;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.samples.quickstart.Configuration;
import io.github.camundabackup.samples.quickstart.Engine;
import io.github.camundabackup.samples.quickstart.Environment;
import io.github.camundabackup.samples.quickstart.Environment.BadValueException;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.acceptance.AcceptanceKit;
import io.github.camundabackup.test.acceptance.AcceptanceReport;
import io.github.camundabackup.test.acceptance.AcceptanceStores;
import io.github.camundabackup.test.acceptance.AcceptanceVerdict;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a cluster what this library asks, and compares its answers with those of the simulated cluster of its line: the
 * cluster that the environment describes, or a simulated one. Ends with 0 if all is the same, with 1 if something is
 * not, and with 2 for a value in the environment that cannot be used.
 */
public final class Acceptance {
    private static final List<String> OTHERS =
            List.of("ACCEPTANCE", "ACCEPTANCE_BUNDLE", "VERSION", "ID", "SEARCH_ENGINE", "SIMULATE");

    private Acceptance() {}

    public static void main(String[] arguments) {
        int exitCode = run(System.getenv(), System.out);
        System.out.flush();
        // The exit code is the whole point for a caller in a script, also inside Maven.
        System.exit(exitCode);
    }

    /** Asks all questions, and prints what comes of them. */
    public static int run(Map<String, String> variables, PrintStream out) {
        try {
            Environment environment = Configuration.environment(variables, OTHERS);
            Engine engine = Configuration.engine(environment);
            return Configuration.namesCluster(environment)
                    ? ask(variables, engine, out)
                    : simulate(variables, environment, engine, out);
        } catch (BadValueException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private static int simulate(
            Map<String, String> variables, Environment environment, Engine engine, PrintStream out) {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .line(Configuration.simulatedLine(environment))
                .engine(engine.simulated())
                .build()) {
            out.println("No cluster is configured, so this asks a simulated one, and may change it."
                    + " docs/guide/acceptance.md says how to ask yours.");
            out.println();
            Map<String, String> simulated = new HashMap<>(variables);
            simulated.put(
                    "CAMUNDA_BACKUP_SEARCH_ENGINE_URL",
                    cluster.searchEngineUri().toString());
            simulated.put("CAMUNDA_BACKUP_REPOSITORY", cluster.repository());
            simulated.putIfAbsent("CAMUNDA_BACKUP_VERSION", cluster.version());
            simulated.putIfAbsent("CAMUNDA_BACKUP_ACCEPTANCE", "take-and-delete");
            for (Server server : cluster.servers()) {
                if (server != Server.SEARCH_ENGINE) {
                    simulated.put(
                            "CAMUNDA_BACKUP_" + server.name() + "_URL",
                            cluster.uri(server).toString());
                }
            }
            return ask(simulated, engine, out);
        }
    }

    private static int ask(Map<String, String> variables, Engine engine, PrintStream out) {
        AcceptanceStores stores = (endpoint, repository, resources) -> store(engine, endpoint, repository, resources);
        AcceptanceKit kit;
        try {
            kit = AcceptanceKit.fromEnvironment(variables, stores)
                    .progress(out::println)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new BadValueException(String.valueOf(e.getMessage()));
        }
        try {
            AcceptanceReport report = kit.run();
            out.println();
            out.println(report.toString()
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .reduce((one, next) -> one + "\n" + next)
                    .orElse(""));
            for (AcceptanceVerdict verdict : List.of(AcceptanceVerdict.DIFFERENT, AcceptanceVerdict.UNREACHABLE)) {
                report.results(verdict).forEach(out::println);
            }
            return report.isAccepted() ? 0 : 1;
        } catch (UncheckedIOException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private static SnapshotStore store(Engine engine, Endpoint endpoint, String repository, ClientResources resources) {
        return switch (engine) {
            case ELASTICSEARCH ->
                ElasticsearchSnapshotStore.builder()
                        .endpoint(endpoint)
                        .repository(repository)
                        .resources(resources)
                        .build();
            case OPENSEARCH ->
                OpenSearchSnapshotStore.builder()
                        .endpoint(endpoint)
                        .repository(repository)
                        .resources(resources)
                        .build();
        };
    }
}
