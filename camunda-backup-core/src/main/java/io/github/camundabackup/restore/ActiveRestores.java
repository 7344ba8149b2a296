package io.github.camundabackup.restore;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The restores that are under way. Thread-safe. */
final class ActiveRestores {
    private final Set<RestoreRun> running = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /**
     * @throws IllegalStateException if no run may be begun any more
     */
    void start(RestoreRun run) {
        synchronized (running) {
            if (closed) {
                throw new IllegalStateException("This client is closed.");
            }
            running.add(run);
        }
        run.completion().whenComplete((report, error) -> running.remove(run));
        run.start();
    }

    void close() {
        List<RestoreRun> open;
        synchronized (running) {
            closed = true;
            open = List.copyOf(running);
        }
        open.forEach(run -> run.stop("The client was closed."));
        open.forEach(run -> run.completion().handle((report, error) -> report).join());
    }
}
