package io.github.camundabackup.database.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL, as Debian's packages install it. */
final class PostgresServer extends RealDatabase {
    private final Path programs = programs();

    PostgresServer() {
        super("postgresql", "postgres");
        begin(
                PASSWORD,
                (data, password) -> List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync"),
                (data, password) -> List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port()),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"));
    }

    /** Those of the newest version that is installed. */
    private static Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparingDouble(
                            version -> Double.parseDouble(version.getFileName().toString())))
                    .orElseThrow()
                    .resolve("bin");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "These tests need a PostgreSQL below /usr/lib/postgresql, as Debian's package installs it.", e);
        }
    }

    @Override
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    @Override
    String database(String name) {
        sql("postgres", List.of("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name));
        return name;
    }

    @Override
    PostgreSqlBuilder builder() {
        return JdbcDatabaseStore.postgresql();
    }

    @Override
    String dumpTool() {
        return programs.resolve("pg_dump").toString();
    }

    @Override
    String restoreTool() {
        return programs.resolve("pg_restore").toString();
    }
}
