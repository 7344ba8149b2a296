package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupReport;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.restore.RestoreEngine;
import io.github.camundabackup.restore.RestoreListener;
import io.github.camundabackup.restore.RestorePlan;
import io.github.camundabackup.restore.RestoreReport;
import io.github.camundabackup.restore.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreReport.State;
import io.github.camundabackup.restore.RestoreSettings;
import io.github.camundabackup.restore.RestoreStatus;
import io.github.camundabackup.restore.RestoreStatus.Step;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.runs.ClientProcess.Target;
import io.github.camundabackup.test.runs.Scene.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A process that restores a cluster is killed with SIGKILL before and after everything that it changes, and at its first question of each
 * kind. The engine is left as it was at that moment, with half a snapshot restored. Then another client plans and executes again, which
 * knows nothing but the endpoints: it keeps what is whole, ends complete, and deletes nothing that is not planned; no backup is taken in
 * between, and the journal is true.
 *
 * <p>One process restores many clusters, each of which hangs at its own boundary when the process is killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RestoreKillMatrixContract implements ClientProcess.Contract {
    private static final int BATCH = 64;
    // Of the older protocol's snapshots, which are many more, and all the same.
    private static final int FEW = 3;
    // Real time: all of a batch have come to their boundaries long before, and none of their requests has timed out.
    private static final int PATIENCE_SECONDS = 25;
    // So that a snapshot is asked for more than once.
    private static final Duration RESTORE = Duration.ofSeconds(5);
    private static final String JOURNAL = "hot-backup-journal";

    private final SimulationHost host = SimulationHost.create();
    // Later than in the processes that are killed, whose time is real.
    private final VirtualTime time = new VirtualTime(Instant.now().plus(Duration.ofHours(1)));
    // One for all: the servers of the JDK break connections when too many are idle.
    private final ClientResources resources =
            ClientResources.builder().time(time).build();
    private final List<Batch> batches = new ArrayList<>();

    public abstract SearchEngine engine();

    @Override
    public abstract Stores stores();

    @AfterAll
    void close() {
        batches.forEach(Batch::close);
        resources.close();
        host.close();
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
        assertThat(boundaries.stream().filter(boundary -> boundary.carriedOut)).hasSizeGreaterThan(9);
        List<DynamicNode> nodes = new ArrayList<>();
        for (int from = 0; from < boundaries.size(); from += BATCH) {
            Batch batch = new Batch(protocol, boundaries.subList(from, Math.min(from + BATCH, boundaries.size())));
            batches.add(batch);
            nodes.add(dynamicContainer(
                    "process " + batches.size(),
                    batch.boundaries.stream()
                            .map(boundary -> dynamicTest(boundary.toString(), () -> batch.restoreAgain(boundary)))));
        }
        return nodes.stream();
    }

    /** From a restore that nobody kills. What only reads leaves the same behind, whenever it is asked. */
    private List<Boundary> boundaries(Protocol protocol) {
        try (Subject subject = new Subject(protocol);
                CamundaBackupClient client = Target.stopped(subject.cluster).client(this, resources)) {
            RestoreEngine restore = client.restore(RestoreScene.keepingTheStranger());
            restore.execute(restore.plan(subject.backupId).join()).completion().join();
            Map<String, List<RecordedRequest>> kinds = subject.requests()
                    .collect(Collectors.groupingBy(
                            RestoreFaultMatrixContract::kind, LinkedHashMap::new, Collectors.toList()));
            List<Boundary> boundaries = new ArrayList<>();
            kinds.forEach((kind, requests) -> {
                boolean reads = requests.get(0).method().equals("GET");
                int last = requests.size() - 1;
                for (int before = 0; before <= (reads ? 0 : last); before++) {
                    if (protocol == Protocol.FROM_8_8 || before < FEW || before == last) {
                        boundaries.add(new Boundary(kind, before, false));
                        if (!reads) {
                            boundaries.add(new Boundary(kind, before, true));
                        }
                    }
                }
            });
            return boundaries;
        }
    }

    /**
     * A place to die at.
     *
     * @param kind of a request
     * @param before how many of its kind pass before
     * @param carriedOut whether it has its effect
     */
    record Boundary(String kind, int before, boolean carriedOut) {
        RequestMatcher matcher() {
            List<String> words = List.of(kind.split(" ", 3));
            return RequestMatcher.of(words.get(1), words.get(2));
        }

        Fault fault() {
            return Fault.of(carriedOut ? Fault.Kind.SILENCE_AFTERWARDS : Fault.Kind.SILENCE);
        }

        @Override
        public String toString() {
            return (carriedOut ? "after " : "before ") + kind + (before == 0 ? "" : ", number " + (before + 1));
        }
    }

    /** A cluster that has gone on after a backup, beside another one's index. */
    private final class Subject implements AutoCloseable {
        private final TickingTime clock = new TickingTime(time.now());
        private final SimulatedCluster cluster;
        private final BackupId backupId;
        /** What there has to be after a restore. */
        private final Map<String, Long> wanted;
        /** What may be deleted. */
        private final Set<String> own;

        private final int goneOn;

        Subject(Protocol protocol) {
            cluster = SimulatedCluster.builder()
                    .host(host)
                    .protocol(protocol)
                    .engine(engine())
                    .partitions(2)
                    .duration(Duration.ZERO)
                    .settling(Duration.ZERO)
                    .restoreDuration(RESTORE)
                    .time(clock)
                    .build();
            try (CamundaBackupClient client = client()) {
                backupId = client.backup().completion().join().backupId();
                EngineWeb web = new EngineWeb(cluster.searchEngineUri());
                web.write(RestoreScene.STRANGER, "1");
                wanted = documents(client.snapshotStore());
                List<String> indices = wanted.keySet().stream().sorted().toList();
                web.write(indices.get(0), "later");
                web.delete("/" + indices.get(1));
                web.write(RestoreScene.NEXT_DAY, "later");
                own = documents(client.snapshotStore()).keySet().stream()
                        .filter(index -> !index.equals(RestoreScene.STRANGER))
                        .collect(Collectors.toSet());
            }
            goneOn = cluster.requests().size();
        }

        CamundaBackupClient client() {
            return Scene.client(cluster, stores(), resources).build();
        }

        Stream<RecordedRequest> requests() {
            return cluster.requests().stream().skip(goneOn);
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    /** Clusters whose restores die with one process. */
    private final class Batch implements AutoCloseable {
        private final Protocol protocol;
        private final List<Boundary> boundaries;
        private final Map<Boundary, Subject> subjects = new HashMap<>();
        private long pid;

        Batch(Protocol protocol, List<Boundary> boundaries) {
            this.protocol = protocol;
            this.boundaries = boundaries;
        }

        private void die() throws IOException, InterruptedException {
            if (pid != 0) {
                return;
            }
            CountDownLatch hanging = new CountDownLatch(boundaries.size());
            try (ClientProcess victim = ClientProcess.start(RestoreKillMatrixContract.this.getClass())) {
                pid = victim.pid();
                // All of them first: no request of a restore may time out before the last one has begun.
                boundaries.forEach(boundary -> subjects.put(boundary, new Subject(protocol)));
                for (Boundary boundary : boundaries) {
                    Subject subject = Objects.requireNonNull(subjects.get(boundary));
                    subject.cluster
                            .faults()
                            .at(boundary.matcher())
                            .after(boundary.before())
                            .answer(boundary.fault(), () -> {
                                subject.clock.stop();
                                hanging.countDown();
                            });
                    victim.restore(subject.cluster, subject.backupId);
                }
                assertThat(hanging.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("all restores have come to their boundaries, but for " + hanging.getCount())
                        .isTrue();
                victim.kill();
            } finally {
                subjects.values().forEach(subject -> subject.cluster.faults().clear());
            }
        }

        void restoreAgain(Boundary boundary) throws IOException, InterruptedException {
            die();
            Subject subject = Objects.requireNonNull(subjects.get(boundary));
            try (CamundaBackupClient backups = subject.client();
                    CamundaBackupClient restores =
                            Target.stopped(subject.cluster).client(RestoreKillMatrixContract.this, resources)) {
                Left left = left(subject, backups.snapshotStore());
                if (left.inTheMiddle()) {
                    assertThat(Scene.failure(backups.backup()))
                            .hasMessageContaining("The restore of backup " + subject.backupId + " (RUNNING")
                            .hasMessageContaining("process " + pid)
                            .hasMessageContaining("half restored");
                }

                RestoreReport report = assertComplete(subject, restores, left);

                assertThat(report.warnings().stream().anyMatch(warning -> warning.contains("did not end well")))
                        .isEqualTo(left.inTheMiddle());
                // Ids are in seconds.
                time.delay(Duration.ofSeconds(1)).join();
                BackupReport next = backups.backup().completion().join();
                assertThat(next.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
                assertThat(next.warnings()).isEmpty();
            }
        }

        /** What the process has left behind, of which the journal must be true. */
        private Left left(Subject subject, SnapshotStore store) {
            assertThat(deleted(subject.requests())).isSubsetOf(subject.own);
            boolean changed = subject.requests()
                    .filter(request -> request.fault()
                            .map(fault -> fault.kind().isCarriedOut())
                            .orElse(true))
                    .anyMatch(request ->
                            request.method().equals("DELETE") || request.path().endsWith("/_restore"));
            String journal = journal(store);
            boolean known = journal.contains("\"kind\":\"RESTORE\"");
            boolean ended = known && journal.contains("\"state\":\"COMPLETED\"");
            assertThat(!changed || known)
                    .as("nothing changed without a journal")
                    .isTrue();
            if (ended) {
                assertThat(documents(store)).isEqualTo(subject.wanted);
            }
            Map<String, Long> there = documents(store);
            return new Left(
                    known && !ended,
                    there.keySet(),
                    store.restoredIndices(there.keySet()).join().keySet());
        }

        private RestoreReport assertComplete(Subject subject, CamundaBackupClient client, Left left) {
            RestoreEngine restore = client.restore(RestoreSettings.builder()
                    .keep(RestoreScene.STRANGER)
                    .listener(new RestoreListener() {
                        @Override
                        public void progress(BackupId backupId, RestoreStatus status) {
                            if (status.step() == Step.RESTORING) {
                                subject.clock.goOn();
                            }
                        }
                    })
                    .build());
            RestorePlan plan = restore.plan(subject.backupId).join();
            int before = subject.cluster.requests().size();

            RestoreReport report = restore.execute(plan).completion().join();

            subject.clock.goOn();
            assertThat(plan.deletions())
                    .containsExactlyInAnyOrderElementsOf(left.there().stream()
                            .filter(index -> !left.whole().contains(index) && !index.equals(RestoreScene.STRANGER))
                            .toList());
            assertThat(deleted(subject.cluster.requests().stream().skip(before)))
                    .containsExactlyInAnyOrderElementsOf(plan.deletions());
            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.indices())
                    .allSatisfy(index -> assertThat(index.state())
                            .as(index.name())
                            .isEqualTo(left.whole().contains(index.name()) ? State.KEPT : State.RESTORED));
            assertThat(documents(client.snapshotStore())).isEqualTo(subject.wanted);
            assertThat(journal(client.snapshotStore())).contains("\"kind\":\"RESTORE\"", "\"state\":\"COMPLETED\"");
            return report;
        }

        @Override
        public void close() {
            subjects.values().forEach(Subject::close);
        }
    }

    /**
     * What a killed process has left behind.
     *
     * @param inTheMiddle whether the journal says that it restores
     * @param there all indices
     * @param whole those of them that are wholly restored
     */
    private record Left(boolean inTheMiddle, Set<String> there, Set<String> whole) {}

    private static List<String> deleted(Stream<RecordedRequest> requests) {
        return requests.filter(request -> request.method().equals("DELETE"))
                .flatMap(request -> Stream.of(URLDecoder.decode(request.path(), StandardCharsets.UTF_8)
                        .substring(1)
                        .split(",", -1)))
                .toList();
    }

    /** But for the journal, which no backup holds and no restore touches. */
    private static Map<String, Long> documents(SnapshotStore store) {
        return store.listIndices(List.of("*")).join().stream()
                .filter(index -> !index.name().equals(JOURNAL))
                .collect(Collectors.toMap(IndexInfo::name, IndexInfo::documents));
    }

    private static String journal(SnapshotStore store) {
        return store.journal().orElseThrow().read().join().orElseThrow().text();
    }
}
