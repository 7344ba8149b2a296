package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseProgress.Phase;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.runtime.ClientResources;
import java.nio.file.Path;

/** Makes a dump in a process of its own, which may be lost in the middle. */
final class DumpingProgram {
    private static final int LOST = 99;

    private DumpingProgram() {}

    /**
     * @param arguments the product ({@code PostgreSQL} or {@code MariaDB}), URL, user, directory, the tool that dumps, and
     *     the phase with which the process is lost, or {@code none}
     */
    public static void main(String... arguments) {
        ClientResources resources = ClientResources.create();
        ToolBuilder<?> builder =
                arguments[0].equals("PostgreSQL") ? JdbcDatabaseStore.postgresql() : JdbcDatabaseStore.mariadb();
        builder.url(arguments[1])
                .user(arguments[2])
                .password(() -> RealDatabase.PASSWORD)
                .dumps(Path.of(arguments[3]))
                .tools(arguments[4], "false")
                .build(resources)
                .backup(new DumpId("killed"), progress -> loseProcess(progress.phase(), arguments[5]))
                .join();
    }

    /** Nothing is flushed, no hook is run, and what was started goes on, as after SIGKILL. */
    private static void loseProcess(Phase phase, String last) {
        if (phase.name().equals(last)) {
            Runtime.getRuntime().halt(LOST);
        }
    }
}
