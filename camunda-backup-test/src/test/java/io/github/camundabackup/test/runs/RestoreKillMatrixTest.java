package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.runs.ClientProcess.Target;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/**
 * A process that restores a cluster is killed with SIGKILL before and after everything that it changes, and at its
 * first question of each kind. The engine is left as it was at that moment, with half a snapshot restored. Then another
 * client plans and executes again, which knows nothing but the endpoints: it keeps what is whole, ends complete, puts
 * back what limits of the engine the dead one has raised, and deletes nothing that is not planned; no backup is taken in
 * between, and the journal is true.
 */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class RestoreKillMatrixTest extends AbstractKilledProcessTest<RestoreKillMatrixTest.Subject> {
    private static final int BATCH = 64;
    // Of the snapshots of Camunda up to 8.7, which are many more, and all the same.
    private static final int FEW = 3;
    // So that a snapshot is asked for more than once.
    private static final Duration RESTORE = Duration.ofSeconds(5);
    private static final String JOURNAL = "hot-backup-journal";

    RestoreKillMatrixTest() {
        super(BATCH);
    }

    /** What only reads leaves the same behind, whenever it is asked. */
    @Override
    List<Boundary> boundaries(CamundaLine line) {
        try (Subject subject = new Subject(line);
                CamundaBackupClient client = Target.stopped(subject.cluster).client(stores(), resources())) {
            RestoreClient restore = client.restore(RestoreScene.keepingTheStranger());
            restore.execute(restore.plan(subject.backupId).join()).completion().join();
            Map<String, List<RecordedRequest>> kinds = subject.requests()
                    .collect(Collectors.groupingBy(
                            RestoreFaultMatrixTest::kind, LinkedHashMap::new, Collectors.toList()));
            List<Boundary> boundaries = new ArrayList<>();
            kinds.forEach((kind, requests) -> {
                boolean reads = requests.get(0).method().equals("GET");
                int last = requests.size() - 1;
                List<String> words = List.of(kind.split(" ", 3));
                RequestMatcher matcher = RequestMatcher.of(words.get(1), words.get(2));
                for (int before = 0; before <= (reads ? 0 : last); before++) {
                    if (line.equals(CamundaLine.V8_8) || before < FEW || before == last) {
                        boundaries.add(new Boundary(kind, matcher, before, false));
                        if (!reads) {
                            boundaries.add(new Boundary(kind, matcher, before, true));
                        }
                    }
                }
            });
            assertThat(boundaries.stream().filter(Boundary::carriedOut)).hasSizeGreaterThan(9);
            return boundaries;
        }
    }

    @Override
    Subject subject(CamundaLine line) {
        return new Subject(line);
    }

    @Override
    SimulatedCluster cluster(Subject subject) {
        return subject.cluster;
    }

    @Override
    void begin(ClientProcess victim, Subject subject) throws IOException {
        victim.restore(subject.cluster, subject.backupId);
    }

    @Override
    void hangs(Subject subject) {
        subject.clock.stop();
    }

    /** A cluster that has gone on after a backup, beside another one's index. */
    final class Subject implements AutoCloseable {
        private final TickingTime clock = new TickingTime(time().now());
        private final SimulatedCluster cluster;
        private final BackupId backupId;
        /** What there has to be after a restore. */
        private final Map<String, Long> wanted;
        /** What may be deleted. */
        private final Set<String> own;

        private final int goneOn;

        Subject(CamundaLine line) {
            cluster = clusterBuilder(line).restoreDuration(RESTORE).time(clock).build();
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
            return Scene.client(cluster, stores(), resources()).build();
        }

        Stream<RecordedRequest> requests() {
            return cluster.requests().stream().skip(goneOn);
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    @Override
    void recover(Subject subject, Boundary boundary, long pid) {
        try (CamundaBackupClient backups = subject.client();
                CamundaBackupClient restores = Target.stopped(subject.cluster).client(stores(), resources())) {
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
            time().delay(Duration.ofSeconds(1)).join();
            BackupReport next = backups.backup().completion().join();
            assertThat(next.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            // Of an index that may be the cluster's, or another's.
            assertThat(next.warnings())
                    .allSatisfy(warning -> assertThat(warning)
                            .contains("are in none of the snapshots: " + RestoreScene.STRANGER + "."));
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
        assertThat(!changed || known).as("nothing changed without a journal").isTrue();
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
        RestoreClient restore = client.restore(RestoreSettings.builder()
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
        EngineLimits limits = EngineLimits.of(subject.cluster);
        assertThat(limits.asAtFirst() || limits.noted())
                .as("nothing raised without a note")
                .isTrue();
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
        assertThat(EngineLimits.of(subject.cluster).asAtFirst()).isTrue();
        return report;
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
