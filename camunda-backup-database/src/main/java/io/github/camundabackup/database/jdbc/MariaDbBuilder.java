package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.runtime.ClientResources;

/** What is known of a database of MariaDB or MySQL. Not thread-safe. */
public final class MariaDbBuilder extends ToolBuilder<MariaDbBuilder> {
    private static final int PORT = 3306;

    private final MariaDb.Product product;

    private MariaDbBuilder(MariaDb.Product product, String dump, String restore) {
        super(dump, restore);
        this.product = product;
    }

    static MariaDbBuilder mariaDb() {
        return new MariaDbBuilder(MariaDb.Product.MARIADB, "mariadb-dump", "mariadb");
    }

    static MariaDbBuilder mySql() {
        return new MariaDbBuilder(MariaDb.Product.MYSQL, "mysqldump", "mysql");
    }

    @Override
    MariaDbBuilder self() {
        return this;
    }

    @Override
    public JdbcDatabaseStore build(ClientResources resources) {
        ServerAddress server = server(product.scheme(), PORT);
        return build(
                resources,
                product.displayName() + " database " + server,
                new MariaDb(product, server, user, dumpTool, restoreTool, lockTimeout, timeout, arguments));
    }
}
