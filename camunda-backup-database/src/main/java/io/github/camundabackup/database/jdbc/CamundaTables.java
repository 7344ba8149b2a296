package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseInfo;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables that tell how far Zeebe has exported, and of which version the schema is: {@code EXPORTER_POSITION} and
 * {@code RDBMS_SCHEMA_VERSION} of Camunda's changesets, with the configured prefix.
 *
 * <p>Camunda writes their names without quotation marks, so each product folds them as it does; from 8.10 on the prefix
 * is in upper case as well. So they are looked for in any case of their letters, and then named as they were found.
 */
final class CamundaTables {
    private static final String POSITIONS = "EXPORTER_POSITION";
    private static final String SCHEMA_VERSION = "RDBMS_SCHEMA_VERSION";
    /** Its row names the dump of a restore that has not ended. */
    private static final String UNFINISHED_RESTORE = "CAMUNDA_BACKUP_UNFINISHED_RESTORE";
    /** Where that table is, where a database has schemas: apart from all that is dropped and restored. */
    static final String OWN_SCHEMA = "camunda_backup";

    private final String prefix;
    private final String description;
    private final boolean hasOwnSchema;

    /**
     * @param prefix literally as it is configured in Camunda
     * @param description of the store, for messages
     * @param hasOwnSchema whether a database has schemas that can be made and dropped
     */
    CamundaTables(String prefix, String description, boolean hasOwnSchema) {
        this.prefix = prefix;
        this.description = description;
        this.hasOwnSchema = hasOwnSchema;
    }

    String prefix() {
        return prefix;
    }

    static DatabaseInfo info(Connection connection, String prefix, String dumps) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        return new DatabaseInfo(data.getDatabaseProductName(), data.getDatabaseProductVersion(), prefix, dumps);
    }

    /** By partition; none if the table is empty. */
    SortedMap<Integer, ExporterPosition> positions(Connection connection) throws SQLException {
        refuseIfHalfRestored(connection);
        return restoredPositions(connection);
    }

    /** As {@link #positions}, in a restore that has not ended. */
    SortedMap<Integer, ExporterPosition> restoredPositions(Connection connection) throws SQLException {
        String table = find(connection, schema(connection), prefix + POSITIONS).orElseThrow(() -> missing(connection));
        SortedMap<Integer, ExporterPosition> positions = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT PARTITION_ID, LAST_EXPORTED_POSITION, EXPORTER, LAST_UPDATED FROM " + table)) {
            while (row.next()) {
                Timestamp updated = row.getTimestamp(4);
                String exporter = row.getString(3);
                long exported = row.getLong(2);
                long position = row.wasNull() ? -1 : exported;
                positions.put(
                        row.getInt(1),
                        new ExporterPosition(
                                row.getInt(1),
                                position,
                                exporter == null ? "" : exporter,
                                Optional.ofNullable(updated).map(Timestamp::toLocalDateTime)));
            }
        }
        return positions;
    }

    /** As {@link #positions}, for a dump, which is worth nothing without. */
    SortedMap<Integer, ExporterPosition> positionsToDump(Connection connection) throws SQLException {
        SortedMap<Integer, ExporterPosition> positions = positions(connection);
        if (positions.isEmpty()) {
            throw new DatabaseStoreException(
                    Reason.NO_POSITIONS,
                    "The table " + prefix + POSITIONS + " (" + description + ") is empty: no exporter of Zeebe has"
                            + " written to this database, so nothing"
                            + " can be restored from a dump of it."
                            + " Check that it is the database that"
                            + " Camunda uses, and that exporting"
                            + " works.",
                    null);
        }
        return positions;
    }

    Optional<String> schemaVersion(Connection connection) throws SQLException {
        Optional<String> table = find(connection, schema(connection), prefix + SCHEMA_VERSION);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION FROM " + table.get() + " ORDER BY ID")) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    private DatabaseStoreException missing(Connection connection) {
        Set<String> prefixes;
        try {
            prefixes = named(connection, schema(connection), "%" + POSITIONS).stream()
                    .map(Table::name)
                    .filter(name -> name.toUpperCase(Locale.ROOT).endsWith(POSITIONS))
                    .map(name -> name.substring(0, name.length() - POSITIONS.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (SQLException e) {
            return SqlFailures.explain("Looking for " + prefix + POSITIONS + " (" + description + ")", e);
        }
        return prefixes.isEmpty()
                ? new DatabaseStoreException(
                        Reason.TABLE_MISSING,
                        "There is no table " + prefix + POSITIONS + " (" + description
                                + "), nor one with another prefix."
                                + " Either it is not the database, or the schema, that Camunda uses, or Camunda has not"
                                + " made its tables yet.",
                        null)
                : new DatabaseStoreException(
                        Reason.WRONG_PREFIX,
                        "There is no table " + prefix + POSITIONS + " (" + description
                                + "), but there are tables of that"
                                + " name with another prefix: "
                                + prefixes.stream()
                                        .map(other -> other.isEmpty() ? "none" : "\"" + other + "\"")
                                        .collect(Collectors.joining(", "))
                                + ". Set the tablePrefix to Camunda's camunda.data.secondary-storage.rdbms.prefix.",
                        null);
    }

    /** Whether a restore has begun and not ended. */
    private void refuseIfHalfRestored(Connection connection) throws SQLException {
        Optional<String> marker = marker(connection);
        if (marker.isPresent()) {
            throw new DatabaseStoreException(
                    Reason.HALF_RESTORED,
                    "The database (" + description + ") holds what is left of the restore of the dump "
                            + unfinishedDump(connection, marker.get()) + ", which has not ended. Restore again, with"
                            + " DROPPED_DATABASE; until then, Camunda must not be started on it.",
                    null);
        }
    }

    private static String unfinishedDump(Connection connection, String marker) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DUMP_ID FROM " + marker)) {
            return row.next() ? row.getString(1) : "(unknown)";
        }
    }

    /** Marks the database as half restored. There is no moment at which it was marked and is not. */
    void beginRestore(Connection connection, String dump) throws SQLException {
        Optional<String> former = marker(connection);
        String marker = former.orElse(hasOwnSchema ? OWN_SCHEMA + "." + UNFINISHED_RESTORE : UNFINISHED_RESTORE);
        if (former.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                if (hasOwnSchema) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS " + OWN_SCHEMA);
                }
                statement.execute("CREATE TABLE " + marker + " (DUMP_ID VARCHAR(100))");
            }
        }
        if (write(connection, "UPDATE " + marker + " SET DUMP_ID = ?", dump) == 0) {
            write(connection, "INSERT INTO " + marker + " (DUMP_ID) VALUES (?)", dump);
        }
    }

    private static int write(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            return statement.executeUpdate();
        }
    }

    /** The restore is complete. */
    void endRestore(Connection connection) throws SQLException {
        Optional<String> marker = marker(connection);
        if (marker.isPresent()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE " + marker.get());
                if (hasOwnSchema) {
                    statement.execute("DROP SCHEMA " + OWN_SCHEMA);
                }
            }
        }
    }

    private Optional<String> marker(Connection connection) throws SQLException {
        return find(connection, hasOwnSchema ? OWN_SCHEMA : schema(connection), UNFINISHED_RESTORE);
    }

    static boolean isMarker(String table) {
        return table.equalsIgnoreCase(UNFINISHED_RESTORE);
    }

    /** The table's name as it must be written in a statement. */
    private static Optional<String> find(Connection connection, @Nullable String schema, String name)
            throws SQLException {
        List<Table> tables = named(connection, schema, name).stream()
                .filter(table -> table.name().equalsIgnoreCase(name))
                .toList();
        Optional<Table> found = tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .or(() -> tables.stream().findFirst());
        String quote = connection.getMetaData().getIdentifierQuoteString();
        return found.map(table -> table.quoted(quote));
    }

    /** Of a schema, or of the current database where there are none. */
    private static List<Table> named(Connection connection, @Nullable String schema, String pattern)
            throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        Set<Table> tables = new LinkedHashSet<>();
        for (String folded : List.of(pattern, pattern.toLowerCase(Locale.ROOT), pattern.toUpperCase(Locale.ROOT))) {
            try (ResultSet row =
                    data.getTables(connection.getCatalog(), schema, folded, new String[] {"TABLE", "BASE TABLE"})) {
                while (row.next()) {
                    String found = row.getString("TABLE_SCHEM");
                    tables.add(new Table(found == null ? "" : found, row.getString("TABLE_NAME")));
                }
            }
        }
        return new ArrayList<>(tables);
    }

    /** Null where a product has none. */
    private static @Nullable String schema(Connection connection) throws SQLException {
        return connection.getSchema();
    }

    /** A table as it was found. */
    private record Table(String schema, String name) {
        String quoted(String quote) {
            String mark = quote.strip();
            return schema.isEmpty() ? quoted(name, mark) : quoted(schema, mark) + "." + quoted(name, mark);
        }

        private static String quoted(String name, String mark) {
            return mark + (mark.isEmpty() ? name : name.replace(mark, mark + mark)) + mark;
        }
    }
}
