package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.test.process.FreePorts;
import io.github.camundabackup.test.process.ServerProcess;
import io.github.camundabackup.test.process.TemporaryDirectory;
import io.github.camundabackup.test.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A MariaDB of this machine, in a temporary directory and on a free port. */
final class MariaDbServer implements RealDatabase {
    private static final String USER = "camunda";

    private final TemporaryDirectory directory = new TemporaryDirectory("mariadb", this::end);
    private final int port = FreePorts.find(1).get(0);
    private @Nullable ServerProcess process;

    MariaDbServer() {
        Path data = directory.create("data");
        Path first = directory.path().resolve("first.sql");
        try {
            Files.writeString(
                    first,
                    "CREATE USER IF NOT EXISTS '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "';\n"
                            + "GRANT ALL ON *.* TO '" + USER + "'@'127.0.0.1';\n");
            Unprivileged unprivileged = new Unprivileged(first);
            unprivileged.own(directory.path());
            RealDatabase.run(
                    directory.path(),
                    Stream.concat(
                                    unprivileged.prefix().stream(),
                                    Stream.of(
                                            "/usr/bin/mariadb-install-db",
                                            "--no-defaults",
                                            "--datadir=" + data,
                                            "--auth-root-authentication-method=normal",
                                            "--skip-test-db"))
                            .toList());
            process = new ServerProcess(
                    "MariaDB",
                    Stream.concat(
                                    unprivileged.prefix().stream(),
                                    Stream.of(
                                            "/usr/sbin/mariadbd",
                                            "--no-defaults",
                                            "--datadir=" + data,
                                            "--port=" + port,
                                            "--bind-address=127.0.0.1",
                                            "--socket=" + directory.path().resolve("socket"),
                                            "--skip-name-resolve",
                                            "--innodb-flush-log-at-trx-commit=2",
                                            "--init-file=" + first))
                            .toList(),
                    Map.of(),
                    directory.path(),
                    directory.path().resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private void end() {
        if (process != null) {
            process.close();
        }
    }

    private ServerProcess process() {
        return Objects.requireNonNull(process, "process");
    }

    @Override
    public void start() {
        process().start();
        process().awaitReady(() -> answers("mysql"), "");
    }

    @Override
    public void kill() {
        process().kill();
    }

    @Override
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String database(String name) {
        sql("mysql", List.of("DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name));
        return name;
    }

    @Override
    public MariaDbBuilder builder() {
        return JdbcDatabaseStore.mariadb();
    }

    @Override
    public String dumpTool() {
        return "/usr/bin/mariadb-dump";
    }

    @Override
    public String restoreTool() {
        return "/usr/bin/mariadb";
    }

    @Override
    public void close() {
        directory.close();
    }
}
