package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupStep;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** How many requests a backup sends whose parts take as long as in the benchmark, and how late it sees their ends. */
class RequestsOfABackupTest extends AbstractEngineTest {
    private static final Map<Component, Integer> SECONDS = Map.of(
            Component.OPTIMIZE, 40,
            Component.OPERATE, 30,
            Component.TASKLIST, 20,
            Component.WEB_APPLICATIONS, 50,
            Component.ZEEBE_RECORDS, 5,
            Component.ZEEBE, 8);

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void areFewAndSeeEachEndInTime(CamundaLine line) {
        try (Scene scene = Scene.of(line, engine(), stores(), RequestsOfABackupTest::slow, client -> client)) {
            BackupPlan plan = scene.client().plan().join();
            int asked = scene.cluster().requests().size();
            Duration before = scene.time().elapsed();

            scene.backUp();

            Duration needed =
                    plan.steps().stream().map(RequestsOfABackupTest::atBest).reduce(Duration.ZERO, Duration::plus);
            assertThat(scene.time().elapsed().minus(before)).isBetween(needed, needed.plus(needed.dividedBy(50)));
            assertThat(scene.cluster().pauseWindows())
                    .singleElement()
                    .satisfies(pause -> assertThat(pause.duration().orElseThrow())
                            .isBetween(
                                    paused(plan), paused(plan).plus(paused(plan).dividedBy(50))));
            // On OpenSearch, Operate and Tasklist say nothing while they are at work, and the repository is asked too.
            int most =
                    (line.equals(CamundaLine.UP_TO_8_7) ? 205 : 150) + (engine() == SearchEngine.OPENSEARCH ? 15 : 0);
            assertThat(scene.cluster().requests()).hasSizeLessThan(asked + most);
        }
    }

    private static Duration paused(BackupPlan plan) {
        return plan.steps().stream()
                .filter(BackupStep.ExportingPaused.class::isInstance)
                .map(RequestsOfABackupTest::atBest)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration atBest(BackupStep step) {
        return step.match(
                together -> together.components().stream()
                        .map(RequestsOfABackupTest::duration)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                paused -> paused.steps().stream()
                        .map(RequestsOfABackupTest::atBest)
                        .reduce(Duration.ZERO, Duration::plus),
                take -> duration(take.component()));
    }

    private static Duration duration(Component component) {
        return Duration.ofSeconds(Objects.requireNonNull(SECONDS.get(component)));
    }

    private static SimulatedCluster.Builder slow(SimulatedCluster.Builder cluster) {
        SECONDS.forEach((component, seconds) -> cluster.duration(component, Duration.ofSeconds(seconds)));
        return cluster;
    }
}
