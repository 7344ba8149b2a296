package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.RecoveryReport.Outcome;
import io.github.camundabackup.recovery.StepOutcome;
import io.github.camundabackup.recovery.StepOutcome.Found;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that backs up a cluster is killed with SIGKILL at every boundary between two requests, and so for every
 * single write into the journal. Then another process recovers, which works elsewhere and knows nothing but the
 * endpoints: until exporting was resumed, it continues the backup to a consistent one, and then abandons it; exporting
 * runs, the report and the journal are true, and a new backup succeeds.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class KillMatrixTest extends AbstractKilledProcessTest<SimulatedCluster> {
    private static final int BATCH = 48;

    // Who is asked through which request. A snapshot whose name begins with camunda_zeebe_records is the client's own.
    private static final Map<Component, Predicate<RecordedRequest>> REQUESTS = Map.of(
            Component.OPTIMIZE, post(Server.OPTIMIZE, "/actuator/backups"),
            Component.OPERATE, post(Server.OPERATE, "/actuator/backups"),
            Component.TASKLIST, post(Server.TASKLIST, "/actuator/backups"),
            Component.WEB_APPLICATIONS, post(Server.ORCHESTRATION, "/actuator/backupHistory"),
            Component.ZEEBE_RECORDS,
                    request -> RequestMatcher.put("/_snapshot/*/camunda_zeebe_records_*")
                            .matches(request),
            Component.ZEEBE,
                    request -> RequestMatcher.post("/actuator/backups")
                                    .on(Server.ZEEBE)
                                    .matches(request)
                            || RequestMatcher.post("/actuator/backupRuntime").matches(request));

    @TempDir
    private static Path elsewhere;

    private @Nullable ClientProcess rescuer;

    KillMatrixTest() {
        super(BATCH);
    }

    @AfterAll
    void closeRescuer() {
        if (rescuer != null) {
            rescuer.close();
        }
    }

    /** Started after the first process has been killed. */
    private ClientProcess rescuer() throws IOException {
        ClientProcess started = rescuer;
        if (started == null) {
            started = ClientProcess.start(elsewhere);
            rescuer = started;
        }
        return started;
    }

    /** What only reads has the same effect before and after. */
    @Override
    List<Boundary> boundaries(CamundaLine line) {
        try (SimulatedCluster cluster = subject(line);
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources()).build()) {
            client.backup().completion().join();
            Map<String, Integer> seen = new HashMap<>();
            List<Boundary> boundaries = new ArrayList<>();
            for (RecordedRequest request : cluster.requests()) {
                int before = seen.merge(request.step(), 1, Integer::sum) - 1;
                boolean reads = request.method().equals("GET");
                if (before == 0 || isJournalWrite(request.step())) {
                    boundaries.add(new Boundary(request.step(), request.matcher(), before, false));
                    if (!reads) {
                        boundaries.add(new Boundary(request.step(), request.matcher(), before, true));
                    }
                }
            }
            assertThat(boundaries.stream().filter(boundary -> isJournalWrite(boundary.kind())))
                    .hasSizeGreaterThan(10);
            return boundaries;
        }
    }

    /** Requests of this kind, as {@link RecordedRequest#step()} says it. */
    private static boolean isJournalWrite(String kind) {
        return !kind.contains(" GET ") && kind.contains(" /hot-backup-journal");
    }

    @Override
    SimulatedCluster subject(CamundaLine line) {
        return clusterBuilder(line).build();
    }

    @Override
    SimulatedCluster cluster(SimulatedCluster subject) {
        return subject;
    }

    @Override
    void begin(ClientProcess victim, SimulatedCluster cluster) throws IOException {
        victim.backUp(cluster);
    }

    @Override
    void hangs(SimulatedCluster cluster) {}

    private static Predicate<RecordedRequest> post(Server server, String path) {
        return request -> RequestMatcher.post(path).on(server).matches(request);
    }

    @Override
    void recover(SimulatedCluster cluster, Boundary boundary, long pid) throws IOException, InterruptedException {
        Set<Component> asked = asked(cluster);
        boolean journaled = cluster.requests().stream()
                .filter(request ->
                        isJournalWrite(request.step()) && request.path().contains("/_doc/"))
                .anyMatch(KillMatrixTest::isCarriedOut);
        boolean ended = boundary.carriedOut()
                && isJournalWrite(boundary.kind())
                && cluster.requests().stream().anyMatch(RequestMatcher.post("/actuator/exporting/resume")::matches);
        boolean resumed = cluster.requests(RequestMatcher.post("/actuator/exporting/resume")).stream()
                .anyMatch(KillMatrixTest::isCarriedOut);
        boolean paused = cluster.exportingPaused();
        RecoveryReport report = rescuer().recover(cluster, time().now());
        try (CamundaBackupClient client =
                Scene.client(cluster, stores(), resources()).build()) {
            assertThat(cluster.exportingPaused()).as(report.toString()).isFalse();
            assertThat(report.outcome())
                    .as(report.toString())
                    .isEqualTo(
                            !journaled || ended
                                    ? Outcome.NOTHING_FOUND
                                    : resumed ? Outcome.ABANDONED : Outcome.CONTINUED);
            assertThat(!paused || journaled).as("no pause without a journal").isTrue();
            if (paused) {
                assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            }
            if (report.outcome() == Outcome.CONTINUED) {
                assertThat(client.consistency()
                                .check(report.backup().orElseThrow())
                                .join())
                        .isConsistent();
                assertThat(journal(client)).contains("\"state\":\"COMPLETED\"").doesNotContain("\"pause\":\"PAUSED\"");
            }
            if (report.outcome() == Outcome.ABANDONED) {
                assertSettled(report, asked);
                assertThat(journal(client)).contains("\"state\":\"ABANDONED\"").doesNotContain("\"pause\":\"PAUSED\"");
            }
            assertThat(client.recover().join().outcome()).isEqualTo(Outcome.NOTHING_FOUND);

            BackupReport next = client.backup().completion().join();

            assertThat(next.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(next.warnings()).isEmpty();
            cluster.invariants().assertHold();
        }
    }

    /** Whoever was asked is in the report, and nobody is said to have done what it has not. */
    private static void assertSettled(RecoveryReport report, Set<Component> asked) {
        Map<Component, Found> found =
                report.settled().stream().collect(Collectors.toMap(StepOutcome::component, StepOutcome::found));
        assertThat(found.keySet()).as(report.toString()).containsAll(asked);
        found.forEach((component, state) -> assertThat(state)
                .as(component + " in " + report)
                .isEqualTo(asked.contains(component) ? Found.COMPLETED : Found.ABSENT));
    }

    private static String journal(CamundaBackupClient client) {
        return client.snapshotStore()
                .journal()
                .orElseThrow()
                .read()
                .join()
                .orElseThrow()
                .text();
    }

    private static Set<Component> asked(SimulatedCluster cluster) {
        return REQUESTS.entrySet().stream()
                .filter(entry -> cluster.requests().stream()
                        .filter(KillMatrixTest::isCarriedOut)
                        .anyMatch(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean isCarriedOut(RecordedRequest request) {
        return request.fault().map(fault -> fault.kind().isCarriedOut()).orElse(true);
    }
}
