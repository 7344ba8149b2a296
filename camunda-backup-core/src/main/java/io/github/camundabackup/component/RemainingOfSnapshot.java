package io.github.camundabackup.component;

import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * How much longer one snapshot takes, if it goes on as fast as since it was first looked at. Thread-safe.
 */
final class RemainingOfSnapshot {
    private final TimeSource time;
    private final long start;
    private volatile Optional<Duration> estimate = Optional.empty();

    /** Of a snapshot that begins now, or has begun already: then it ends earlier than is said here. */
    RemainingOfSnapshot(TimeSource time) {
        this.time = time;
        start = time.nanoTime();
    }

    /** Looks at a snapshot that is being made. */
    void look(SnapshotProgress progress) {
        // The engine learns the size of a shard when it begins with it; a shard may be nearly all of the data.
        double done = Math.max(
                share(progress.shardsDone(), progress.shardsTotal()),
                share(progress.bytesDone(), progress.bytesTotal()));
        long elapsed = time.nanoTime() - start;
        estimate = done > 0 && done < 1
                ? Optional.of(Duration.ofNanos((long) (elapsed * (1 - done) / done)))
                : Optional.empty();
    }

    private static double share(long done, long total) {
        return total > 0 ? (double) done / total : 0;
    }

    /** Empty as long as it shows nothing, and when nothing is left but to close it. */
    Optional<Duration> estimate() {
        return estimate;
    }
}
