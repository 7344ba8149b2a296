package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The way in which a component's part is taken where the component does not take it itself: by a command, such as that
 * of Camunda's standalone backup application, or by a person. The part is followed through its snapshots in the
 * repository. Immutable.
 *
 * @see ClusterEndpoints.Builder#webApplicationsBackup
 */
public final class ExternalBackup {
    private final List<String> command;
    private final Map<String, String> environment;

    private ExternalBackup(List<String> command, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    /**
     * A command that is run for each backup, with the backup's id as its last argument: {@code bin/backup-webapps} of
     * Camunda's distribution, or what runs it elsewhere. If it ends with anything but 0 before the repository holds all
     * snapshots, the backup fails. It is ended, with all that it has started, if the backup is cancelled or fails.
     *
     * @param program without a shell
     */
    public static ExternalBackup command(String program, String... arguments) {
        return new ExternalBackup(
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList(), Map.of());
    }

    /**
     * A person, or another program, that is told by the log, and by {@link
     * io.github.camundabackup.backup.BackupListener#waiting}, which backup to take. It is waited for until the step
     * timeout.
     */
    public static ExternalBackup byOperator() {
        return new ExternalBackup(List.of(), Map.of());
    }

    /**
     * The same command with environment variables beside this process's own, such as
     * {@code SPRING_CONFIG_ADDITIONALLOCATION}. Replaces those that were given before.
     */
    public ExternalBackup environment(Map<String, String> variables) {
        return new ExternalBackup(command, variables);
    }

    /** Environment variables for the command. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Program and arguments for a backup; none if it is taken by a person. */
    public List<String> command(BackupId backupId) {
        List<String> line = new ArrayList<>(command);
        if (!line.isEmpty()) {
            line.add(Objects.requireNonNull(backupId, "backupId").toString());
        }
        return List.copyOf(line);
    }

    /** How it is taken, without arguments and environment, which may hold secrets. */
    @Override
    public String toString() {
        return command.isEmpty() ? "by an operator" : "by the command " + command.get(0);
    }
}
