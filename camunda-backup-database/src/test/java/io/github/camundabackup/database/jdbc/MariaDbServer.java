package io.github.camundabackup.database.jdbc;

import java.util.List;

/** A MariaDB, as Debian's packages install it. */
final class MariaDbServer extends RealDatabase {
    MariaDbServer() {
        super("mariadb", "mysql");
        begin(
                "CREATE USER IF NOT EXISTS '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "';\n"
                        + "GRANT ALL ON *.* TO '" + USER + "'@'127.0.0.1';\n",
                (data, first) -> List.of(
                        "/usr/bin/mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + data,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"),
                (data, first) -> List.of(
                        "/usr/sbin/mariadbd",
                        "--no-defaults",
                        "--datadir=" + data,
                        "--port=" + port(),
                        "--bind-address=127.0.0.1",
                        "--socket=" + directory().resolve("socket"),
                        "--skip-name-resolve",
                        "--innodb-flush-log-at-trx-commit=2",
                        "--init-file=" + first));
    }

    @Override
    String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database;
    }

    @Override
    String database(String name) {
        sql("mysql", List.of("DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name));
        return name;
    }

    @Override
    MariaDbBuilder builder() {
        return JdbcDatabaseStore.mariadb();
    }

    @Override
    String dumpTool() {
        return "/usr/bin/mariadb-dump";
    }

    @Override
    String restoreTool() {
        return "/usr/bin/mariadb";
    }
}
