package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.runtime.ClientResources;
import java.util.List;

/**
 * What is known of a database that commands of the user's dump and restore: those of Oracle or SQL Server, or snapshots
 * of a cloud's. Not thread-safe.
 *
 * <p>No shell is between; what needs one is {@code sh -c …}. A command has done its work when it ends with 0. In its
 * environment are {@code CAMUNDA_BACKUP_DUMP}, the dump's name, and {@code CAMUNDA_BACKUP_DIRECTORY}, an empty directory
 * for what belongs to the dump; if what it makes is elsewhere, it may write nothing there and print a line
 * {@code CAMUNDA_BACKUP_LABEL=…}, which the manifest keeps, and the other commands get in their environment. One that
 * dumps and leaves neither has failed. No command gets the password. The environment of the restore also has
 * {@code CAMUNDA_BACKUP_INTO}: {@code EMPTY_DATABASE}, or {@code DROPPED_DATABASE} if the command is to drop what is
 * there. It must leave the table {@code CAMUNDA_BACKUP_UNFINISHED_RESTORE} alone, or may drop it.
 */
public final class CommandsBuilder extends StoreBuilder<CommandsBuilder> {
    private final List<String> dump;
    private List<String> restore = List.of();
    private List<String> verify = List.of();
    private List<String> delete = List.of();

    CommandsBuilder(List<String> dump) {
        this.dump = dump;
    }

    @Override
    CommandsBuilder self() {
        return this;
    }

    /** The command that restores. Without one, nothing is restored. */
    public CommandsBuilder restore(String... command) {
        restore = command(command);
        return this;
    }

    /** The command that checks a dump. Without one, its files are compared with the manifest, and that is all. */
    public CommandsBuilder verify(String... command) {
        verify = command(command);
        return this;
    }

    /** The command that deletes what is elsewhere than in the dump's directory. */
    public CommandsBuilder delete(String... command) {
        delete = command(command);
        return this;
    }

    @Override
    public JdbcDatabaseStore build(ClientResources resources) {
        return build(
                resources,
                "database that " + dump.get(0) + " dumps",
                new UserCommands(dump, restore, verify, delete, timeout));
    }

    static List<String> command(String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("A command has at least the name of a program.");
        }
        program(command[0]);
        return List.of(command);
    }
}
