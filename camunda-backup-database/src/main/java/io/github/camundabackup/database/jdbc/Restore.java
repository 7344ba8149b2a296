package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseProgress.Phase;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.DumpVerification;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * Restores one dump. All that can refuse it comes before anything is touched; from then on, until its end, a mark in the
 * database says that it is half restored.
 */
final class Restore {
    private static final int NAMED = 5;

    private final Task task;
    private final Work work;
    private final FinishedDump dump;
    private final DumpId id;
    private final RestoreInto into;

    Restore(Task task, DumpDirectory directory, DumpId id, RestoreInto into) {
        this.task = task;
        work = task.work();
        dump = new FinishedDump(task, directory, id);
        this.id = id;
        this.into = into;
    }

    CompletableFuture<SortedMap<Integer, ExporterPosition>> run() {
        return dump.verify()
                .thenApply(Restore::good)
                .thenCompose(backup -> task.server().thenCompose(server -> {
                    refuse(backup, server);
                    return task.tools()
                            .get()
                            .thenCompose(tools -> task.vendor()
                                    .restorer(tools, server)
                                    .thenCompose(fits -> dump.data())
                                    .thenCompose(data -> restore(tools, backup, data)));
                }));
    }

    private static DatabaseBackup good(DumpVerification verification) {
        if (!verification.isGood()) {
            throw new DatabaseStoreException(
                    Reason.DUMP_DAMAGED,
                    "The dump " + verification.backup().id() + " is not as it was written, so nothing was restored: "
                            + String.join(" ", verification.problems()),
                    null);
        }
        return verification.backup();
    }

    private void refuse(DatabaseBackup backup, Vendor.Server server) {
        Optional<String> misfit = misfit(backup, server);
        if (misfit.isPresent()) {
            throw new DatabaseStoreException(
                    Reason.OTHER,
                    "The dump " + id + " was not restored (" + work.description() + "). " + misfit.get(),
                    null);
        }
    }

    private Optional<String> misfit(DatabaseBackup backup, Vendor.Server server) {
        if (!backup.product().equals(server.product())) {
            return Optional.of(
                    "The dump is one of " + backup.product() + ", and the server is " + server.product() + ".");
        }
        // From 8.10 on Camunda has it in upper case.
        return backup.tablePrefix().equalsIgnoreCase(task.tables().prefix())
                ? task.vendor().misfit(backup, server)
                : Optional.of("Its tables have the prefix \"" + backup.tablePrefix() + "\", and the tablePrefix is \""
                        + task.tables().prefix() + "\".");
    }

    private CompletableFuture<SortedMap<Integer, ExporterPosition>> restore(
            Tools tools, DatabaseBackup backup, Path data) {
        return inDatabase("Preparing the database", this::prepare)
                .thenCompose(ready -> {
                    task.reporter().begins(Phase.RESTORING);
                    return task.vendor().restore(tools, backup, data, into);
                })
                .thenCompose(restored -> inDatabase("Reading the restored positions", connection -> {
                    SortedMap<Integer, ExporterPosition> positions =
                            task.tables().restoredPositions(connection);
                    if (!backup.positions().agreeWith(positions)) {
                        throw new DatabaseStoreException(
                                Reason.OTHER,
                                "The dump " + id + " was restored (" + work.description()
                                        + "), but the exporter positions in the database are not those of its manifest:"
                                        + " something else has written to it meanwhile, or the dump is not what its"
                                        + " manifest says. Stop all of Camunda, and restore again.",
                                null);
                    }
                    task.tables().endRestore(connection);
                    return positions;
                }));
    }

    private boolean prepare(Connection connection) throws SQLException {
        List<String> contents = task.vendor().contents(connection);
        if (into == RestoreInto.EMPTY_DATABASE && !contents.isEmpty()) {
            throw new DatabaseStoreException(
                    Reason.NOT_EMPTY,
                    "The dump " + id + " was not restored (" + work.description() + "): the database holds "
                            + String.join(", ", contents.subList(0, Math.min(NAMED, contents.size())))
                            + (contents.size() > NAMED ? " and " + (contents.size() - NAMED) + " more" : "")
                            + ". Name an empty database, or say DROPPED_DATABASE if all that is in it may be dropped.",
                    null);
        }
        task.tables().beginRestore(connection, id.value());
        if (!contents.isEmpty()) {
            task.vendor().drop(connection);
        }
        return true;
    }

    /** Something in a transaction, as far as a product has them for what makes and drops tables. */
    @FunctionalInterface
    private interface Step<T> {
        T take(Connection connection) throws SQLException;
    }

    private <T> CompletableFuture<T> inDatabase(String what, Step<T> step) {
        return work.blocking(what, () -> {
            try (Connection connection = task.connections().open()) {
                connection.setAutoCommit(false);
                try {
                    T taken = step.take(connection);
                    connection.commit();
                    return taken;
                } catch (SQLException | RuntimeException e) {
                    // Closing commits, in some products.
                    rollback(connection, e);
                    throw e;
                }
            }
        });
    }

    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
