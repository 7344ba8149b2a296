package io.github.camundabackup.database.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** A database server that a test has started. */
interface RealDatabase extends AutoCloseable {
    String PASSWORD = "s3cret-pa55word";

    String url(String database);

    String user();

    /** An empty database, made anew. */
    String database(String name);

    int port();

    /** A store of the product, of which nothing is known yet. */
    ToolBuilder<?> builder();

    String dumpTool();

    String restoreTool();

    /** A store on a database, complete but for what a test changes. */
    default ToolBuilder<?> builder(String database, Path dumps) {
        return builder()
                .url(url(database))
                .user(user())
                .password(() -> PASSWORD)
                .tools(dumpTool(), restoreTool())
                .dumps(dumps);
    }

    /** Connections to a database, whatever the tools are told. */
    default DataSource dataSource(String database) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connect(database));
    }

    /** Starts it again. */
    void start();

    /** As a loss of power would. */
    void kill();

    @Override
    void close();

    default Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), user(), PASSWORD);
    }

    default boolean answers(String database) {
        try (Connection connection = connect(database)) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    default void sql(String database, List<String> statements) {
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
    default Map<Integer, Long> numbers(String database, String query) {
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
