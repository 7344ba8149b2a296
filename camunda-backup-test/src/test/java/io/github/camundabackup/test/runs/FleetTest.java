package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Lines;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.simulation.model.PauseWindow;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More backups at once than may go on, or be paused, at once. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class FleetTest extends AbstractEngineTest {
    private static final int CLUSTERS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final VirtualTime time = VirtualTime.create();
    private final SimulationHost host = SimulationHost.create();
    private final List<SimulatedCluster> clusters = new ArrayList<>();
    private final List<CamundaBackupClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(CamundaBackupClient::close);
        clusters.forEach(SimulatedCluster::close);
        host.close();
    }

    @Test
    void noMoreArePausedAtOnceThanMayBe() {
        try (ClientResources resources =
                ClientResources.builder().time(time).pausedAtOnce(3).build()) {
            backUpAll(resources);

            assertThat(mostAtOnce()).isEqualTo(3);
        }
    }

    @Test
    void noPauseTakesLongerForTheOthers() {
        try (ClientResources resources =
                ClientResources.builder().time(time).pausedAtOnce(3).build()) {
            backUpAll(resources);

            assertThat(clusters)
                    .allSatisfy(cluster -> assertThat(cluster.pauseWindows())
                            .singleElement()
                            .satisfies(pause ->
                                    assertThat(pause.duration().orElseThrow()).isLessThan(Duration.ofSeconds(5))));
        }
    }

    @Test
    void noMoreAskForAnythingAtOnceThanMayGoOn() {
        try (ClientResources resources =
                ClientResources.builder().time(time).backupsAtOnce(1).build()) {
            List<BackupReport> reports = backUpAll(resources);

            List<BackupReport> inTurn = reports.stream()
                    .sorted((one, other) -> begin(one).compareTo(begin(other)))
                    .toList();
            assertThat(IntStream.range(1, CLUSTERS))
                    .allSatisfy(i -> assertThat(begin(inTurn.get(i)))
                            .isAfterOrEqualTo(inTurn.get(i - 1).endedAt()));
        }
    }

    @Test
    void oneThatWaitsForItsTurnIsCancelledAtOnce() {
        try (ClientResources resources =
                ClientResources.builder().time(time).backupsAtOnce(1).build()) {
            start(resources);
            List<BackupHandle> handles =
                    clients.stream().map(CamundaBackupClient::backup).toList();
            handles.get(CLUSTERS - 1).cancel();

            assertThat(handles.get(CLUSTERS - 1).completion())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("cancelled");
            assertThat(clusters.get(CLUSTERS - 1).requests()).isEmpty();
            assertThat(handles.subList(0, CLUSTERS - 1))
                    .allSatisfy(handle -> assertThat(handle.completion()).succeedsWithin(PATIENCE));
        }
    }

    /** A run keeps its lock while it waits, for longer than any step may take. */
    @Test
    void oneThatWaitsLongForItsPauseSaysSoAndKeepsItsLock() {
        try (ClientResources resources =
                ClientResources.builder().time(time).pausedAtOnce(1).build()) {
            start(resources, 5, Duration.ofMinutes(10), (number, client) -> client.stepTimeout(Duration.ofMinutes(20)));
            List<BackupReport> reports = finish();

            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED));
            assertThat(reports.stream()
                            .filter(report -> report.warnings().stream()
                                    .anyMatch(warning ->
                                            warning.matches("The run had to wait for \\d{4,} s: .*pausedAtOnce.*"))))
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void oneThatWaitsForItsPauseIsCancelledAndPausesNothing() {
        List<CompletableFuture<BackupHandle>> handles = IntStream.range(0, CLUSTERS)
                .mapToObj(number -> new CompletableFuture<BackupHandle>())
                .toList();
        try (ClientResources resources =
                ClientResources.builder().time(time).pausedAtOnce(1).build()) {
            start(resources, CLUSTERS, Duration.ofSeconds(10), (number, client) -> {
                Recording events = new Recording();
                events.on("waiting", () -> handles.get(number).join().cancel());
                return client.listener(events);
            });
            for (int number = 0; number < CLUSTERS; number++) {
                handles.get(number).complete(clients.get(number).backup());
            }

            List<Integer> cancelled = IntStream.range(0, CLUSTERS)
                    .filter(number -> outcome(handles.get(number).join()) == BackupReport.Outcome.CANCELLED)
                    .boxed()
                    .toList();

            assertThat(cancelled).isNotEmpty().hasSizeLessThan(CLUSTERS);
            assertThat(cancelled)
                    .allSatisfy(number ->
                            assertThat(clusters.get(number).pauseWindows()).isEmpty());
            assertThat(clusters).allSatisfy(cluster -> cluster.invariants().assertHold());
        }
    }

    private static BackupReport.Outcome outcome(BackupHandle handle) {
        try {
            return handle.completion().join().outcome();
        } catch (CompletionException e) {
            return ((BackupFailedException) Objects.requireNonNull(e.getCause()))
                    .report()
                    .outcome();
        }
    }

    private List<BackupReport> backUpAll(ClientResources resources) {
        start(resources);
        return finish();
    }

    private List<BackupReport> finish() {
        List<BackupHandle> handles =
                clients.stream().map(CamundaBackupClient::backup).toList();
        List<BackupReport> reports =
                handles.stream().map(handle -> handle.completion().join()).toList();
        assertThat(clusters).allSatisfy(cluster -> cluster.invariants().assertHold());
        return reports;
    }

    private void start(ClientResources resources) {
        start(resources, CLUSTERS, Duration.ofSeconds(1), (number, client) -> client);
    }

    private void start(
            ClientResources resources,
            int count,
            Duration duration,
            BiFunction<Integer, CamundaBackupClient.Builder, CamundaBackupClient.Builder> changes) {
        IntStream.range(0, count).forEach(number -> {
            SimulatedCluster cluster = SimulatedCluster.builder()
                    .line(Lines.ALL.get(number % Lines.ALL.size()))
                    .engine(engine())
                    .host(host)
                    .duration(duration)
                    .time(time)
                    .build();
            clusters.add(cluster);
            clients.add(changes.apply(number, Scene.client(cluster, stores(), resources, PATIENCE))
                    .build());
        });
    }

    private static Instant begin(BackupReport report) {
        return report.steps().stream()
                .flatMap(step -> step.startedAt().stream())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Of all windows that are open when one opens. */
    private long mostAtOnce() {
        List<PauseWindow> windows = clusters.stream()
                .flatMap(cluster -> cluster.pauseWindows().stream())
                .toList();
        return windows.stream()
                .mapToLong(one -> windows.stream()
                        .filter(other -> !other.start().isAfter(one.start())
                                && other.end().orElseThrow().isAfter(one.start()))
                        .count())
                .max()
                .orElseThrow();
    }
}
