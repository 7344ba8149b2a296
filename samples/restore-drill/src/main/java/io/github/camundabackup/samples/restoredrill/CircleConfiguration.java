package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.samples.quickstart.Configuration;
import io.github.camundabackup.samples.quickstart.Environment;
import io.github.camundabackup.samples.quickstart.Environment.BadValueException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration of the whole circle by the environment; see the table in the guide. All of it is read and checked
 * before anything happens.
 */
final class CircleConfiguration {
    private static final String DEADLINE = "DRILL_DEADLINE";
    private static final List<String> OPTIONS =
            List.of("SEARCH_ENGINE", "SIMULATE", "ID", "DRILL", DEADLINE, OwnTestCluster.CONSENT);

    private final Configuration configuration;
    private final Environment environment;
    private final Commands commands;
    private final Duration deadline;

    private CircleConfiguration(Map<String, String> variables) {
        List<String> commandNames = Commands.names(variables.keySet());
        configuration = Configuration.of(
                variables,
                Stream.concat(OPTIONS.stream(), commandNames.stream()).toList());
        environment = configuration.environment();
        deadline = environment.parsed(DEADLINE, CircleConfiguration::duration).orElse(Duration.ofMinutes(15));
        commands = Commands.of(environment, variables.keySet());
        boolean meansACluster =
                commands.areGiven() || environment.text(OwnTestCluster.CONSENT).isPresent();
        if (meansACluster && configuration.ownCluster().isEmpty()) {
            throw environment.missing("SEARCH_ENGINE_URL", "http://localhost:9200");
        }
    }

    /**
     * Reads the environment.
     *
     * @throws BadValueException if something is missing, unknown or cannot be used
     */
    static CircleConfiguration of(Map<String, String> variables) {
        return new CircleConfiguration(variables);
    }

    /** The user's cluster, or a simulated one if none is configured. */
    TestCluster cluster(Console console, ClientResources resources) {
        Optional<CamundaBackupClient.Builder> own = configuration.ownCluster();
        return own.<TestCluster>map(client -> new OwnTestCluster(
                        environment, client, Optional.of(commands).filter(Commands::areGiven), console, resources))
                .orElseGet(() -> new SimulatedTestCluster(configuration.searchEngine(), configuration.simulatedLine()));
    }

    Optional<BackupId> backupId() {
        return configuration.backupId();
    }

    String recordPattern() {
        return environment.text("RECORD_PREFIX").orElse("zeebe-record") + "*";
    }

    /** How long the restored cluster may take until it is whole. */
    Duration deadline() {
        return deadline;
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("must not be negative.");
            }
            return duration;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a duration such as PT15M, but is \"" + text + "\".", e);
        }
    }
}
