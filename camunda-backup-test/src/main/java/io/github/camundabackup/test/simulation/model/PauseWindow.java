package io.github.camundabackup.test.simulation.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time during which at least one partition did not export.
 *
 * @param start when the first partition was paused, by the cluster's clock
 * @param end when the last one was resumed; empty if it has not ended
 */
public record PauseWindow(Instant start, Optional<Instant> end) {

    /** How long it lasted; empty if it has not ended. */
    public Optional<Duration> duration() {
        return end.map(at -> Duration.between(start, at));
    }
}
