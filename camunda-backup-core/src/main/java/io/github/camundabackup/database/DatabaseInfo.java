package io.github.camundabackup.database;

import java.util.Objects;

/**
 * What a database says of itself, and where its dumps go. Without secrets.
 *
 * @param product as the database names itself, such as {@code PostgreSQL}
 * @param version as the database names it
 * @param tablePrefix of Camunda's tables, as it was configured; may be empty
 * @param dumps where the dumps go
 */
public record DatabaseInfo(String product, String version, String tablePrefix, String dumps) {
    public DatabaseInfo {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(tablePrefix, "tablePrefix");
        Objects.requireNonNull(dumps, "dumps");
    }
}
