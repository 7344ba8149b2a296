package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records' snapshot that ends without some of its shards is taken again where that passes, and only there. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class RetakeTest extends AbstractEngineTest {
    private static final String MOVED = "IndexShardSnapshotFailedException[cannot snapshot while relocating]";
    private static final String SNAPSHOT = "/_snapshot/*/camunda_zeebe_records_backup_*";
    private static final RequestMatcher TAKE = RequestMatcher.put(SNAPSHOT);
    private static final RequestMatcher DELETE = RequestMatcher.delete(SNAPSHOT);
    private static final String AGAIN = "again ZEEBE_RECORDS";

    private final Recording events = new Recording();

    static List<CamundaLine> lines() {
        return List.of(CamundaLine.UP_TO_8_7, CamundaLine.V8_8);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aSnapshotWithoutAShardThatWasBeingMovedIsTakenAgain(CamundaLine line) {
        try (Scene scene = scene(line)) {
            scene.cluster().faults().shardFails(MOVED, 2);

            BackupReport report = scene.backUp();

            assertThat(records(report).takenAgain()).isEqualTo(2);
            assertThat(records(BackupReport.fromJson(report.toJson())).takenAgain())
                    .isEqualTo(2);
            assertThat(report.toString()).contains("taken again 2 times");
            assertThat(report.warnings())
                    .hasSize(2)
                    .allSatisfy(warning -> assertThat(warning).contains(MOVED, "taken again"));
            assertThat(events.events())
                    .containsSubsequence("paused", "started ZEEBE_RECORDS", AGAIN, AGAIN, "finished ZEEBE_RECORDS")
                    .containsOnlyOnce("started ZEEBE_RECORDS");
            assertThat(scene.cluster().requests(DELETE)).hasSize(2);
            assertThat(scene.client().consistency().check(report).join())
                    .isConsistent()
                    .provesEveryPartition();
            scene.cluster().invariants().assertHold();
        }
    }

    static Stream<String> passing() {
        return Stream.of(
                "IndexShardSnapshotFailedException[shard didn't fully recover yet]",
                "IndexShardSnapshotFailedException[snapshot should be performed only on primary]",
                "IllegalIndexShardStateException[CurrentState[POST_RECOVERY] snapshot is not allowed]",
                "ShardNotFoundException[no such shard]",
                "aborted",
                "node left the cluster during snapshot",
                "node shutdown");
    }

    @ParameterizedTest
    @MethodSource("passing")
    void soIsWhatPassesOtherwise(String reason) {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(reason, 1);

            assertThat(records(scene.backUp()).takenAgain()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "primary shard is not allocated",
                "primary shard hasn't been started yet",
                "shard is unassigned",
                "missing index",
                "CorruptIndexException[checksum failed]",
                MOVED + "; nested: CorruptIndexException[checksum failed]",
                "IndexShardSnapshotFailedException[Failed to write file list]; nested: IOException[No space left]",
                ""
            })
    void whatDoesNotPassFailsAtOnce(String reason) {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(reason, 1);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("ended as PARTIAL").hasMessageContaining(reason);
            assertThat(records(failure.report()).takenAgain()).isZero();
            assertThat(scene.cluster().requests(TAKE)).hasSize(1);
            assertThat(scene.cluster().requests(DELETE)).isEmpty();
            assertThat(scene.cluster().exportingPaused()).isFalse();
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void itIsNotTakenAgainForEver() {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(MOVED, 100);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining(MOVED);
            assertThat(records(failure.report()).takenAgain()).isEqualTo(3);
            assertThat(records(failure.report()).state()).isEqualTo(StepReport.State.FAILED);
            assertThat(scene.cluster().requests(TAKE)).hasSize(4);
            assertThat(scene.cluster().exportingPaused()).isFalse();
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void thePausesLimitIsNoLonger() {
        try (Scene scene = Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.ZEEBE_RECORDS, Duration.ofMinutes(5)),
                client -> client.pauseLimit(Duration.ofMinutes(8)))) {
            scene.cluster().faults().shardFails(MOVED, 100);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("The pause of exporting");
            assertThat(failure.pause().duration().orElseThrow())
                    .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(9));
            assertThat(scene.cluster().requests(TAKE)).hasSize(2);
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void theStepsLimitIsForAllOfThem() {
        try (Scene scene = Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.ZEEBE_RECORDS, Duration.ofMinutes(5)),
                client -> client.stepTimeout(Duration.ofMinutes(8)))) {
            scene.cluster().faults().shardFails(MOVED, 100);

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("It is still being made");
            assertThat(failure.pause().duration().orElseThrow())
                    .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(9));
            assertThat(scene.cluster().requests(TAKE)).hasSize(2);
            scene.cluster().invariants().assertHold();
        }
    }

    static List<Fault> lost() {
        return List.of(
                Fault.of(Fault.Kind.CUT_AFTERWARDS),
                Fault.of(Fault.Kind.CUT_BEFORE),
                Fault.status(503),
                Fault.statusAfterwards(502));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void aReplyThatIsLostToTheDeletionIsSettled(Fault fault) {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(MOVED, 1);
            scene.cluster().faults().at(DELETE).answer(fault);

            assertThat(records(scene.backUp()).takenAgain()).isEqualTo(1);

            assertThat(scene.cluster().faults().outstanding()).isZero();
            scene.cluster().invariants().assertHold();
        }
    }

    @ParameterizedTest
    @MethodSource("lost")
    void soIsOneToTheSecondRequest(Fault fault) {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(MOVED, 1);
            scene.cluster().faults().at(TAKE).after(1).answer(fault);

            assertThat(records(scene.backUp()).takenAgain()).isEqualTo(1);

            assertThat(scene.cluster().faults().outstanding()).isZero();
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void whereItMayNotBeDeletedTheRunFailsWithBothReasons() {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(MOVED, 1);
            scene.cluster().faults().at(DELETE).always().answer(Fault.status(403));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining(MOVED).hasMessageContaining("It could not be taken again");
            assertThat(scene.cluster().requests(TAKE)).hasSize(1);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void aSnapshotThatIsNotThisRunsIsLeftAlone() {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(MOVED, 2);
            CompletableFuture<BackupHandle> handle = new CompletableFuture<>();
            events.on(AGAIN, () -> {
                SnapshotStore store = scene.client().snapshotStore();
                String name = name(handle.join().backupId());
                store.deleteSnapshot(name).join();
                store.createSnapshot(SnapshotRequest.builder(name)
                                .index("zeebe-record*")
                                .build())
                        .join();
            });
            handle.complete(scene.client().backup());

            BackupFailedException failure = Scene.failure(handle.join());

            assertThat(failure).hasMessageContaining("Did not delete");
            assertThat(scene.client()
                            .snapshotStore()
                            .get(name(failure.report().backupId()))
                            .join()
                            .map(SnapshotInfo::state))
                    .contains(SnapshotState.PARTIAL);
            assertThat(scene.cluster().requests(DELETE)).hasSize(1);
        }
    }

    @Test
    void aRunWhoseLockWasTakenDeletesNothing() {
        try (Scene scene = scene()) {
            scene.cluster().faults().shardFails(MOVED, 1);
            BackupJournal journal = scene.client().snapshotStore().journal().orElseThrow();
            events.on(AGAIN, () -> {
                JournalEntry ours = journal.read().join().orElseThrow();
                String theirs = ours.text().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"other\"");
                assertThat(journal.write(theirs, Optional.of(ours)).join()).isPresent();
            });

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("The lock was lost");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.TAKEN_OVER);
            assertThat(scene.cluster().requests(DELETE)).isEmpty();
        }
    }

    @Test
    void cancelledInBetweenNothingIsTakenAgain() {
        try (Scene scene = scene()) {
            CompletableFuture<BackupHandle> handle = new CompletableFuture<>();
            scene.cluster().faults().shardFails(MOVED, 1);
            scene.cluster().faults().at(DELETE).act(() -> handle.join().cancel());
            handle.complete(scene.client().backup());

            BackupFailedException failure = Scene.failure(handle.join());

            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
            assertThat(records(failure.report()).failure().orElseThrow()).contains(MOVED);
            assertThat(scene.cluster().requests(TAKE)).hasSize(1);
            assertThat(scene.cluster().exportingPaused()).isFalse();
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void withoutAPauseItIsNotTakenAgain() {
        CamundaLine line = CamundaLine.V8_8.toBuilder("9.7")
                .releases("9.7")
                .withoutOrder()
                .beforePause(Component.ZEEBE_RECORDS)
                .inPause(Component.WEB_APPLICATIONS, Component.OPTIMIZE)
                .inPause(Component.ZEEBE)
                .build();
        try (Scene scene = Scene.of(line, engine(), stores(), cluster -> cluster, client -> client.line(line))) {
            scene.cluster().faults().shardFails(MOVED, 1);

            assertThat(scene.failToBackUp()).hasMessageContaining(MOVED);

            assertThat(scene.cluster().requests(DELETE)).isEmpty();
            scene.cluster().invariants().assertHold(Invariant.EXPORTING_IS_PAUSED_FOR_RECORDS_AND_ZEEBE);
        }
    }

    /** Where the process is killed, and whether a recovery can go on. */
    @ParameterizedTest
    @CsvSource({
        "DELETE, SILENCE, ABANDONED",
        "DELETE, SILENCE_AFTERWARDS, CONTINUED",
        "PUT, SILENCE, CONTINUED",
        "PUT, SILENCE_AFTERWARDS, CONTINUED"
    })
    void aKilledRunIsSettled(String method, Fault.Kind fault, RecoveryReport.Outcome outcome)
            throws IOException, InterruptedException {
        VirtualTime time = new VirtualTime(Instant.now().plus(Duration.ofMinutes(10)));
        try (ClientResources resources = ClientResources.builder().time(time).build();
                SimulatedCluster cluster = cluster(time)) {
            cluster.faults().shardFails(MOVED, 1);
            kill(cluster, method.equals("PUT") ? TAKE : DELETE, method.equals("PUT") ? 1 : 0, fault);

            try (CamundaBackupClient client =
                    Scene.client(cluster, stores(), resources).build()) {
                RecoveryReport recovery = client.recover().join();

                assertThat(recovery.outcome()).as(recovery.toString()).isEqualTo(outcome);
                recovery.backup()
                        .ifPresent(report -> assertThat(
                                        client.consistency().check(report).join())
                                .isConsistent());
                assertThat(cluster.exportingPaused()).isFalse();
                cluster.invariants().assertHold();
            }
        }
    }

    @Test
    void whoeverContinuesARunTakesItAgain() throws IOException, InterruptedException {
        VirtualTime time = new VirtualTime(Instant.now().plus(Duration.ofMinutes(10)));
        try (ClientResources resources = ClientResources.builder().time(time).build();
                SimulatedCluster cluster = cluster(time, Duration.ofMinutes(10))) {
            cluster.faults().shardFails(MOVED, 1);
            kill(cluster, TAKE, 0, Fault.Kind.SILENCE_AFTERWARDS);

            try (CamundaBackupClient client =
                    Scene.client(cluster, stores(), resources).build()) {
                RecoveryReport recovery = client.recover().join();

                assertThat(recovery.outcome()).as(recovery.toString()).isEqualTo(RecoveryReport.Outcome.CONTINUED);
                assertThat(records(recovery.backup().orElseThrow()).takenAgain())
                        .isEqualTo(1);
                assertThat(cluster.requests(DELETE)).hasSize(1);
                cluster.invariants().assertHold();
            }
        }
    }

    private static void kill(SimulatedCluster cluster, RequestMatcher at, int after, Fault.Kind fault)
            throws IOException, InterruptedException {
        CompletableFuture<Void> there = new CompletableFuture<>();
        cluster.faults().at(at).after(after).answer(Fault.of(fault), () -> there.complete(null));
        try (ClientProcess victim = ClientProcess.start()) {
            victim.backUp(cluster);
            there.join();
            victim.kill();
        }
    }

    private SimulatedCluster cluster(VirtualTime time) {
        return cluster(time, Duration.ZERO);
    }

    private SimulatedCluster cluster(VirtualTime time, Duration records) {
        return SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .engine(engine())
                .duration(Duration.ZERO)
                .duration(Component.ZEEBE_RECORDS, records)
                .settling(Duration.ZERO)
                .time(time)
                .build();
    }

    private static String name(BackupId backupId) {
        return SnapshotName.records(backupId).toString();
    }

    private static StepReport records(BackupReport report) {
        return report.step(Component.ZEEBE_RECORDS).orElseThrow();
    }

    private Scene scene() {
        return scene(CamundaLine.V8_8);
    }

    private Scene scene(CamundaLine line) {
        return Scene.of(line, engine(), stores(), cluster -> cluster, client -> client.listener(events));
    }
}
