package io.github.camundabackup.internal.failure;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds out, from one answer of a poll after the other, when an outage begins and ends. Thread-safe. */
public final class OutageMeter {
    private final TimeSource time;
    private final Outages.Watcher watcher;
    private @Nullable Throwable last;
    private long since;

    /**
     * @param watcher hears of outages
     */
    public OutageMeter(TimeSource time, Outages.Watcher watcher) {
        this.time = time;
        this.watcher = watcher;
    }

    /** A question has failed, and will be asked again. */
    public synchronized void failed(Throwable failure) {
        boolean begins = last == null;
        // While a server comes back, it says many things.
        if (begins ? FailureKind.of(failure) != FailureKind.TRANSIENT : !FailureKind.isTolerableInAPoll(failure)) {
            return;
        }
        last = failure;
        if (begins) {
            since = time.nanoTime();
            watcher.begins(failure);
        }
    }

    /** A question was answered. */
    public synchronized void answered() {
        Throwable failure = last;
        if (failure != null) {
            last = null;
            watcher.ends(failure, Duration.ofNanos(time.nanoTime() - since));
        }
    }
}
