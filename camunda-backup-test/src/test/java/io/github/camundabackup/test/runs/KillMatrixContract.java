package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupReport;
import io.github.camundabackup.backup.PauseReport;
import io.github.camundabackup.backup.RecoveryReport;
import io.github.camundabackup.backup.RecoveryReport.Found;
import io.github.camundabackup.backup.RecoveryReport.Outcome;
import io.github.camundabackup.backup.RecoveryReport.Settled;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that backs up a cluster is killed with SIGKILL at every boundary between two requests: before each request of a kind has an
 * effect, after it has had it and before the reply, and so for every single write into the journal. Then another process recovers, which
 * works elsewhere and knows nothing but the endpoints: until exporting was resumed, it continues the backup to a consistent one, and then
 * abandons it; exporting runs, the report and the journal are true, and a new backup succeeds.
 *
 * <p>One process takes the backups of many clusters, each of which hangs at its own boundary when the process is killed. The clusters and
 * whoever recovers live in virtual time, so that nobody waits for a lease.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KillMatrixContract implements ClientProcess.Contract {
    private static final int BATCH = 48;
    // Real time: all of a batch have come to their boundaries long before, and none of their requests has timed out.
    private static final int PATIENCE_SECONDS = 25;

    // Who is asked through which request. A snapshot whose name begins with camunda_zeebe_records is the client's own.
    private static final Map<Component, Predicate<RecordedRequest>> REQUESTS = Map.of(
            Component.OPTIMIZE, post(Server.OPTIMIZE, "/actuator/backups"),
            Component.OPERATE, post(Server.OPERATE, "/actuator/backups"),
            Component.TASKLIST, post(Server.TASKLIST, "/actuator/backups"),
            Component.WEB_APPLICATIONS, post(Server.ORCHESTRATION, "/actuator/backupHistory"),
            Component.ZEEBE_RECORDS,
                    request -> RequestMatcher.put("/_snapshot/*/*").matches(request),
            Component.ZEEBE,
                    request -> RequestMatcher.post("/actuator/backups")
                                    .on(Server.ZEEBE)
                                    .matches(request)
                            || RequestMatcher.post("/actuator/backupRuntime").matches(request));

    private final SimulationHost host = SimulationHost.create();
    // Later than in the processes that are killed, whose time is real, so that ids grow; and earlier than the limit of
    // a pause.
    private final VirtualTime time = new VirtualTime(Instant.now().plus(Duration.ofHours(1)));
    // One for all: the servers of the JDK break connections when too many are idle.
    private final ClientResources resources =
            ClientResources.builder().time(time).build();
    private final List<Batch> batches = new ArrayList<>();

    @TempDir
    private static Path elsewhere;

    private @Nullable ClientProcess rescuer;

    public abstract SearchEngine engine();

    @Override
    public abstract Stores stores();

    @AfterAll
    void close() {
        batches.forEach(Batch::close);
        if (rescuer != null) {
            rescuer.close();
        }
        resources.close();
        host.close();
    }

    /** Started after the first process has been killed. */
    private ClientProcess rescuer() throws IOException {
        ClientProcess started = rescuer;
        if (started == null) {
            started = ClientProcess.start(getClass(), elsewhere);
            rescuer = started;
        }
        return started;
    }

    @TestFactory
    Stream<DynamicNode> up_to_8_7() {
        return matrix(Protocol.UP_TO_8_7);
    }

    @TestFactory
    Stream<DynamicNode> from_8_8() {
        return matrix(Protocol.FROM_8_8);
    }

    private Stream<DynamicNode> matrix(Protocol protocol) {
        List<Boundary> boundaries = boundaries(protocol);
        assertThat(boundaries.stream().filter(Boundary::isJournalWrite)).hasSizeGreaterThan(10);
        List<DynamicNode> nodes = new ArrayList<>();
        for (int from = 0; from < boundaries.size(); from += BATCH) {
            Batch batch = new Batch(protocol, boundaries.subList(from, Math.min(from + BATCH, boundaries.size())));
            batches.add(batch);
            nodes.add(dynamicContainer(
                    "process " + batches.size(),
                    batch.boundaries.stream()
                            .map(boundary -> dynamicTest(boundary.toString(), () -> batch.recover(boundary)))));
        }
        return nodes.stream();
    }

    /** From a run that nobody kills. What only reads has the same effect before and after. */
    private List<Boundary> boundaries(Protocol protocol) {
        try (SimulatedCluster cluster = cluster(protocol);
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            client.backup().completion().join();
            Map<String, Integer> seen = new HashMap<>();
            List<Boundary> boundaries = new ArrayList<>();
            for (RecordedRequest request : cluster.requests()) {
                int before = seen.merge(request.step(), 1, Integer::sum) - 1;
                boolean reads = request.method().equals("GET");
                if (before == 0 || Boundary.isJournalWrite(request)) {
                    boundaries.add(new Boundary(request, before, false));
                    if (!reads) {
                        boundaries.add(new Boundary(request, before, true));
                    }
                }
            }
            return boundaries;
        }
    }

    private SimulatedCluster cluster(Protocol protocol) {
        return SimulatedCluster.builder()
                .host(host)
                .protocol(protocol)
                .engine(engine())
                .partitions(2)
                .duration(Duration.ZERO)
                .settling(Duration.ZERO)
                .time(time)
                .build();
    }

    private static Predicate<RecordedRequest> post(Server server, String path) {
        return request -> RequestMatcher.post(path).on(server).matches(request);
    }

    /**
     * A place to die at.
     *
     * @param request such a one
     * @param before how many of its kind pass before
     * @param carriedOut whether it has its effect
     */
    record Boundary(RecordedRequest request, int before, boolean carriedOut) {
        static boolean isJournalWrite(RecordedRequest request) {
            return !request.method().equals("GET") && request.path().startsWith("/hot-backup-journal");
        }

        boolean isJournalWrite() {
            return isJournalWrite(request);
        }

        Fault fault() {
            return Fault.of(carriedOut ? Fault.Kind.SILENCE_AFTERWARDS : Fault.Kind.SILENCE);
        }

        @Override
        public String toString() {
            return (carriedOut ? "after " : "before ")
                    + request.step()
                    + (before == 0 ? "" : ", number " + (before + 1));
        }
    }

    /** Clusters whose backups die with one process. */
    private final class Batch implements AutoCloseable {
        private final Protocol protocol;
        private final List<Boundary> boundaries;
        private final Map<Boundary, SimulatedCluster> clusters = new HashMap<>();
        private boolean dead;

        Batch(Protocol protocol, List<Boundary> boundaries) {
            this.protocol = protocol;
            this.boundaries = boundaries;
        }

        private void die() throws IOException, InterruptedException {
            if (dead) {
                return;
            }
            dead = true;
            CountDownLatch hanging = new CountDownLatch(boundaries.size());
            try (ClientProcess victim = ClientProcess.start(KillMatrixContract.this.getClass())) {
                for (Boundary boundary : boundaries) {
                    SimulatedCluster cluster = cluster(protocol);
                    clusters.put(boundary, cluster);
                    cluster.faults()
                            .at(boundary.request().matcher())
                            .after(boundary.before())
                            .answer(boundary.fault(), hanging::countDown);
                    victim.backUp(cluster);
                }
                assertThat(hanging.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("all backups have come to their boundaries, but for " + hanging.getCount())
                        .isTrue();
                victim.kill();
            } finally {
                clusters.values().forEach(cluster -> cluster.faults().clear());
            }
        }

        void recover(Boundary boundary) throws IOException, InterruptedException {
            die();
            SimulatedCluster cluster = Objects.requireNonNull(clusters.get(boundary));
            Set<Component> asked = asked(cluster);
            boolean journaled = cluster.requests().stream()
                    .filter(request ->
                            Boundary.isJournalWrite(request) && request.path().contains("/_doc/"))
                    .anyMatch(KillMatrixContract::isCarriedOut);
            boolean ended = boundary.carriedOut()
                    && boundary.isJournalWrite()
                    && cluster.requests().stream().anyMatch(RequestMatcher.post("/actuator/exporting/resume")::matches);
            boolean resumed = cluster.requests(RequestMatcher.post("/actuator/exporting/resume")).stream()
                    .anyMatch(KillMatrixContract::isCarriedOut);
            boolean paused = cluster.exportingPaused();
            RecoveryReport report = rescuer().recover(cluster, time.now());
            try (CamundaBackupClient client =
                    Scene.client(cluster, stores(), resources).build()) {
                assertThat(cluster.exportingPaused()).as(report.toString()).isFalse();
                assertThat(report.outcome())
                        .as(report.toString())
                        .isEqualTo(
                                !journaled || ended
                                        ? Outcome.NOTHING_FOUND
                                        : resumed ? Outcome.ABANDONED : Outcome.CONTINUED);
                assertThat(!paused || journaled)
                        .as("no pause without a journal")
                        .isTrue();
                if (paused) {
                    assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
                }
                if (report.outcome() == Outcome.CONTINUED) {
                    assertThat(client.consistency()
                                    .check(report.backup().orElseThrow())
                                    .join())
                            .isConsistent();
                    assertThat(journal(client))
                            .contains("\"state\":\"COMPLETED\"")
                            .doesNotContain("\"pause\":\"PAUSED\"");
                }
                if (report.outcome() == Outcome.ABANDONED) {
                    assertSettled(report, asked);
                    assertThat(journal(client))
                            .contains("\"state\":\"ABANDONED\"")
                            .doesNotContain("\"pause\":\"PAUSED\"");
                }
                assertThat(client.recover().join().outcome()).isEqualTo(Outcome.NOTHING_FOUND);

                BackupReport next = client.backup().completion().join();

                assertThat(next.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
                assertThat(next.warnings()).isEmpty();
                cluster.invariants().assertHold();
            }
        }

        @Override
        public void close() {
            clusters.values().forEach(SimulatedCluster::close);
        }
    }

    /** Whoever was asked is in the report, and nobody is said to have done what it has not. */
    private static void assertSettled(RecoveryReport report, Set<Component> asked) {
        Map<Component, Found> found =
                report.settled().stream().collect(Collectors.toMap(Settled::component, Settled::found));
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
                        .filter(KillMatrixContract::isCarriedOut)
                        .anyMatch(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean isCarriedOut(RecordedRequest request) {
        return request.fault().map(fault -> fault.kind().isCarriedOut()).orElse(true);
    }
}
