package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseDump;
import io.github.camundabackup.database.DatabaseDump.State;
import io.github.camundabackup.database.DatabaseProgress.Phase;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.DumpVerification;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is done with a dump that is there. */
final class FinishedDump {
    private final Task task;
    private final Work work;
    private final DumpDirectory directory;
    private final DumpId id;

    FinishedDump(Task task, DumpDirectory directory, DumpId id) {
        this.task = task;
        work = task.work();
        this.directory = directory;
        this.id = id;
    }

    CompletableFuture<DumpVerification> verify() {
        return work.blocking("Reading the manifest of the dump " + id, this::backup)
                .thenCompose(backup -> work.blocking("Reading the dump " + id, () -> {
                            task.reporter().begins(Phase.CHECKING);
                            return directory.problems(backup, task.counter(Phase.CHECKING));
                        })
                        .thenCompose(problems -> problems.isEmpty()
                                ? damage(backup)
                                        .thenApply(
                                                damage -> damage.map(List::of).orElseGet(List::of))
                                : CompletableFuture.completedFuture(problems))
                        .thenApply(problems -> new DumpVerification(backup, problems)));
    }

    private CompletableFuture<Optional<String>> damage(DatabaseBackup backup) {
        return task.tools()
                .get()
                .thenCompose(tools -> data().thenCompose(data -> task.vendor().damage(tools, backup, data)));
    }

    CompletableFuture<Path> data() {
        return work.blocking("Reading the manifest of the dump " + id, () -> directory.data(id));
    }

    private DatabaseBackup backup() throws IOException {
        DatabaseDump dump = directory
                .get(id, work.now())
                .orElseThrow(() -> new DatabaseStoreException(
                        Reason.DUMP_MISSING, "There is no dump " + id + " (" + work.description() + ").", null));
        return dump.backup().orElseThrow(() -> switch (dump.state()) {
            case RUNNING -> running();
            case UNFINISHED, COMPLETE ->
                new DatabaseStoreException(
                        Reason.DUMP_MISSING,
                        "The dump " + id + " (" + work.description() + ") is not finished: " + dump.detail(),
                        null);
            case UNREADABLE -> unreadable(dump);
        });
    }

    private DatabaseStoreException unreadable(DatabaseDump dump) {
        return new DatabaseStoreException(
                Reason.DUMP_DAMAGED,
                "The dump " + id + " (" + work.description() + ") cannot be read: " + dump.detail(),
                null);
    }

    private DatabaseStoreException running() {
        return new DatabaseStoreException(
                Reason.DUMP_RUNNING,
                "The dump " + id + " (" + work.description() + ") is being made. Cancel it, or wait for its end.",
                null);
    }

    CompletableFuture<Void> delete() {
        return work.blocking("Looking at the dump " + id, () -> directory.get(id, work.now()))
                .thenCompose(dump -> dump.map(this::delete).orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private CompletableFuture<Void> delete(DatabaseDump dump) {
        if (dump.state() == State.RUNNING) {
            return CompletableFuture.failedFuture(running());
        }
        if (dump.state() == State.UNREADABLE) {
            return CompletableFuture.failedFuture(unreadable(dump));
        }
        CompletableFuture<Void> elsewhere = dump.backup().isPresent()
                ? task.tools()
                        .get()
                        .thenCompose(tools -> data().thenCompose(data ->
                                task.vendor().delete(tools, dump.backup().get(), data)))
                : CompletableFuture.completedFuture(null);
        return elsewhere
                .thenCompose(done -> work.blocking("Deleting the dump " + id, () -> {
                    if (!directory.discard(dump)) {
                        throw running();
                    }
                    return true;
                }))
                .thenAccept(done -> {});
    }
}
