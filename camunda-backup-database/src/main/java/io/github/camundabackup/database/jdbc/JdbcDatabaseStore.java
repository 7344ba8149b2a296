package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseDump;
import io.github.camundabackup.database.DatabaseInfo;
import io.github.camundabackup.database.DatabaseProgress;
import io.github.camundabackup.database.DatabaseStore;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.DumpVerification;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.internal.concurrent.EndingFuture;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.ShutdownHook;
import io.github.camundabackup.runtime.ClientResources;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A database that is read with JDBC, and dumped to a directory by its vendor's tools or by commands.
 *
 * <p>The application brings the JDBC driver. The tools must be installed where the application runs, in the server's
 * version or a later one. The password goes to the vendors' tools by their environment; commands never get it.
 *
 * <p>Thread-safe. What blocks runs on threads of the {@link ClientResources} that may. When the process is asked to end
 * (SIGTERM, SIGINT), what is under way is given up first, and its tools are ended.
 */
public final class JdbcDatabaseStore implements DatabaseStore {
    private final ClientResources resources;
    private final String description;
    private final Connections connections;
    private final Supplier<String> password;
    private final CamundaTables tables;
    private final String tablePrefix;
    private final DumpDirectory directory;
    private final Vendor vendor;
    private final Set<EndingFuture<?>> running = ConcurrentHashMap.newKeySet();

    JdbcDatabaseStore(
            ClientResources resources,
            String description,
            Connections connections,
            Supplier<String> password,
            String tablePrefix,
            Path dumps,
            Vendor vendor) {
        this.resources = resources;
        directory = new DumpDirectory(dumps);
        this.description = description + ", dumps in " + directory.root();
        this.connections = connections;
        this.password = password;
        this.tablePrefix = tablePrefix;
        this.vendor = vendor;
        tables = new CamundaTables(tablePrefix, this.description, vendor.hasOwnSchema());
    }

    /** PostgreSQL, by {@code pg_dump} and {@code pg_restore}: the positions of its dumps are exact. */
    public static PostgreSqlBuilder postgresql() {
        return new PostgreSqlBuilder();
    }

    /** MariaDB, by {@code mariadb-dump} and {@code mariadb}: the positions of its dumps are bounds. */
    public static MariaDbBuilder mariadb() {
        return MariaDbBuilder.mariaDb();
    }

    /** MySQL, by {@code mysqldump} and {@code mysql}: the positions of its dumps are bounds. */
    public static MariaDbBuilder mysql() {
        return MariaDbBuilder.mySql();
    }

    /**
     * Any other, by commands: the positions of its dumps are bounds.
     *
     * @param dump the program that dumps, and its arguments
     */
    public static CommandsBuilder commands(String... dump) {
        return new CommandsBuilder(CommandsBuilder.command(dump));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public CompletableFuture<DatabaseInfo> info() {
        return reading(
                "Asking the database what it is",
                connection -> CamundaTables.info(
                        connection, tablePrefix, directory.root().toString()));
    }

    @Override
    public CompletableFuture<SortedMap<Integer, ExporterPosition>> positions() {
        return reading("Reading the exporter positions", tables::positions);
    }

    @Override
    public CompletableFuture<Optional<String>> schemaVersion() {
        return reading("Reading the version of the schema", tables::schemaVersion);
    }

    @Override
    public CompletableFuture<DatabaseBackup> backup(DumpId id, Consumer<DatabaseProgress> progress) {
        Objects.requireNonNull(id, "id");
        return untilEnd("dump-" + id, progress, task -> new Dump(task, directory, id, tablePrefix).run());
    }

    @Override
    public CompletableFuture<List<DatabaseDump>> list() {
        Work work = Work.unstoppable(resources, description);
        return work.blocking("Listing the dumps", () -> directory.list(work.now()));
    }

    @Override
    public CompletableFuture<Optional<DatabaseDump>> get(DumpId id) {
        Work work = Work.unstoppable(resources, description);
        return work.blocking("Looking at the dump " + id, () -> directory.get(id, work.now()));
    }

    @Override
    public CompletableFuture<DumpVerification> verify(DumpId id) {
        return untilEnd("verify-" + id, progress -> {}, task -> new FinishedDump(task, directory, id).verify());
    }

    @Override
    public CompletableFuture<Void> delete(DumpId id) {
        return untilEnd("delete-" + id, progress -> {}, task -> new FinishedDump(task, directory, id).delete());
    }

    @Override
    public CompletableFuture<SortedMap<Integer, ExporterPosition>> restore(
            DumpId id, RestoreInto into, Consumer<DatabaseProgress> progress) {
        Objects.requireNonNull(into, "into");
        return untilEnd("restore-" + id, progress, task -> new Restore(task, directory, id, into).run());
    }

    /** What is read in a connection of its own. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> CompletableFuture<T> reading(String what, Question<T> question) {
        return Work.unstoppable(resources, description).asking(what, () -> {
            try (Connection connection = connections.open()) {
                return question.ask(connection);
            }
        });
    }

    private <T> CompletableFuture<T> untilEnd(
            String name, Consumer<DatabaseProgress> progress, Function<Task, CompletableFuture<T>> operation) {
        EndingFuture<T> result = new EndingFuture<>();
        running.add(result);
        result.whenComplete((value, error) -> running.remove(result));
        try {
            ShutdownHook.register(name, reason -> result.cancel(false), result);
        } catch (CancellationException ending) {
            result.completeExceptionally(ending);
            return result;
        }
        Work work = new Work(resources, description, result.givenUp());
        Task task = new Task(
                work,
                connections,
                tables,
                vendor,
                () -> work.blocking("Asking for the password", password::get)
                        .thenApply(secret -> vendor.tools(work, secret)),
                new Reporter(name, progress, resources));
        Futures.recover(operation.apply(task), CompletableFuture::failedFuture).whenComplete((value, error) -> {
            if (error == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(
                        result.givenUp().isDone() ? new CancellationException() : Futures.unwrap(error));
            }
        });
        return result;
    }

    @Override
    public void close() {
        running.forEach(each -> each.cancel(false));
    }

    /** The same as {@link #description()}. */
    @Override
    public String toString() {
        return description;
    }
}
