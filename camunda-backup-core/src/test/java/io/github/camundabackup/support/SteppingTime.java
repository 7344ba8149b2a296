package io.github.camundabackup.support;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Time that passes in steps: whoever waits moves the clock on by as much, and waits no longer. Remembers the waits. */
public final class SteppingTime implements TimeSource {
    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");
    // The JDK's nanoseconds begin anywhere, and may run over.
    private static final long NANO_ORIGIN = Long.MAX_VALUE - 1_000_000;

    private final List<Duration> delays = new ArrayList<>();
    private final List<CompletableFuture<Void>> held = new ArrayList<>();
    private final CompletableFuture<CompletableFuture<Void>> firstHeld = new CompletableFuture<>();
    private Duration elapsed = Duration.ZERO;
    private boolean holding;
    private @Nullable Throwable failure;

    /** From now on delays last until the end of the test. */
    public synchronized void hold() {
        holding = true;
    }

    /** From now on delays fail. */
    public synchronized void failDelays(Throwable failure) {
        this.failure = failure;
    }

    public synchronized void advance(Duration by) {
        elapsed = elapsed.plus(by);
    }

    public synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** The delays that do not end; cancelled ones among them. */
    public synchronized List<CompletableFuture<Void>> held() {
        return List.copyOf(held);
    }

    /** Completes when somebody begins to wait for a delay that does not end. */
    public CompletableFuture<CompletableFuture<Void>> firstHeld() {
        return firstHeld;
    }

    public synchronized Duration elapsed() {
        return elapsed;
    }

    @Override
    public synchronized Instant now() {
        return ORIGIN.plus(elapsed);
    }

    @Override
    public synchronized long nanoTime() {
        return NANO_ORIGIN + elapsed.toNanos();
    }

    @Override
    public synchronized CompletableFuture<Void> delay(Duration duration) {
        delays.add(duration);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (holding) {
            CompletableFuture<Void> endless = new CompletableFuture<>();
            held.add(endless);
            firstHeld.completeAsync(() -> endless);
            return endless;
        }
        elapsed = elapsed.plus(duration);
        // Not completed already, so that a thousand waits are no thousand frames of one stack.
        return CompletableFuture.runAsync(() -> {});
    }
}
