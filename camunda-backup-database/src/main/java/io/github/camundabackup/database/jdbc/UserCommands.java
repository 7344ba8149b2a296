package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.DumpPositions;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A database that commands of the user's dump and restore, the positions read before and after them. What they are to
 * do it for is in their environment.
 *
 * @param dump dumps
 * @param restore restores; empty if nothing does
 * @param verify checks a dump; empty if its files are all there is
 * @param delete deletes what is elsewhere; empty if nothing is
 * @param timeout how long each may run
 */
record UserCommands(List<String> dump, List<String> restore, List<String> verify, List<String> delete, Duration timeout)
        implements Vendor {
    private static final String LABEL = "CAMUNDA_BACKUP_LABEL=";

    @Override
    public boolean hasOwnSchema() {
        return false;
    }

    @Override
    public Tools tools(Work work, String password) {
        return new Tools(work, timeout, Map.of(), inherited -> true, password);
    }

    @Override
    public CompletableFuture<Tool> dumper(Tools tools, Server server) {
        return CompletableFuture.completedFuture(new Tool(dump.get(0), ""));
    }

    @Override
    public CompletableFuture<Dumped> dump(Access access, Tools tools, DumpRun run) {
        return access.work()
                .asking("Reading the exporter positions", () -> begin(access, run))
                .thenCompose(before -> tools.with(environment(run.id(), run.data()))
                        .run("dump the database", dump, Optional.empty(), run::toolStarted)
                        .thenCompose(output -> access.work()
                                .asking("Reading the exporter positions after the dump", () -> {
                                    Optional<String> label = label(output);
                                    if (label.isEmpty()
                                            && DurableFiles.filesBelow(run.data())
                                                    .isEmpty()) {
                                        throw nothing(access.work());
                                    }
                                    try (Connection connection =
                                            access.connections().open()) {
                                        return new Dumped(
                                                new DumpPositions.Bounds(
                                                        before.positions().lowest(),
                                                        access.tables().positionsToDump(connection)),
                                                before.schemaVersion(),
                                                label);
                                    }
                                })));
    }

    private static Dumped begin(Access access, DumpRun run) throws SQLException, IOException {
        try (Connection connection = access.connections().open()) {
            Dumped before = new Dumped(
                    new DumpPositions.Exact(access.tables().positionsToDump(connection)),
                    access.tables().schemaVersion(connection),
                    Optional.empty());
            Files.createDirectory(run.data());
            return before;
        }
    }

    private DatabaseStoreException nothing(Work work) {
        return new DatabaseStoreException(
                Reason.TOOL_FAILED,
                "The command " + dump.get(0) + " ended with 0 (" + work.description() + "), but has written no file to"
                        + " $CAMUNDA_BACKUP_DIRECTORY, and printed no line " + LABEL + "… with a name.",
                null);
    }

    /** The last one that was printed, if it is not blank. */
    private static Optional<String> label(List<String> output) {
        return output.stream()
                .filter(line -> line.startsWith(LABEL))
                .map(line -> line.substring(LABEL.length()).strip())
                .reduce((first, last) -> last)
                .filter(label -> !label.isEmpty());
    }

    private static Map<String, String> environment(DumpId id, Path data) {
        return Map.of("CAMUNDA_BACKUP_DUMP", id.value(), "CAMUNDA_BACKUP_DIRECTORY", data.toString());
    }

    private static Tools tools(Tools tools, DatabaseBackup backup, Path data) {
        return tools.with(environment(backup.id(), data))
                .with(Map.of("CAMUNDA_BACKUP_LABEL", backup.label().orElse("")));
    }

    @Override
    public CompletableFuture<Optional<String>> damage(Tools tools, DatabaseBackup backup, Path data) {
        if (verify.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return Futures.recover(
                tools(tools, backup, data)
                        .run("check the dump " + backup.id(), verify, Optional.empty(), process -> {})
                        .thenApply(output -> Optional.empty()),
                error -> error instanceof DatabaseStoreException failed && failed.reason() == Reason.TOOL_FAILED
                        ? CompletableFuture.completedFuture(Optional.of(String.valueOf(failed.getMessage())))
                        : CompletableFuture.failedFuture(error));
    }

    /** What the command lacks, it will say. */
    @Override
    public CompletableFuture<Void> restorer(Tools tools, Server server) {
        return CompletableFuture.completedFuture(null);
    }

    /** What the command cannot restore, it will say. */
    @Override
    public Optional<String> misfit(DatabaseBackup backup, Server server) {
        return restore.isEmpty()
                ? Optional.of("There is no command to restore it. Give one with restore(…).")
                : Optional.empty();
    }

    @Override
    public List<String> contents(Connection connection) throws SQLException {
        return DatabaseContents.of(connection).stream()
                .map(DatabaseContents.Relation::name)
                .toList();
    }

    /** That is the command's own part. */
    @Override
    public void drop(Connection connection) {
        // It knows from its environment that it may.
    }

    @Override
    public CompletableFuture<Void> restore(Tools tools, DatabaseBackup backup, Path data, RestoreInto into) {
        return tools(tools, backup, data)
                .with(Map.of("CAMUNDA_BACKUP_INTO", into.name()))
                .run("restore the dump " + backup.id(), restore, Optional.empty(), process -> {})
                .thenAccept(output -> {});
    }

    @Override
    public CompletableFuture<Void> delete(Tools tools, DatabaseBackup backup, Path data) {
        return delete.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : tools(tools, backup, data)
                        .run("delete the dump " + backup.id(), delete, Optional.empty(), process -> {})
                        .thenAccept(output -> {});
    }
}
