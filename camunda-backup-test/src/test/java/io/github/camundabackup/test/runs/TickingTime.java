package io.github.camundabackup.test.runs;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A cluster's time that passes with the requests that come, a second each time that somebody looks at the clock, until
 * it is stopped: so whoever polls sees work go on, and what is half done stays so while nobody does.
 */
final class TickingTime implements TimeSource {
    private final Instant origin;
    private long seconds;
    private boolean stopped;

    TickingTime(Instant origin) {
        this.origin = origin;
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized void goOn() {
        stopped = false;
    }

    @Override
    public synchronized Instant now() {
        return origin.plusSeconds(seconds);
    }

    @Override
    public synchronized long nanoTime() {
        if (!stopped) {
            seconds++;
        }
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Override
    public CompletableFuture<Void> delay(Duration duration) {
        throw new UnsupportedOperationException("Nobody waits for this time.");
    }
}
