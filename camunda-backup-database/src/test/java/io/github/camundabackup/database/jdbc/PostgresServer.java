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

/** A PostgreSQL of this machine, in a temporary directory and on a free port. */
final class PostgresServer implements RealDatabase {
    private static final String USER = "camunda";

    private final TemporaryDirectory directory = new TemporaryDirectory("postgresql", this::end);
    private final int port = FreePorts.find(1).get(0);
    private @Nullable ServerProcess process;

    PostgresServer() {
        Path programs = programs();
        Path data = directory.create("data");
        Path own = directory.path().resolve("password");
        try {
            Files.writeString(own, PASSWORD);
            Unprivileged unprivileged = new Unprivileged(own);
            unprivileged.own(directory.path());
            RealDatabase.run(
                    directory.path(),
                    Stream.concat(
                                    unprivileged.prefix().stream(),
                                    Stream.of(
                                            programs.resolve("initdb").toString(),
                                            "--pgdata=" + data,
                                            "--username=" + USER,
                                            "--auth=scram-sha-256",
                                            "--pwfile=" + own,
                                            "--encoding=UTF8",
                                            "--no-locale",
                                            "--no-sync"))
                            .toList());
            process = new ServerProcess(
                    "PostgreSQL",
                    Stream.concat(
                                    unprivileged.prefix().stream(),
                                    Stream.of(
                                            programs.resolve("postgres").toString(),
                                            "-D",
                                            data.toString(),
                                            "-p",
                                            Integer.toString(port),
                                            "-c",
                                            "listen_addresses=127.0.0.1",
                                            "-c",
                                            "unix_socket_directories=",
                                            "-c",
                                            "fsync=off"))
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
        process().awaitReady(() -> answers("postgres"), "");
    }

    @Override
    public void kill() {
        process().kill();
    }

    /** The newest that is installed. */
    private static Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max((one, other) -> one.compareTo(other))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "These tests need a PostgreSQL below /usr/lib/postgresql, as Debian's package installs it.", e);
        }
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String database(String name) {
        sql("postgres", List.of("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name));
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public PostgreSqlBuilder builder() {
        return JdbcDatabaseStore.postgresql();
    }

    @Override
    public String dumpTool() {
        return programs().resolve("pg_dump").toString();
    }

    @Override
    public String restoreTool() {
        return programs().resolve("pg_restore").toString();
    }

    @Override
    public void close() {
        directory.close();
    }
}
