package io.github.camundabackup.recovery.engine;

import io.github.camundabackup.recovery.RecoveryReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The recoveries of one client that are under way. Thread-safe. */
public final class ActiveRecoveries {
    private final Map<Object, CompletableFuture<RecoveryReport>> running = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * Begins a recovery.
     *
     * @throws IllegalStateException if none may be begun any more
     */
    public CompletableFuture<RecoveryReport> track(Supplier<CompletableFuture<RecoveryReport>> begin) {
        synchronized (running) {
            if (closed) {
                throw new IllegalStateException("This client is closed.");
            }
            CompletableFuture<RecoveryReport> recovery = begin.get();
            Object key = new Object();
            running.put(key, recovery);
            recovery.whenComplete((report, error) -> running.remove(key));
            return recovery.copy();
        }
    }

    /** Begins none any more, and waits for those that are under way: a pause is ended as long as there are threads. */
    public void close() {
        List<CompletableFuture<RecoveryReport>> open;
        synchronized (running) {
            closed = true;
            open = List.copyOf(running.values());
        }
        open.forEach(recovery -> recovery.handle((report, error) -> report).join());
    }
}
