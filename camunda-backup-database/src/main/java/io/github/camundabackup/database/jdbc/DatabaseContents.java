package io.github.camundabackup.database.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is in the current schema, or database, as every driver says it. */
final class DatabaseContents {
    private DatabaseContents() {}

    /**
     * A table or a view.
     *
     * @param name as it is
     * @param type as the driver names it
     */
    record Relation(String name, String type) {}

    /** By name, without the mark of a restore. */
    static List<Relation> of(Connection connection) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (ResultSet row = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {
                    "TABLE", "BASE TABLE", "VIEW"
                })) {
            while (row.next()) {
                String name = row.getString("TABLE_NAME");
                if (!CamundaTables.isMarker(name)) {
                    relations.add(new Relation(name, row.getString("TABLE_TYPE")));
                }
            }
        }
        return relations;
    }
}
