package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.test.process.FreePorts;
import io.github.camundabackup.test.process.ServerProcess;
import io.github.camundabackup.test.process.TemporaryDirectory;
import io.github.camundabackup.test.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database server of this machine that a test has started, in a temporary directory and on a free port. */
abstract class RealDatabase implements AutoCloseable {
    static final String PASSWORD = "s3cret-pa55word";
    static final String USER = "camunda";

    private final TemporaryDirectory directory;
    private final int port = FreePorts.find(1).get(0);
    private final String product;
    private final String ownDatabase;
    private @Nullable ServerProcess process;

    /**
     * @param product in the names of files and in messages
     * @param ownDatabase one that is always there
     */
    RealDatabase(String product, String ownDatabase) {
        this.product = product;
        this.ownDatabase = ownDatabase;
        directory = new TemporaryDirectory(product, this::end);
    }

    /**
     * Sets it up as a user that is not root, and starts it.
     *
     * @param secret the text of a file that only that user may read, for both commands
     * @param install makes its data
     * @param serve runs it
     */
    final void begin(String secret, Commands install, Commands serve) {
        Path file = directory.path().resolve("secret");
        Path data = directory.create("data");
        try {
            Files.writeString(file, secret);
            Unprivileged unprivileged = new Unprivileged(file);
            unprivileged.own(directory.path());
            run(
                    directory.path(),
                    Stream.concat(unprivileged.prefix().stream(), install.of(data, file).stream())
                            .toList());
            process = new ServerProcess(
                    product,
                    Stream.concat(unprivileged.prefix().stream(), serve.of(data, file).stream())
                            .toList(),
                    Map.of(),
                    directory.path(),
                    directory.path().resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** A command of the server's. */
    interface Commands {
        List<String> of(Path data, Path secret);
    }

    private void end() {
        if (process != null) {
            process.close();
        }
    }

    private ServerProcess process() {
        return Objects.requireNonNull(process, "process");
    }

    abstract String url(String database);

    /** An empty database, made anew. */
    abstract String database(String name);

    /** A store of the product, of which nothing is known yet. */
    abstract ToolBuilder<?> builder();

    abstract String dumpTool();

    abstract String restoreTool();

    final Path directory() {
        return directory.path();
    }

    final int port() {
        return port;
    }

    final String user() {
        return USER;
    }

    /** A store on a database, complete but for what a test changes. */
    final ToolBuilder<?> builder(String database, Path dumps) {
        return builder()
                .url(url(database))
                .user(user())
                .password(() -> PASSWORD)
                .tools(dumpTool(), restoreTool())
                .dumps(dumps);
    }

    /** Connections to a database, whatever the tools are told. */
    final DataSource dataSource(String database) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connect(database));
    }

    /** Starts it, for the first time or again. A driver that is missing is no server that is slow. */
    final void start() {
        try {
            DriverManager.getDriver(url(ownDatabase));
        } catch (SQLException e) {
            throw new IllegalStateException("There is no JDBC driver for " + url(ownDatabase) + ".", e);
        }
        process().start();
        process().awaitReady(() -> answers(ownDatabase), "");
    }

    /** As a loss of power would. */
    final void kill() {
        process().kill();
    }

    @Override
    public void close() {
        directory.close();
    }

    final Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), user(), PASSWORD);
    }

    final boolean answers(String database) {
        try (Connection connection = connect(database)) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    final void sql(String database, List<String> statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two columns of numbers, the first one as key. */
    final Map<Integer, Long> numbers(String database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            Map<Integer, Long> numbers = new TreeMap<>();
            while (row.next()) {
                numbers.put(row.getInt(1), row.getLong(2));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a program prints. */
    static String run(Path directory, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.get(0) + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
