package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.PauseWindow;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The time that a backup took.
 *
 * @param total from its start to its end
 * @param pause how long exporting was paused meanwhile
 * @param requests how many requests it sent; empty if this is not known
 */
record Measurement(Duration total, Duration pause, OptionalInt requests) {

    /**
     * Of the one backup that a cluster has seen, which must have been a good one.
     *
     * @param before how many requests it had seen before
     */
    static Measurement of(Duration total, SimulatedCluster cluster, int before) {
        cluster.invariants().assertHold();
        Duration pause = cluster.pauseWindows().stream()
                .map(PauseWindow::duration)
                .map(duration -> duration.orElseThrow(() -> new IllegalStateException("Exporting is still paused.")))
                .reduce(Duration.ZERO, Duration::plus);
        return new Measurement(total, pause, OptionalInt.of(cluster.requests().size() - before));
    }
}
