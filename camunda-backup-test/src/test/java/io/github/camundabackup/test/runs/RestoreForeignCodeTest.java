package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RepositoryInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a store or a control does that is not the library's, a restore ends, and says why. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class RestoreForeignCodeTest extends AbstractEngineTest {
    private static final Duration STEP = Duration.ofMinutes(3);

    private RestoreScene scene() {
        RestoreScene scene = new RestoreScene(CamundaLine.V8_8, engine(), stores());
        scene.goOn();
        return scene;
    }

    /** What a store is asked in a restore. */
    enum Call {
        LIST,
        GET,
        INDICES,
        REPOSITORY,
        DELETION,
        ORIGINS,
        RESTORE,
        PROGRESS,
        COUNTS
    }

    /** A list may take as long as it needs. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIST")
    void aStoreThatNeverAnswersEndsARestoreByItsStepsLimit(Call call) {
        try (RestoreScene scene = scene()) {
            HangingStore store = new HangingStore(scene, call);
            RestoreHandle handle = store.execute(RestoreSettings.builder().stepTimeout(STEP));

            RestoreReport report = RestoreScene.failure(handle).report();

            assertThat(report.outcome()).isIn(Outcome.FAILED, Outcome.REFUSED);
            assertThat(report.failure().orElseThrow()).contains("did not end within 180 s", "stepTimeout");
            assertThat(report.duration()).isBetween(STEP, STEP.plusMinutes(1));
            store.assertCancelled();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatNeverAnswersIsNotWaitedForOnceCancelled(Call call) {
        try (RestoreScene scene = scene()) {
            HangingStore store = new HangingStore(scene, call);
            CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
            store.reached.thenRun(() -> handle.join().cancel());
            handle.complete(store.execute(RestoreSettings.builder()));

            RestoreReport report = RestoreScene.failure(handle.join()).report();

            assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(report.duration()).isLessThan(Duration.ofMinutes(1));
            if (call != Call.LIST) {
                store.assertCancelled();
            }
        }
    }

    /** Never answers one of the questions, once there is a plan. */
    private static final class HangingStore extends ForwardingSnapshotStore {
        private final RestoreScene scene;
        private final Call call;
        private final CompletableFuture<Void> reached = new CompletableFuture<>();
        private final CompletableFuture<Object> never = new CompletableFuture<>();
        private volatile boolean planned;

        HangingStore(RestoreScene scene, Call call) {
            super(scene.scene().client().snapshotStore());
            this.scene = scene;
            this.call = call;
        }

        RestoreHandle execute(RestoreSettings.Builder settings) {
            RestoreClient restore =
                    RestoreClient.create(this, settings.build(), scene.scene().resources());
            RestorePlan plan = restore.plan(scene.backupId()).join();
            planned = true;
            return restore.execute(plan);
        }

        void assertCancelled() {
            assertThat(reached).isCompleted();
            assertThatThrownBy(never::join).isInstanceOf(CancellationException.class);
        }

        @SuppressWarnings("unchecked")
        private <T> CompletableFuture<T> unless(Call asked, Supplier<CompletableFuture<T>> answer) {
            if (!planned || asked != call) {
                return answer.get();
            }
            reached.complete(null);
            return (CompletableFuture<T>) never;
        }

        @Override
        public CompletableFuture<Void> list(Collection<String> patterns, Consumer<SnapshotInfo> consumer) {
            return unless(Call.LIST, () -> super.list(patterns, consumer));
        }

        @Override
        public CompletableFuture<Optional<SnapshotInfo>> get(String snapshot) {
            return unless(Call.GET, () -> super.get(snapshot));
        }

        @Override
        public CompletableFuture<Map<String, SnapshotInfo>> getAll(Collection<String> snapshots) {
            return unless(Call.GET, () -> super.getAll(snapshots));
        }

        @Override
        public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
            return unless(Call.INDICES, () -> super.listIndices(patterns));
        }

        @Override
        public CompletableFuture<RepositoryInfo> verifyRepository() {
            return unless(Call.REPOSITORY, super::verifyRepository);
        }

        @Override
        public CompletableFuture<Void> deleteIndices(Collection<String> names) {
            return unless(Call.DELETION, () -> super.deleteIndices(names));
        }

        @Override
        public CompletableFuture<Map<String, String>> restoredIndices(Collection<String> indices) {
            return unless(Call.ORIGINS, () -> super.restoredIndices(indices));
        }

        @Override
        public CompletableFuture<Void> restore(RestoreRequest request) {
            return unless(Call.RESTORE, () -> super.restore(request));
        }

        @Override
        public CompletableFuture<RestoreProgress> restoreProgress(Collection<String> indices) {
            return unless(Call.PROGRESS, () -> super.restoreProgress(indices));
        }

        @Override
        public CompletableFuture<Map<String, Long>> documentCounts(Collection<String> indices) {
            return unless(Call.COUNTS, () -> super.documentCounts(indices));
        }
    }

    /** What a control is asked to do. */
    enum Task {
        STOP,
        RESTORE_ZEEBE,
        START
    }

    @ParameterizedTest
    @EnumSource
    void aControlThatThrowsAnErrorFailsItsStep(Task task) {
        RestoreFailedException failure = failure(task, () -> {
            throw new StackOverflowError("control");
        });

        assertThat(failure).hasMessageContaining("by the control failed").hasMessageContaining("StackOverflowError");
        assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullAway") // That is what it is about.
    void aControlThatAnswersNullFailsItsStep(Task task) {
        assertThat(failure(task, () -> null)).hasMessageContaining("it returned null");
    }

    @ParameterizedTest
    @EnumSource
    void aControlThatCancelsItselfFailsItsStep(Task task) {
        RestoreFailedException failure =
                failure(task, () -> CompletableFuture.failedFuture(new CancellationException("by itself")));

        assertThat(failure).hasMessageContaining("by itself");
        assertThat(failure.report().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aControlThatCompletesTwiceIsBelievedOnce() {
        try (RestoreScene scene = scene()) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answer.complete(null);
            Control control = new Control(scene, Task.RESTORE_ZEEBE, () -> {
                scene.scene()
                        .time()
                        .delay(Duration.ofSeconds(1))
                        .thenRun(() -> answer.obtrudeException(new IllegalStateException("twice")));
                return answer;
            });

            assertThat(control.restore(scene.settings()).completion().join().outcome())
                    .isEqualTo(Outcome.COMPLETED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aControlThatNeverEndsIsCancelled(Task task) {
        CompletableFuture<Void> never = new CompletableFuture<>();

        cancelled(task, never);

        assertThat(never).isCancelled();
    }

    @ParameterizedTest
    @EnumSource
    void aControlThatHeedsNoCancellationIsNotWaitedForForEver(Task task) {
        RestoreReport report = cancelled(task, new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                throw new IllegalStateException("No.");
            }
        });

        assertThat(report.duration()).isBetween(Duration.ofSeconds(25), Duration.ofMinutes(2));
    }

    @Test
    void theEndOfWhatAControlIsDoingIsWaitedFor() {
        try (RestoreScene scene = scene()) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            CompletableFuture<Void> work = new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    return scene.scene()
                            .time()
                            .delay(Duration.ofSeconds(20))
                            .thenRun(() -> {
                                ended.complete(null);
                                super.cancel(false);
                            })
                            .isDone();
                }
            };

            cancelled(scene, Task.RESTORE_ZEEBE, work);

            assertThat(ended).isCompleted();
        }
    }

    private RestoreReport cancelled(Task task, CompletableFuture<Void> work) {
        try (RestoreScene scene = scene()) {
            return cancelled(scene, task, work);
        }
    }

    private static RestoreReport cancelled(RestoreScene scene, Task task, CompletableFuture<Void> work) {
        CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
        Control control = new Control(scene, task, () -> {
            handle.join().cancel();
            return work;
        });
        handle.complete(control.restore(scene.settings()));

        RestoreReport report = RestoreScene.failure(handle.join()).report();

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("The control was asked for", "not known"));
        return report;
    }

    private RestoreFailedException failure(Task task, Supplier<@Nullable CompletableFuture<Void>> answer) {
        try (RestoreScene scene = scene()) {
            return RestoreScene.failure(new Control(scene, task, answer).restore(scene.settings()));
        }
    }

    /** In real time, hurried: a virtual time would wait for what blocks. */
    @ParameterizedTest
    @EnumSource
    void aControlThatBlocksHoldsNothingUpOnceCancelled(Task task) {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
        try {
            hurried(
                    task,
                    () -> {
                        handle.join().cancel();
                        Blocked.until(end);
                        return CompletableFuture.completedFuture(null);
                    },
                    (restore, plan) -> {
                        handle.complete(restore.execute(plan));
                        return handle.join();
                    });
        } finally {
            end.countDown();
        }
    }

    @Test
    void aControlMayCloseTheRestoresFromInside() {
        CompletableFuture<RestoreClient> client = new CompletableFuture<>();
        hurried(
                Task.STOP,
                () -> {
                    client.join().shutDown();
                    return CompletableFuture.completedFuture(null);
                },
                (restore, plan) -> {
                    client.complete(restore);
                    return restore.execute(plan);
                });
    }

    private void hurried(
            Task task,
            Supplier<@Nullable CompletableFuture<Void>> answer,
            BiFunction<RestoreClient, RestorePlan, RestoreHandle> execute) {
        try (RestoreScene scene = still();
                ClientResources resources =
                        ClientResources.builder().time(new HurriedTime()).build()) {
            RestoreClient restore =
                    client(scene, resources, settings -> settings.control(new Control(scene, task, answer)));
            RestorePlan plan = restore.plan(scene.backupId()).join();

            RestoreReport report =
                    RestoreScene.failure(execute.apply(restore, plan)).report();

            assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    private RestoreClient client(
            RestoreScene scene, ClientResources resources, UnaryOperator<RestoreSettings.Builder> changes) {
        return RestoreClient.create(
                stores().create(
                                Endpoint.of(scene.scene().cluster().searchEngineUri()),
                                scene.scene().cluster().repository(),
                                resources),
                changes.apply(scene.settings()).build(),
                resources);
    }

    /** What a listener does at an event of a restore, in real time, hurried. */
    enum Listening {
        BLOCKS,
        THROWS,
        THROWS_AN_ERROR,
        ASKS_FROM_ANOTHER_THREAD,
        CANCELS,
        CLOSES
    }

    @ParameterizedTest
    @EnumSource
    void listenersHoldUpNoRestore(Listening listening) throws Exception {
        AtomicInteger told = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<RestoreClient> client = new CompletableFuture<>();
        CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
        Runnable action = () -> {
            told.incrementAndGet();
            switch (listening) {
                case BLOCKS -> Blocked.until(end);
                case THROWS -> throw new IllegalStateException("listener");
                case THROWS_AN_ERROR -> throw new StackOverflowError("listener");
                case ASKS_FROM_ANOTHER_THREAD ->
                    CompletableFuture.supplyAsync(handle.join()::status).join();
                case CANCELS -> handle.join().cancel();
                case CLOSES -> client.join().shutDown();
            }
        };
        try (RestoreScene scene = still();
                ClientResources resources =
                        ClientResources.builder().time(new HurriedTime()).build()) {
            RestoreClient restore = client(
                    scene,
                    resources,
                    settings ->
                            settings.control(scene.scene().cluster().control()).listener(new Always(action)));
            client.complete(restore);
            RestorePlan plan = restore.plan(scene.backupId()).join();
            handle.complete(restore.execute(plan));

            Outcome outcome;
            try {
                outcome = handle.join()
                        .completion()
                        .handle((report, error) -> error == null
                                ? report.outcome()
                                : ((RestoreFailedException) Objects.requireNonNull(error.getCause()))
                                        .report()
                                        .outcome())
                        .get(1, TimeUnit.MINUTES);
            } finally {
                end.countDown();
            }

            assertThat(told).hasPositiveValue();
            if (listening == Listening.CANCELS || listening == Listening.CLOSES) {
                assertThat(outcome).isIn(Outcome.CANCELLED, Outcome.COMPLETED);
            } else {
                assertThat(outcome).isEqualTo(Outcome.COMPLETED);
            }
        }
    }

    /** Does the same at each event. */
    private record Always(Runnable action) implements RestoreListener {
        @Override
        public void progress(BackupId backupId, RestoreStatus status) {
            action.run();
        }

        @Override
        public void ended(RestoreReport report) {
            action.run();
        }
    }

    private RestoreScene still() {
        return new RestoreScene(Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster.duration(Duration.ZERO).restoreDuration(Duration.ZERO),
                client -> client));
    }

    @Test
    void aControlThatCannotSayWhatItLacksForbidsAPlan() {
        try (RestoreScene scene = scene()) {
            Control control = new Control(scene, Task.STOP, () -> CompletableFuture.completedFuture(null)) {
                @Override
                public List<String> problems(List<Component> components, ZeebeRestore zeebe) {
                    throw new StackOverflowError("control");
                }
            };

            assertThatThrownBy(() -> control.restore(scene.settings()))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(CamundaBackupException.class)
                    .hasMessageContaining("what is missing for the restore failed");
        }
    }

    /** That of the simulated cluster, but for one task. */
    private static class Control implements ClusterControl {
        private final RestoreScene scene;
        private final ClusterControl own;
        private final Task task;
        private final Supplier<@Nullable CompletableFuture<Void>> answer;

        Control(RestoreScene scene, Task task, Supplier<@Nullable CompletableFuture<Void>> answer) {
            this.scene = scene;
            own = scene.scene().cluster().control();
            this.task = task;
            this.answer = answer;
        }

        RestoreClient client(RestoreSettings.Builder settings) {
            return scene.scene().client().restore(settings.control(this).build());
        }

        RestoreHandle restore(RestoreSettings.Builder settings) {
            RestoreClient restore = client(settings);
            return restore.execute(restore.plan(scene.backupId()).join());
        }

        @SuppressWarnings("NullAway") // Null is one of the things that a control can answer.
        private CompletableFuture<Void> unless(Task asked, Supplier<CompletableFuture<Void>> otherwise) {
            return asked == task ? answer.get() : otherwise.get();
        }

        @Override
        public CompletableFuture<Void> stop(List<Component> components) {
            return unless(Task.STOP, () -> own.stop(components));
        }

        @Override
        public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
            return unless(Task.RESTORE_ZEEBE, () -> own.restoreZeebe(zeebe));
        }

        @Override
        public CompletableFuture<Void> start(List<Component> components) {
            return unless(Task.START, () -> own.start(components));
        }
    }
}
