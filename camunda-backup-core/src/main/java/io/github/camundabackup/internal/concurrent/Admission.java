package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets so many in at once, and the others in the order in which they came. Whoever waits holds a future and no thread.
 * Thread-safe.
 */
public final class Admission {
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    private final int places;
    private final BooleanSupplier room;
    private final Executor executor;
    private final TimeSource time;
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int inside;
    private boolean looking;

    /**
     * At first it is empty.
     *
     * @param places how many may be inside at once, at least one
     * @param room whether there is room for one more; not asked while it is empty, so that there is always progress
     * @param executor where those who waited go on
     * @param time for looking again whether there is room
     */
    public Admission(int places, BooleanSupplier room, Executor executor, TimeSource time) {
        this.places = places;
        this.room = room;
        this.executor = executor;
        this.time = time;
    }

    /**
     * Does something inside: at once, or when it is its turn.
     *
     * @param stop ends the waiting, and not what has begun
     * @return as what was done; cancelled if it was stopped before
     */
    public <T> CompletableFuture<T> inside(CancellationSignal stop, Supplier<CompletableFuture<T>> work) {
        return stop.waiting(this::enter)
                .thenCompose(entered -> Futures.async(Runnable::run, work).whenComplete((done, error) -> leave()));
    }

    private CompletableFuture<Void> enter() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (this) {
            if (waiting.isEmpty() && isFree()) {
                inside++;
                return CompletableFuture.completedFuture(null);
            }
            waiting.add(turn);
        }
        turn.whenComplete((entered, cancelled) -> {
            if (cancelled != null) {
                forget(turn);
            }
        });
        lookLater();
        return turn;
    }

    private synchronized void forget(CompletableFuture<Void> turn) {
        waiting.removeIf(other -> other == turn);
    }

    private void leave() {
        synchronized (this) {
            inside--;
        }
        letIn();
    }

    private void letIn() {
        for (Optional<CompletableFuture<Void>> next = next(); next.isPresent(); next = next()) {
            goOn(next.get());
        }
        lookLater();
    }

    private synchronized Optional<CompletableFuture<Void>> next() {
        if (waiting.isEmpty() || !isFree()) {
            return Optional.empty();
        }
        inside++;
        return Optional.of(waiting.remove());
    }

    private void goOn(CompletableFuture<Void> turn) {
        try {
            executor.execute(() -> {
                if (!turn.complete(null)) {
                    leave();
                }
            });
        } catch (RuntimeException refused) {
            synchronized (this) {
                inside--;
            }
            turn.completeExceptionally(refused);
        }
    }

    private boolean isFree() {
        return inside == 0 || (inside < places && room.getAsBoolean());
    }

    /** Room comes back without anybody leaving, too. */
    private void lookLater() {
        synchronized (this) {
            if (looking || waiting.isEmpty() || inside >= places) {
                return;
            }
            looking = true;
        }
        time.delay(NEXT_LOOK).whenComplete((passed, error) -> {
            synchronized (this) {
                looking = false;
            }
            // Also if there is no thread for a delay any more: then those who wait hear of it.
            letIn();
        });
    }
}
