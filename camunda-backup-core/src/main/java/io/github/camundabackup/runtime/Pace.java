package io.github.camundabackup.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How often is asked whether something has ended that takes long. Implementations must be thread-safe. */
public interface Pace {
    /**
     * How long to wait before the next question.
     *
     * @param waited since the first question
     * @param left how much longer it takes, estimated from how far it was when it was asked last; empty if nothing is
     *     known of that
     */
    Duration untilNext(Duration waited, Optional<Duration> left);

    /**
     * Hears of each wait that begins.
     *
     * @param wait to be completed if the next question is wanted earlier
     */
    void begins(CompletableFuture<Void> wait);
}
