package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupStep;
import io.github.camundabackup.component.ExportedRecordsFound;
import io.github.camundabackup.component.RecordsClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.RecordRange;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

    /** Between the pause and the request for the records' snapshot: the journal, and what goes into the manifest. */
    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void nothingIsAskedInThePauseThatCanBeKnownOtherwise(CamundaLine line) {
        try (Scene scene = Scene.of(line, engine(), stores())) {
            String snapshot = SnapshotName.records(scene.backUp().backupId()).toString();

            List<String> engine = scene.cluster().requests().stream()
                    .filter(request -> request.server() == Server.SEARCH_ENGINE)
                    .map(request -> request.method() + " " + request.path())
                    .toList();
            int taken = IntStream.range(0, engine.size())
                    .filter(i -> engine.get(i).contains("PUT /_snapshot/")
                            && engine.get(i).endsWith(snapshot))
                    .findFirst()
                    .orElseThrow();
            List<String> before = engine.subList(taken - 4, taken);
            assertThat(before.get(0)).contains("PUT /hot-backup-journal");
            assertThat(before.subList(1, 4))
                    .anyMatch(request -> request.contains("GET /_cat/indices"))
                    .anyMatch(request -> request.contains("_refresh"))
                    .anyMatch(request -> request.contains("_search"));
        }
    }

    /** As about records whose only copy is on no node. */
    @Test
    void anEngineThatIsSilentAboutTheRecordsIsNotWaitedForLong() {
        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, engine(), stores())) {
            SnapshotStore silent = new ForwardingSnapshotStore(scene.client().snapshotStore()) {
                @Override
                public Optional<ExportedRecords> exportedRecords() {
                    return Optional.of(new SilentRecords());
                }
            };
            List<ExportedRecordsFound> found = new ArrayList<>();
            Duration before = scene.time().elapsed();

            RecordsClient.create(silent, "zeebe-record_*", scene.time())
                    .take(BackupId.of(1), read -> {
                        found.add(read);
                        return Map.of("of", "a test");
                    })
                    .join();

            assertThat(scene.time().elapsed().minus(before)).isLessThan(Duration.ofSeconds(15));
            assertThat(found).singleElement().satisfies(read -> {
                assertThat(read.indices().orElseThrow()).isPositive();
                assertThat(read.problem().orElseThrow()).contains("Reading how far the records", "12 s");
            });
        }
    }

    private record SilentRecords() implements ExportedRecords {
        @Override
        public CompletableFuture<SortedMap<Integer, Long>> highestPositions(String indexPattern) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<List<RecordRange>> ranges(String indexPattern, Map<Integer, Long> upTo) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Long> count(
                String indexPattern, int partitionId, long above, long upTo, Optional<Instant> notAfter) {
            return new CompletableFuture<>();
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
