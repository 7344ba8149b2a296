package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DumpPositions;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * MariaDB and MySQL: {@code mariadb-dump} or {@code mysqldump} in one transaction, the positions read before and after
 * it.
 *
 * @param product which of the two
 * @param server where the tools connect to
 * @param user who connects
 * @param dump the program that dumps
 * @param restore the program that restores
 * @param lockTimeout how long to wait for a table that is locked
 * @param timeout how long a tool may run
 * @param arguments of the user, for both tools
 * @see <a href="https://mariadb.com/kb/en/mariadb-dump/">mariadb-dump</a>
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html">mysqldump</a>
 */
record MariaDb(
        Product product,
        ServerAddress server,
        String user,
        String dump,
        String restore,
        Duration lockTimeout,
        Duration timeout,
        List<String> arguments)
        implements Vendor {
    private static final String FILE = "dump.sql";
    /** The tools write it last. */
    private static final String END = "-- Dump completed";

    private static final int TAIL = 200;
    private static final String LOCKS = "lock_wait_timeout";
    private static final String FOREIGN_KEYS = "foreign_key_checks";

    /** Which of the two. */
    enum Product {
        MARIADB("MariaDB"),
        MYSQL("MySQL");

        private final String displayName;

        Product(String displayName) {
            this.displayName = displayName;
        }

        String displayName() {
            return displayName;
        }

        /** Of the URLs of its driver. */
        String scheme() {
            return displayName.toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public boolean hasOwnSchema() {
        return false;
    }

    @Override
    public Tools tools(Work work, String password) {
        Map<String, String> environment = new HashMap<>();
        if (!password.isEmpty()) {
            environment.put("MYSQL_PWD", password);
        }
        return new Tools(work, timeout, environment, inherited -> true, password);
    }

    @Override
    public CompletableFuture<Tool> dumper(Tools tools, Server database) {
        return tools.version(dump).thenApply(said -> {
            boolean ofMariaDb = said.toLowerCase(Locale.ROOT).contains("mariadb");
            boolean serverIsMariaDb = isMariaDb(database);
            if (ofMariaDb != serverIsMariaDb
                    || toolVersion(said).compareTo(ToolVersion.in(database.version(), 2)) < 0) {
                throw new DatabaseStoreException(
                        Reason.TOOL_UNFIT,
                        "The tool " + dump + " says \"" + said + "\", and the server is " + database.product() + " "
                                + database.version() + "; a dump takes the tool of the same product, in the same or a"
                                + " later version." + SqlFailures.advice(Reason.TOOL_UNFIT),
                        null);
            }
            return new Tool(dump, said);
        });
    }

    private static boolean isMariaDb(Server database) {
        return (database.product() + database.version())
                .toLowerCase(Locale.ROOT)
                .contains("mariadb");
    }

    /** Older tools of MariaDB name the server's version that they came with behind "Distrib", newer ones after "from". */
    private static ToolVersion toolVersion(String said) {
        int distribution = Math.max(said.indexOf("Distrib "), said.indexOf(" from "));
        return ToolVersion.in(distribution < 0 ? said : said.substring(distribution), 2);
    }

    @Override
    public CompletableFuture<Dumped> dump(Access access, Tools tools, DumpRun run) {
        return access.work()
                .asking("Reading the exporter positions", lockTimeout, () -> begin(access, run))
                .thenCompose(before -> tools.run(
                                "dump the database", command(run.data()), Optional.empty(), run::toolStarted)
                        .thenCompose(output -> access.work()
                                .asking(
                                        "Reading the exporter positions after the dump",
                                        () -> end(access, before, run))));
    }

    private Dumped begin(Access access, DumpRun run) throws SQLException, IOException {
        try (Connection connection = access.connections().open()) {
            refuseLocks(connection);
            Dumped before = new Dumped(
                    new DumpPositions.Exact(access.tables().positionsToDump(connection)),
                    access.tables().schemaVersion(connection),
                    Optional.empty());
            Files.createDirectory(run.data());
            return before;
        }
    }

    private static Dumped end(Access access, Dumped before, DumpRun run) throws SQLException, IOException {
        if (!isWhole(run.data())) {
            throw new DatabaseStoreException(
                    Reason.TOOL_FAILED,
                    "The tool ended with 0, but the dump does not end as whole ones do ("
                            + access.work().description() + ").",
                    null);
        }
        try (Connection connection = access.connections().open()) {
            SortedMap<Integer, ExporterPosition> after = access.tables().positionsToDump(connection);
            return new Dumped(
                    new DumpPositions.Bounds(before.positions().lowest(), after),
                    before.schemaVersion(),
                    Optional.empty());
        }
    }

    /** The tool itself would wait for a day for a table that is locked. */
    private void refuseLocks(Connection connection) throws SQLException {
        try (Session session = Session.with(connection, Map.of(LOCKS, lockWait()))) {
            for (String table : contents(connection)) {
                session.execute("SELECT 1 FROM " + quoted(table) + " LIMIT 0");
            }
        }
    }

    private List<String> command(Path data) {
        List<String> line = new ArrayList<>(List.of(
                dump,
                "--single-transaction",
                "--quick",
                "--hex-blob",
                "--no-tablespaces",
                "--default-character-set=utf8mb4"));
        if (product == Product.MYSQL) {
            // It would need privileges for a statement that only replication needs.
            line.add("--set-gtid-purged=OFF");
        }
        line.addAll(connection());
        line.addAll(arguments);
        line.add("--result-file=" + data.resolve(FILE));
        line.add(server.database());
        return line;
    }

    private List<String> connection() {
        return List.of("--host=" + server.host(), "--port=" + server.port(), "--protocol=tcp", "--user=" + user);
    }

    @Override
    public CompletableFuture<Optional<String>> damage(Tools tools, DatabaseBackup backup, Path data) {
        try {
            return CompletableFuture.completedFuture(
                    isWhole(data) ? Optional.empty() : Optional.of("The dump does not end as whole ones do."));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(FileFailures.explain("Reading the dump " + backup.id(), e));
        }
    }

    private static boolean isWhole(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL, channel.size()));
            channel.position(channel.size() - tail.capacity());
            int read = 0;
            while (tail.hasRemaining() && read >= 0) {
                read = channel.read(tail);
            }
            return new String(tail.array(), StandardCharsets.UTF_8).contains(END);
        }
    }

    /** By logging in. */
    @Override
    public CompletableFuture<Void> restorer(Tools tools, Server database) {
        List<String> line = client();
        line.add("--execute=SELECT 1");
        return tools.briefly("log in with " + restore, line).thenAccept(output -> {});
    }

    @Override
    public Optional<String> misfit(DatabaseBackup backup, Server database) {
        return ToolVersion.in(database.version(), 2).compareTo(ToolVersion.in(backup.productVersion(), 2)) < 0
                ? Optional.of("The dump is one of " + backup.product() + " " + backup.productVersion()
                        + ", and the server is the older " + database.version() + ".")
                : Optional.empty();
    }

    @Override
    public List<String> contents(Connection connection) throws SQLException {
        return DatabaseContents.of(connection).stream()
                .map(DatabaseContents.Relation::name)
                .toList();
    }

    @Override
    public void drop(Connection connection) throws SQLException {
        try (Session session = Session.with(connection, Map.of(LOCKS, lockWait(), FOREIGN_KEYS, 0L))) {
            for (DatabaseContents.Relation relation : DatabaseContents.of(connection)) {
                session.execute(
                        "DROP " + (relation.type().contains("VIEW") ? "VIEW " : "TABLE ") + quoted(relation.name()));
            }
        }
    }

    private long lockWait() {
        return Math.max(1, lockTimeout.toSeconds());
    }

    /**
     * Statements with other values of variables, which a pool would keep for others.
     *
     * @param statement executes them
     * @param variables that are set
     */
    private record Session(Statement statement, Set<String> variables) implements AutoCloseable {
        static Session with(Connection connection, Map<String, Long> values) throws SQLException {
            Session session = new Session(connection.createStatement(), values.keySet());
            for (Map.Entry<String, Long> each : values.entrySet()) {
                session.execute("SET SESSION " + each.getKey() + " = " + each.getValue());
            }
            return session;
        }

        void execute(String sql) throws SQLException {
            statement.execute(sql);
        }

        @Override
        public void close() throws SQLException {
            try (statement) {
                for (String each : variables) {
                    statement.execute("SET SESSION " + each + " = DEFAULT");
                }
            }
        }
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public CompletableFuture<Void> restore(Tools tools, DatabaseBackup backup, Path data, RestoreInto into) {
        return tools.run("restore the dump " + backup.id(), client(), Optional.of(data.resolve(FILE)), process -> {})
                .thenAccept(output -> {});
    }

    private List<String> client() {
        List<String> line = new ArrayList<>(List.of(restore, "--default-character-set=utf8mb4", "--batch"));
        line.addAll(connection());
        line.addAll(arguments);
        line.add("--database=" + server.database());
        return line;
    }

    @Override
    public CompletableFuture<Void> delete(Tools tools, DatabaseBackup backup, Path data) {
        return CompletableFuture.completedFuture(null);
    }
}
