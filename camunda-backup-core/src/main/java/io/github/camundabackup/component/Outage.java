package io.github.camundabackup.component;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * An outage that is waited for: a component cannot be asked for a while, since connections are refused or break, or
 * since a server or a proxy before it answers 429, 502, 503 or 504.
 *
 * @param failure what the last question failed with
 * @param lasted how long it has lasted, once it is over; empty when it begins
 */
public record Outage(Throwable failure, Optional<Duration> lasted) {
    public Outage {
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(lasted, "lasted");
    }
}
