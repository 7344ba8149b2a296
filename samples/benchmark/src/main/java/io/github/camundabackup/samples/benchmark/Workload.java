package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupStep;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The workload: how long each component of the simulated clusters takes, and so how long a backup takes at best.
 *
 * @param scale by what everything is divided
 */
record Workload(double scale) {
    // The web applications have the same indices as Operate and Tasklist, one after the other.
    private static final Map<Component, Long> SECONDS = Map.of(
            Component.OPTIMIZE, 40L,
            Component.OPERATE, 30L,
            Component.TASKLIST, 20L,
            Component.WEB_APPLICATIONS, 50L,
            Component.ZEEBE_RECORDS, 5L,
            Component.ZEEBE, 8L);

    Workload {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("The scale must be greater than 0, but was " + scale + ".");
        }
    }

    Duration of(Component component) {
        return scaled(SECONDS.getOrDefault(component, 0L));
    }

    Duration scaled(long seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9 / scale));
    }

    /** A cluster that takes so long. */
    SimulatedCluster cluster(CamundaLine line) {
        return builder(line).build();
    }

    /** One that is not built yet. */
    SimulatedCluster.Builder builder(CamundaLine line) {
        SimulatedCluster.Builder cluster = SimulatedCluster.builder().line(line).partitions(3);
        for (Component component : Component.known()) {
            cluster.duration(component, of(component));
        }
        return cluster;
    }

    /** Nothing but the components' own time: no procedure can be faster. */
    Measurement criticalPath(BackupPlan plan) {
        Duration paused = plan.steps().stream()
                .filter(BackupStep.ExportingPaused.class::isInstance)
                .map(this::of)
                .reduce(Duration.ZERO, Duration::plus);
        return new Measurement(sum(plan.steps()), paused, OptionalInt.empty());
    }

    private Duration of(BackupStep step) {
        return step.match(
                together -> together.components().stream()
                        .map(this::of)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                paused -> sum(paused.steps()),
                take -> of(take.component()));
    }

    private Duration sum(List<BackupStep> steps) {
        return steps.stream().map(this::of).reduce(Duration.ZERO, Duration::plus);
    }
}
