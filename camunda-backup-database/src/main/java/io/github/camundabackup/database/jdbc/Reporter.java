package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseProgress;
import io.github.camundabackup.database.DatabaseProgress.Phase;
import io.github.camundabackup.internal.foreign.EventQueue;
import io.github.camundabackup.runtime.ClientResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Tells how far something is, apart from what it tells of. */
final class Reporter {
    private final EventQueue<Consumer<DatabaseProgress>> events;

    Reporter(String name, Consumer<DatabaseProgress> progress, ClientResources resources) {
        events = new EventQueue<>(() -> name, List.of(progress), resources);
    }

    void begins(Phase phase) {
        events.add(consumer -> consumer.accept(new DatabaseProgress(phase, 0)));
    }

    void progress(Phase phase, long bytes) {
        events.progress(phase, consumer -> consumer.accept(new DatabaseProgress(phase, bytes)));
    }

    /** Completes when all was reported. */
    CompletableFuture<Void> end() {
        return events.last(consumer -> {});
    }
}
