package io.github.camundabackup.samples.benchmark;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupStep;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * How long each component of the simulated clusters takes, and so how long a backup takes at best.
 *
 * @param scale by what everything is divided
 */
record Workload(double scale) {
    Workload {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("The scale must be greater than 0, but was " + scale + ".");
        }
    }

    Duration of(Component component) {
        return scaled(
                switch (component) {
                    case OPTIMIZE -> 40;
                    case OPERATE -> 30;
                    case TASKLIST -> 20;
                    // The same indices as Operate and Tasklist, one after the other.
                    case WEB_APPLICATIONS -> 50;
                    case ZEEBE_RECORDS -> 5;
                    case ZEEBE -> 8;
                });
    }

    Duration scaled(long seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9 / scale));
    }

    /** A cluster that takes so long. */
    SimulatedCluster cluster(Protocol protocol) {
        SimulatedCluster.Builder cluster =
                SimulatedCluster.builder().protocol(protocol).partitions(3);
        for (Component component : Component.values()) {
            cluster.duration(component, of(component));
        }
        return cluster.build();
    }

    /** Nothing but the components' own time: who waits for nobody in vain can be no faster. */
    Measurement criticalPath(BackupPlan plan) {
        Duration paused = plan.steps().stream()
                .filter(BackupStep.ExportingPaused.class::isInstance)
                .map(this::of)
                .reduce(Duration.ZERO, Duration::plus);
        return new Measurement(sum(plan.steps()), paused);
    }

    private Duration of(BackupStep step) {
        return step.match(
                together -> together.components().stream()
                        .map(this::of)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                paused -> sum(paused.steps()),
                records -> of(Component.ZEEBE_RECORDS),
                zeebe -> of(Component.ZEEBE));
    }

    private Duration sum(List<BackupStep> steps) {
        return steps.stream().map(this::of).reduce(Duration.ZERO, Duration::plus);
    }
}
