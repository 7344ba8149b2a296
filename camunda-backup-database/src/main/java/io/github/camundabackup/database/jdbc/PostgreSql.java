package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DumpPositions;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL: {@code pg_dump} in its directory format, in the snapshot of a transaction that has read the positions, so
 * that those in the dump are the same.
 *
 * @param server where the tools connect to
 * @param user who connects
 * @param dump the program {@code pg_dump}
 * @param restore the program {@code pg_restore}
 * @param jobs how many tables are dumped at once
 * @param restoreJobs how many tables are restored at once; 1 for all in one transaction
 * @param lockTimeout how long to wait for a table that is locked
 * @param timeout how long a tool may run
 * @param arguments of the user, for both tools
 * @see <a href="https://www.postgresql.org/docs/current/app-pgdump.html">pg_dump</a>
 */
record PostgreSql(
        ServerAddress server,
        String user,
        String dump,
        String restore,
        int jobs,
        int restoreJobs,
        Duration lockTimeout,
        Duration timeout,
        List<String> arguments)
        implements Vendor {
    /** What pg_dump writes last. */
    private static final String CONTENTS = "toc.dat";

    private static final List<String> SSL = List.of("sslmode", "sslrootcert", "sslcert", "sslkey");
    /** Of users: no system's, and none of an extension, which its own statement makes. */
    private static final String RELATIONS = """
        SELECT c.relkind, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
        AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '%s')
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass
            AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 2\
        """.formatted(CamundaTables.OWN_SCHEMA);

    /** Of its environment, a tool gets what proves who it is. The others would lead it elsewhere, or change the dump. */
    static final Predicate<String> INHERITED = Pattern.compile(
                    "PG(?!PASSFILE$|SSL|GSS|KRB|REQUIREAUTH$|CHANNELBINDING$).*")
            .asMatchPredicate()
            .negate();

    /** From it on, pg_restore sets a variable that older servers do not know. */
    private static final int SETS_TRANSACTION_TIMEOUT = 17;

    private static final String SCHEMAS = """
        SELECT quote_ident(nspname) FROM pg_catalog.pg_namespace
        WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public', '%s')\
        """.formatted(CamundaTables.OWN_SCHEMA);

    @Override
    public boolean hasOwnSchema() {
        return true;
    }

    @Override
    public Tools tools(Work work, String password) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", server.host());
        environment.put("PGPORT", Integer.toString(server.port()));
        environment.put("PGDATABASE", server.database());
        environment.put("PGUSER", user);
        environment.put("PGCONNECT_TIMEOUT", "30");
        environment.put("PGAPPNAME", "camunda-backup");
        if (!password.isEmpty()) {
            environment.put("PGPASSWORD", password);
        }
        for (String parameter : SSL) {
            String value = server.parameters().get(parameter);
            if (value != null) {
                environment.put("PG" + parameter.toUpperCase(Locale.ROOT), value);
            }
        }
        return new Tools(work, timeout, environment, INHERITED, password);
    }

    @Override
    public CompletableFuture<Tool> dumper(Tools tools, Server database) {
        return tools.version(dump).thenApply(version -> {
            if (!version.contains("PostgreSQL")
                    || ToolVersion.in(version, 1).compareTo(ToolVersion.in(database.version(), 1)) < 0) {
                throw new DatabaseStoreException(
                        Reason.TOOL_UNFIT,
                        "The tool " + dump + " says \"" + version + "\", and the server is PostgreSQL "
                                + database.version() + ", which only a pg_dump of the same or a later major version can"
                                + " dump." + SqlFailures.advice(Reason.TOOL_UNFIT),
                        null);
            }
            return new Tool(dump, version);
        });
    }

    @Override
    public CompletableFuture<Dumped> dump(Access access, Tools tools, DumpRun run) {
        return access.work()
                .opening("Opening a snapshot of the database", lockTimeout, () -> Snapshot.open(access, lockTimeout))
                .thenCompose(snapshot -> access.work()
                        .closing(
                                snapshot.connection(),
                                tools.run(
                                                "dump the database",
                                                command(run.data(), snapshot),
                                                Optional.empty(),
                                                run::toolStarted)
                                        .thenApply(output -> dumped(access, run, snapshot))));
    }

    private static Dumped dumped(Access access, DumpRun run, Snapshot snapshot) {
        if (!Files.isRegularFile(run.data().resolve(CONTENTS))) {
            throw new DatabaseStoreException(
                    Reason.TOOL_FAILED,
                    "The tool ended with 0, but has not written the dump's table of contents, " + CONTENTS + " ("
                            + access.work().description() + ").",
                    null);
        }
        return new Dumped(new DumpPositions.Exact(snapshot.positions()), snapshot.schemaVersion(), Optional.empty());
    }

    private List<String> command(Path data, Snapshot snapshot) {
        List<String> line = new ArrayList<>(List.of(
                dump,
                "--format=directory",
                "--jobs=" + jobs,
                "--file=" + data,
                "--snapshot=" + snapshot.id(),
                "--exclude-schema=" + CamundaTables.OWN_SCHEMA,
                "--lock-wait-timeout=" + lockTimeout.toMillis(),
                "--no-password"));
        line.addAll(arguments);
        return line;
    }

    /**
     * A transaction whose view of the database others can share, for as long as it is open.
     *
     * @param connection in that transaction
     * @param id what it was exported as
     * @param positions as they are in it
     * @param schemaVersion as it is in it
     */
    private record Snapshot(
            Connection connection,
            String id,
            SortedMap<Integer, ExporterPosition> positions,
            Optional<String> schemaVersion)
            implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            try (connection) {
                connection.rollback();
            }
        }

        static Snapshot open(Access access, Duration lockTimeout) throws SQLException {
            Connection connection = access.connections().open();
            try {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
                String id;
                try (Statement statement = connection.createStatement()) {
                    // It is idle for as long as the tool runs.
                    statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
                    statement.execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
                    try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
                        row.next();
                        id = row.getString(1);
                    }
                }
                return new Snapshot(
                        connection,
                        id,
                        access.tables().positionsToDump(connection),
                        access.tables().schemaVersion(connection));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        }
    }

    /** The table of contents is read, and understood. */
    @Override
    public CompletableFuture<Optional<String>> damage(Tools tools, DatabaseBackup backup, Path data) {
        return Futures.recover(
                tools.run(
                                "read the dump's table of contents",
                                List.of(restore, "--list", data.toString()),
                                Optional.empty(),
                                process -> {})
                        .thenApply(list -> Optional.empty()),
                error -> error instanceof DatabaseStoreException failed && failed.reason() == Reason.TOOL_FAILED
                        ? CompletableFuture.completedFuture(Optional.of(String.valueOf(failed.getMessage())))
                        : CompletableFuture.failedFuture(error));
    }

    @Override
    public CompletableFuture<Void> restorer(Tools tools, Server database) {
        return tools.version(restore).thenAccept(version -> {
            int major = ToolVersion.in(version, 1).major();
            if (major >= SETS_TRANSACTION_TIMEOUT
                    && ToolVersion.in(database.version(), 1).major() < SETS_TRANSACTION_TIMEOUT) {
                throw new DatabaseStoreException(
                        Reason.TOOL_UNFIT,
                        "The tool " + restore + " says \"" + version + "\", and the server is PostgreSQL "
                                + database.version() + ", which does not know what a pg_restore of "
                                + SETS_TRANSACTION_TIMEOUT + " and later sets."
                                + SqlFailures.advice(Reason.TOOL_UNFIT),
                        null);
            }
        });
    }

    @Override
    public Optional<String> misfit(DatabaseBackup backup, Server database) {
        return ToolVersion.in(database.version(), 1).compareTo(ToolVersion.in(backup.productVersion(), 1)) < 0
                ? Optional.of("The dump is one of PostgreSQL " + backup.productVersion()
                        + ", and the server is the older " + database.version() + ".")
                : Optional.empty();
    }

    @Override
    public List<String> contents(Connection connection) throws SQLException {
        return relations(connection).stream().map(Relation::name).toList();
    }

    private static List<Relation> relations(Connection connection) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RELATIONS)) {
            while (row.next()) {
                relations.add(new Relation(row.getString(1), row.getString(2)));
            }
        }
        return relations;
    }

    /**
     * @param kind as in {@code pg_class.relkind}
     * @param name as it must be written in a statement
     */
    private record Relation(String kind, String name) {
        String type() {
            return switch (kind) {
                case "v" -> "VIEW";
                case "m" -> "MATERIALIZED VIEW";
                case "S" -> "SEQUENCE";
                case "f" -> "FOREIGN TABLE";
                default -> "TABLE";
            };
        }
    }

    @Override
    public void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
            for (String schema : schemas(connection)) {
                statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            }
            for (Relation relation : relations(connection)) {
                // What belongs to others that were dropped before is gone already.
                statement.execute("DROP " + relation.type() + " IF EXISTS " + relation.name() + " CASCADE");
            }
        }
    }

    private static List<String> schemas(Connection connection) throws SQLException {
        List<String> schemas = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SCHEMAS)) {
            while (row.next()) {
                schemas.add(row.getString(1));
            }
        }
        return schemas;
    }

    @Override
    public CompletableFuture<Void> restore(Tools tools, DatabaseBackup backup, Path data, RestoreInto into) {
        List<String> line = Stream.of(
                        Stream.of(
                                restore,
                                "--dbname=" + connection(),
                                "--exit-on-error",
                                "--no-owner",
                                "--no-privileges",
                                "--no-password",
                                restoreJobs == 1 ? "--single-transaction" : "--jobs=" + restoreJobs),
                        arguments.stream(),
                        Stream.of(data.toString()))
                .flatMap(part -> part)
                .toList();
        return tools.run("restore the dump " + backup.id(), line, Optional.empty(), process -> {})
                .thenAccept(output -> {});
    }

    /** Not the name alone, which might look like parameters. */
    private String connection() {
        return "dbname='" + server.database().replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public CompletableFuture<Void> delete(Tools tools, DatabaseBackup backup, Path data) {
        return CompletableFuture.completedFuture(null);
    }
}
