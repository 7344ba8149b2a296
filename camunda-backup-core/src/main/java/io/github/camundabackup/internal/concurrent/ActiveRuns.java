package io.github.camundabackup.internal.concurrent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What is under way in one client, so that closing it ends all of that first. Thread-safe. */
public final class ActiveRuns {
    private final Map<Object, Run> running = new ConcurrentHashMap<>();
    private boolean closed;

    private record Run(Consumer<String> stop, CompletableFuture<?> end) {}

    /**
     * Counts a run that is about to begin, until its end.
     *
     * @param stop asks it to end, with a reason, and returns at once
     * @param end completes when it has ended, however it did
     * @throws IllegalStateException if none may be begun any more
     */
    public void add(Consumer<String> stop, CompletableFuture<?> end) {
        Object key = new Object();
        synchronized (running) {
            if (closed) {
                throw new IllegalStateException("This client is closed.");
            }
            running.put(key, new Run(stop, end));
        }
        end.whenComplete((done, error) -> running.remove(key));
    }

    /** Lets none begin any more, stops those that are under way, and waits for their ends. Closing twice does nothing. */
    public void close() {
        List<Run> open;
        synchronized (running) {
            closed = true;
            open = List.copyOf(running.values());
        }
        open.forEach(run -> run.stop().accept("The client was closed."));
        open.forEach(run -> run.end().handle((done, error) -> true).join());
    }
}
