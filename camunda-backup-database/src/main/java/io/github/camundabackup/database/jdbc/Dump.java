package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseProgress.Phase;
import io.github.camundabackup.database.DumpFile;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.internal.concurrent.Futures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one dump. */
final class Dump {
    private static final Logger LOG = LoggerFactory.getLogger(Dump.class);
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final Task task;
    private final Work work;
    private final DumpDirectory directory;
    private final DumpId id;
    private final String tablePrefix;

    Dump(Task task, DumpDirectory directory, DumpId id, String tablePrefix) {
        this.task = task;
        work = task.work();
        this.directory = directory;
        this.id = id;
        this.tablePrefix = tablePrefix;
    }

    CompletableFuture<DatabaseBackup> run() {
        Instant startedAt = work.now();
        task.reporter().begins(Phase.PREPARING);
        return work.blocking("Removing what is left of earlier dumps", () -> {
                    directory.sweep(work.now());
                    return true;
                })
                .thenCompose(swept -> task.tools().get())
                .thenCompose(tools -> task.server()
                        .thenCompose(server -> task.vendor()
                                .dumper(tools, server)
                                .thenCompose(tool -> work.blocking(
                                                "Beginning the dump " + id, () -> directory.begin(id))
                                        .thenCompose(begun ->
                                                orNothing(begun, dump(begun, tools, server, tool, startedAt))))));
    }

    private CompletableFuture<DatabaseBackup> dump(
            DumpRun run, Tools tools, Vendor.Server server, Vendor.Tool tool, Instant startedAt) {
        task.reporter().begins(Phase.DUMPING);
        CompletableFuture<Vendor.Dumped> dumping = task.vendor().dump(task.access(), tools, run);
        CompletableFuture<DatabaseBackup> all = dumping.thenCompose(dumped -> {
            task.reporter().begins(Phase.CHECKING);
            return work.blocking("Reading the dump " + id, () -> run.files(task.counter(Phase.CHECKING)))
                    .thenCompose(files -> {
                        task.reporter().begins(Phase.CLOSING);
                        return task.reporter()
                                .end()
                                .thenCompose(told -> complete(run, described(server, tool, dumped, files, startedAt)));
                    });
        });
        work.every(BEAT, all, () -> beat(run, dumping));
        return all;
    }

    private DatabaseBackup described(
            Vendor.Server server, Vendor.Tool tool, Vendor.Dumped dumped, List<DumpFile> files, Instant startedAt) {
        return DatabaseBackup.builder(id)
                .product(server.product(), server.version())
                .tablePrefix(tablePrefix)
                .schemaVersion(dumped.schemaVersion())
                .tool(tool.name(), tool.version())
                .positions(dumped.positions())
                .label(dumped.label())
                .files(files)
                .time(startedAt, work.now())
                .build();
    }

    private CompletableFuture<DatabaseBackup> complete(DumpRun run, DatabaseBackup backup) {
        return work.blocking("Writing the manifest of the dump " + id, () -> {
            run.complete(backup);
            return backup;
        });
    }

    private void beat(DumpRun run, CompletableFuture<?> dumping) {
        try {
            long bytes = run.beat(work.now());
            if (!dumping.isDone()) {
                task.reporter().progress(Phase.DUMPING, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has failed leaves nothing, as far as that is possible; what stays has no manifest. */
    private CompletableFuture<DatabaseBackup> orNothing(DumpRun run, CompletableFuture<DatabaseBackup> dump) {
        return Futures.recover(
                dump,
                failure -> work.anyway("Removing the failed dump " + id, () -> {
                            run.abandon();
                            return true;
                        })
                        .handle((removed, error) -> {
                            if (error != null) {
                                LOG.warn(
                                        "Could not remove what is left of the failed dump {}",
                                        id,
                                        Futures.unwrap(error));
                                failure.addSuppressed(Futures.unwrap(error));
                            }
                            return failure;
                        })
                        .thenCompose(CompletableFuture::failedFuture));
    }
}
