package io.github.camundabackup.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the same work one round at a time: all requests that arrive during a round share the next one. Thread-safe. */
public final class CoalescingRunner {
    private final Supplier<CompletableFuture<Void>> work;
    private boolean busy;
    private @Nullable CompletableFuture<Void> queued;

    public CoalescingRunner(Supplier<CompletableFuture<Void>> work) {
        this.work = work;
    }

    /** Completes with a round that began after this was called. */
    public CompletableFuture<Void> run() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        synchronized (this) {
            if (queued != null) {
                return queued.copy();
            }
            if (busy) {
                queued = mine;
                return mine.copy();
            }
            busy = true;
        }
        round(mine);
        return mine.copy();
    }

    private void round(CompletableFuture<Void> mine) {
        CompletableFuture<Void> done;
        try {
            done = work.get();
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((value, error) -> {
            CompletableFuture<Void> next;
            synchronized (this) {
                next = queued;
                queued = null;
                busy = next != null;
            }
            // First, as the waiting callers go on in this thread, and may be slow.
            if (next != null) {
                round(next);
            }
            if (error == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(Futures.unwrap(error));
            }
        });
    }
}
