package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine refuses while a restore runs, after a plan that knew nothing of it. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class EngineRefusalTest extends AbstractEngineTest {
    private static final RequestMatcher DELETION = RequestMatcher.of("DELETE", "/*");
    private static final String READ_ONLY = "operate-event-8.3.0_";

    private RestoreScene scene() {
        return new RestoreScene(Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Component.ZEEBE_RECORDS, Duration.ofMinutes(20))
                        .restoreDuration(RestoreScene.RESTORE_DURATION),
                client -> client));
    }

    /** The nightly snapshot of somebody else. */
    private static void takeAnotherSnapshot(RestoreScene scene) {
        scene.web().send("PUT", "/_snapshot/" + scene.scene().cluster().repository() + "/nightly", "{}");
    }

    private static RestoreFailedException failure(RestoreScene scene, RestorePlan plan) {
        return RestoreScene.failure(scene.scene().client().restore().execute(plan));
    }

    @Test
    void aSnapshotOfOthersIsWaitedFor() {
        try (RestoreScene scene = scene()) {
            scene.stop();
            RestorePlan plan = scene.plan();
            takeAnotherSnapshot(scene);

            RestoreReport report =
                    scene.scene().client().restore().execute(plan).completion().join();

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.duration()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(22));
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .startsWith("The deletion of the indices was refused, and is tried again")
                            .contains("being snapshotted"));
        }
    }

    @Test
    void aSnapshotThatTakesTooLongLeavesEverythingAsItIs() {
        try (RestoreScene scene = scene()) {
            scene.stop();
            RestoreClient restore = scene.scene()
                    .client()
                    .restore(scene.settings().stepTimeout(Duration.ofMinutes(5)).build());
            RestorePlan plan = restore.plan(scene.backupId()).join();
            takeAnotherSnapshot(scene);

            RestoreFailedException refused = RestoreScene.failure(restore.execute(plan));

            assertNothingChanged(scene, refused);
            assertThat(refused).hasMessageContaining("being snapshotted");
        }
    }

    @Test
    void cancelledWhileASnapshotIsWaitedForNothingIsChanged() {
        try (RestoreScene scene = scene()) {
            scene.stop();
            RestorePlan plan = scene.plan();
            takeAnotherSnapshot(scene);
            CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(DELETION)
                    .after(20)
                    .act(() -> handle.join().cancel());
            handle.complete(scene.scene().client().restore().execute(plan));

            RestoreFailedException cancelled = RestoreScene.failure(handle.join());

            assertThat(cancelled.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(cancelled.report().remaining())
                    .singleElement()
                    .asString()
                    .contains("nothing else was changed");
            assertThat(scene.journaled()).contains("CANCELLED");
        }
    }

    @Test
    void aReadOnlyIndexIsNoMissingPrivilegeAndLeavesEverythingAsItIs() {
        try (RestoreScene scene = scene()) {
            scene.stop();
            RestorePlan plan = scene.plan();
            scene.web().send("PUT", "/" + READ_ONLY + "/_settings", "{\"index.blocks.read_only\":true}");

            RestoreFailedException refused = failure(scene, plan);

            assertNothingChanged(scene, refused);
            assertThat(refused)
                    .hasMessageContaining("index [" + READ_ONLY + "] blocked by: [FORBIDDEN/5/index read-only (api)]")
                    .hasMessageNotContaining("privilege");
        }
    }

    @Test
    void aRefusalOfWhatWasDeletedInPartIsNotCalledUnchanged() {
        try (RestoreScene scene = scene()) {
            scene.stop();
            RestorePlan plan = scene.plan();
            scene.scene().cluster().faults().at(DELETION).act(() -> {
                // As the second of several requests is refused.
                scene.web().send("PUT", "/" + READ_ONLY + "/_settings", "{\"index.blocks.read_only\":true}");
                scene.scene()
                        .client()
                        .snapshotStore()
                        .deleteIndices(plan.deletions().stream()
                                .filter(index -> !index.equals(READ_ONLY))
                                .toList())
                        .join();
            });

            RestoreFailedException failed = failure(scene, plan);

            assertThat(failed.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.report().deleted()).hasSize(plan.deletions().size() - 1);
            assertThat(scene.journaled()).contains("FAILED");
        }
    }

    @Test
    void whatItsControlHasStoppedIsAllThatWasChanged() {
        try (RestoreScene scene = scene()) {
            RestoreSettings settings = scene.settings()
                    .brokers(3)
                    .control(scene.scene().cluster().control())
                    .build();
            RestoreClient restore = scene.scene().client().restore(settings);
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.web().send("PUT", "/" + READ_ONLY + "/_settings", "{\"index.blocks.read_only\":true}");

            RestoreFailedException failed = RestoreScene.failure(restore.execute(plan));

            assertThat(failed.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.report().remaining()).first().asString().contains("asked to stop, and nothing else");
            settings.control().orElseThrow().start(plan.components()).join();
            scene.scene().time().delay(Duration.ofMinutes(1)).join();
            assertThat(scene.scene().backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
        }
    }

    @Test
    void anOverloadedEngineIsAskedAgainForDeletionsAndForRestores() {
        try (RestoreScene scene = scene()) {
            scene.stop();
            RestorePlan plan = scene.plan();
            scene.scene().cluster().faults().at(DELETION).times(2).answer(Fault.status(429));
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/*/_restore"))
                    .after(1)
                    .times(2)
                    .answer(Fault.status(429));

            RestoreReport report =
                    scene.scene().client().restore().execute(plan).completion().join();

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("The deletion of the indices was refused"))
                    .anySatisfy(warning -> assertThat(warning).startsWith("The restore of the snapshot camunda_"));
        }
    }

    @Test
    void ofWhatWasAcceptedInPartOnlyTheRestIsAskedForAgain() {
        try (RestoreScene scene = scene();
                SnapshotStore store = new InTwoRequests(scene.scene());
                CamundaBackupClient client = client(scene, store)) {
            scene.stop();
            RestorePlan plan = client.restore().plan(scene.backupId()).join();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/*/_restore"))
                    .after(1)
                    .answer(Fault.status(429));

            RestoreReport report = client.restore().execute(plan).completion().join();

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("The restore of the snapshot camunda_"));
            assertThat(scene.documents()).containsAllEntriesOf(scene.backedUp());
            assertThat(List.of(plan.toString(), report.toString()))
                    .allSatisfy(text -> assertThat(text).contains("Not in it:", "document store", "dual-region"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereAnIndexIsFromIsAskedInTime(Answer answer) {
        try (RestoreScene scene = scene();
                InTwoRequests store = new InTwoRequests(scene.scene());
                CamundaBackupClient client = client(scene, store)) {
            scene.stop();
            RestorePlan plan = client.restore().plan(scene.backupId()).join();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/*/_restore"))
                    .after(1)
                    .answer(Fault.status(429), () -> store.answers = answer);

            RestoreReport report = client.restore().execute(plan).completion().join();

            assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(store.asked).hasPositiveValue();
        }
    }

    /** What the engine says when it is asked where an index is from. */
    enum Answer {
        AS_IT_IS,
        /** As after a restart or a move of the shard. */
        ONLY_ONCE,
        /** As in an outage, which ends after some questions. */
        AFTER_A_WHILE
    }

    @Test
    void anIndexThatAppearsWhileTheRestoreIsRefusedIsNotTakenForRestored() {
        try (RestoreScene scene = scene();
                SnapshotStore store = new SomebodyElse(scene);
                CamundaBackupClient client = client(scene, store)) {
            scene.stop();
            RestorePlan plan = client.restore().plan(scene.backupId()).join();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.post("/_snapshot/*/*/_restore"))
                    .answer(Fault.status(429));

            RestoreFailedException failed =
                    RestoreScene.failure(client.restore().execute(plan));

            String index = plan.snapshots().stream()
                    .flatMap(snapshot -> snapshot.indices().stream())
                    .findFirst()
                    .orElseThrow();
            assertThat(failed).hasMessageContaining("does not say that they were restored: " + index);
            assertThat(failed.report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.report().indices())
                    .filteredOn(reported -> reported.name().equals(index))
                    .singleElement()
                    .satisfies(reported -> assertThat(reported.state()).isNotEqualTo(RestoreReport.State.RESTORED));
        }
    }

    private CamundaBackupClient client(RestoreScene scene, SnapshotStore store) {
        return Scene.client(scene.scene().cluster(), stores(), scene.scene().resources())
                .snapshotStore(store)
                .build();
    }

    /** A store beside which a program makes an index before the first restore. */
    private final class SomebodyElse extends ForwardingSnapshotStore {
        private final RestoreScene scene;
        private final AtomicBoolean made = new AtomicBoolean();

        SomebodyElse(RestoreScene scene) {
            super(stores().create(
                            Endpoint.of(scene.scene().cluster().searchEngineUri()),
                            scene.scene().cluster().repository(),
                            scene.scene().resources()));
            this.scene = scene;
        }

        @Override
        public CompletableFuture<Void> restore(RestoreRequest request) {
            CompletableFuture<Void> asked = super.restore(request);
            if (made.compareAndSet(false, true)) {
                return asked.whenComplete((accepted, refused) ->
                        scene.web().write(request.indices().subList(0, 1), "somebody else's"));
            }
            return asked;
        }
    }

    /** A store that asks for a restore in two requests, as it does for very many names. */
    private final class InTwoRequests extends ForwardingSnapshotStore {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile @Nullable Answer answers;

        InTwoRequests(Scene scene) {
            super(stores().create(
                            Endpoint.of(scene.cluster().searchEngineUri()),
                            scene.cluster().repository(),
                            scene.resources()));
        }

        @Override
        public CompletableFuture<Map<String, String>> restoredIndices(Collection<String> indices) {
            Answer how = answers;
            int before = how == null ? 0 : asked.getAndIncrement();
            if (how == Answer.AFTER_A_WHILE && before < 3) {
                return CompletableFuture.failedFuture(new RequestTimedOutException(
                        new RemoteCall("look", "the engine", "GET", URI.create("http://engine/_recovery")),
                        Duration.ofSeconds(1)));
            }
            return how == Answer.ONLY_ONCE && before > 0
                    ? CompletableFuture.completedFuture(Map.of())
                    : super.restoredIndices(indices);
        }

        @Override
        public CompletableFuture<Void> restore(RestoreRequest request) {
            List<String> all = request.indices();
            return all.size() < 2
                    ? super.restore(request)
                    : super.restore(request.withIndices(all.subList(0, 1)))
                            .thenCompose(accepted -> super.restore(request.withIndices(all.subList(1, all.size()))));
        }
    }

    /** The engine is as it was, and so is the lock. */
    private static void assertNothingChanged(RestoreScene scene, RestoreFailedException refused) {
        RestoreReport report = refused.report();
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.deleted()).isEmpty();
        assertThat(report.remaining())
                .singleElement()
                .asString()
                .contains("Nothing was deleted, and nothing else was changed");
        assertThat(scene.documents()).isEqualTo(scene.backedUp());
        scene.start();
        assertThat(scene.scene().backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
    }
}
