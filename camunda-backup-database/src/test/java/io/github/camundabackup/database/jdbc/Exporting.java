package io.github.camundabackup.database.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes to a database as Zeebe's exporter does: in one transaction a row and the position up to which all was exported,
 * for three partitions, for as long as it is not closed.
 */
final class Exporting implements AutoCloseable {
    static final int PARTITIONS = 3;
    private static final int WRITTEN_BEFORE = 20;
    /** What is older is deleted, so that a dump is as large as another one. */
    private static final int SLOTS = 1000;

    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(WRITTEN_BEFORE);
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Exporting(RealDatabase server, String database, String prefix) {
        Thread thread = new Thread(() -> write(server, database, prefix), "exporting");
        thread.setDaemon(true);
        thread.start();
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What Camunda's changesets make, as far as it matters here. */
    static void createTables(RealDatabase server, String database, String prefix) {
        server.sql(
                database,
                List.of(
                        "CREATE TABLE " + prefix + "EXPORTER_POSITION (PARTITION_ID NUMERIC(10) PRIMARY KEY,"
                                + " EXPORTER VARCHAR(200), LAST_EXPORTED_POSITION BIGINT, CREATED TIMESTAMP(3) NULL,"
                                + " LAST_UPDATED TIMESTAMP(3) NULL)",
                        "CREATE TABLE " + prefix + "RDBMS_SCHEMA_VERSION (ID INT PRIMARY KEY, VERSION VARCHAR(50))",
                        "INSERT INTO " + prefix + "RDBMS_SCHEMA_VERSION VALUES (1, '8.10.0')",
                        "CREATE TABLE " + prefix + "FLOW_NODE_INSTANCE (PARTITION_ID INT, SLOT INT, EXPORTED BIGINT,"
                                + " NAME VARCHAR(300), PRIMARY KEY (PARTITION_ID, SLOT))"));
        for (int partition = 1; partition <= PARTITIONS; partition++) {
            server.sql(
                    database,
                    List.of("INSERT INTO " + prefix + "EXPORTER_POSITION VALUES (" + partition
                            + ", 'rdbms', -1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"));
        }
    }

    private void write(RealDatabase server, String database, String prefix) {
        try (Connection connection = server.connect(database);
                Statement transaction = connection.createStatement();
                PreparedStatement gone = connection.prepareStatement(
                        "DELETE FROM " + prefix + "FLOW_NODE_INSTANCE WHERE PARTITION_ID = ? AND SLOT = ?");
                PreparedStatement row = connection.prepareStatement(
                        "INSERT INTO " + prefix + "FLOW_NODE_INSTANCE VALUES (?, ?, ?, 'a task with a name')");
                PreparedStatement position = connection.prepareStatement("UPDATE " + prefix
                        + "EXPORTER_POSITION SET LAST_EXPORTED_POSITION = ?, LAST_UPDATED = CURRENT_TIMESTAMP"
                        + " WHERE PARTITION_ID = ?")) {
            connection.setAutoCommit(false);
            long next = 1 + highest(transaction, prefix);
            connection.commit();
            while (!closed.get()) {
                for (int partition = 1; partition <= PARTITIONS; partition++) {
                    int slot = (int) (next / PARTITIONS % SLOTS);
                    gone.setInt(1, partition);
                    gone.setInt(2, slot);
                    gone.executeUpdate();
                    row.setInt(1, partition);
                    row.setInt(2, slot);
                    row.setLong(3, next);
                    row.executeUpdate();
                    position.setLong(1, next);
                    position.setInt(2, partition);
                    position.executeUpdate();
                    connection.commit();
                    next++;
                }
                begun.countDown();
            }
            end.complete(null);
        } catch (SQLException e) {
            end.completeExceptionally(e);
            while (begun.getCount() > 0) {
                begun.countDown();
            }
        }
    }

    private static long highest(Statement statement, String prefix) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT MAX(EXPORTED) FROM " + prefix + "FLOW_NODE_INSTANCE")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Throws what has gone wrong. */
    @Override
    public void close() {
        closed.set(true);
        end.join();
    }
}
