package io.github.camundabackup.component;

import io.github.camundabackup.internal.failure.Outages;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes outages on. */
record OutageWatch(Consumer<? super Outage> listener) implements Outages.Watcher {
    @Override
    public void begins(Throwable failure) {
        listener.accept(new Outage(failure, Optional.empty()));
    }

    @Override
    public void ends(Throwable failure, Duration lasted) {
        listener.accept(new Outage(failure, Optional.of(lasted)));
    }
}
