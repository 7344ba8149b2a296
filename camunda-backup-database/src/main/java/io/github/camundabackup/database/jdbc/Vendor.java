package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DumpPositions;
import io.github.camundabackup.database.RestoreInto;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How one product is dumped and restored. */
interface Vendor {
    /** Whether schemas can be made and dropped. */
    boolean hasOwnSchema();

    /** What the tools need to know, with the password. */
    Tools tools(Work work, String password);

    /** Which tool dumps, after it was found to fit the server. */
    CompletableFuture<Tool> dumper(Tools tools, Server server);

    /** Dumps the database. Whenever it completes, nothing of it goes on. */
    CompletableFuture<Dumped> dump(Access access, Tools tools, DumpRun run);

    /**
     * What is wrong with a dump whose files are as they were written, by the tool that restores it; empty if nothing
     * is.
     */
    CompletableFuture<Optional<String>> damage(Tools tools, DatabaseBackup backup, Path data);

    /** Finds that the tool that restores is there, fits the server, and can log in, as far as it can be asked. */
    CompletableFuture<Void> restorer(Tools tools, Server server);

    /** Why a dump cannot be restored on this server, as a sentence; empty if nothing is known. */
    Optional<String> misfit(DatabaseBackup backup, Server server);

    /** The tables, views and sequences that are there, by name, without what Camunda does not own: the system's. */
    List<String> contents(Connection connection) throws SQLException;

    /** Drops all of them, in a transaction where that is possible. */
    void drop(Connection connection) throws SQLException;

    /**
     * Restores into a database without contents.
     *
     * @param into what the user has said of it, for commands of the user's
     */
    CompletableFuture<Void> restore(Tools tools, DatabaseBackup backup, Path data, RestoreInto into);

    /** Deletes what the tool keeps elsewhere than in the dump's directory. */
    CompletableFuture<Void> delete(Tools tools, DatabaseBackup backup, Path data);

    /**
     * How the database is reached to read it.
     *
     * @param work what it is a part of
     * @param connections open them
     * @param tables read in them
     */
    record Access(Work work, Connections connections, CamundaTables tables) {}

    /**
     * A server as it names itself.
     *
     * @param product its name
     * @param version its version
     */
    record Server(String product, String version) {}

    /**
     * A program.
     *
     * @param name as it is run
     * @param version as it says; may be empty
     */
    record Tool(String name, String version) {}

    /**
     * What is known of a dump once the tool has ended.
     *
     * @param positions of the exporters
     * @param schemaVersion of Camunda
     * @param label what a command of the user's printed
     */
    record Dumped(DumpPositions positions, Optional<String> schemaVersion, Optional<String> label) {}
}
