package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseProgress.Phase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What an operation needs.
 *
 * @param work does what blocks
 * @param connections open them
 * @param tables read in them
 * @param vendor knows the product
 * @param tools makes them, with the password of the moment
 * @param reporter tells how far it is
 */
record Task(
        Work work,
        Connections connections,
        CamundaTables tables,
        Vendor vendor,
        Supplier<CompletableFuture<Tools>> tools,
        Reporter reporter) {
    Vendor.Access access() {
        return new Vendor.Access(work, connections, tables);
    }

    /** Counts what is read in a phase, and ends the reading when it is not wanted any more. */
    LongConsumer counter(Phase phase) {
        AtomicLong bytes = new AtomicLong();
        return read -> {
            work.goOn();
            reporter.progress(phase, bytes.addAndGet(read));
        };
    }

    CompletableFuture<Vendor.Server> server() {
        return work.asking("Asking the database what it is", () -> {
            try (Connection connection = connections.open()) {
                DatabaseMetaData data = connection.getMetaData();
                return new Vendor.Server(data.getDatabaseProductName(), data.getDatabaseProductVersion());
            }
        });
    }
}
