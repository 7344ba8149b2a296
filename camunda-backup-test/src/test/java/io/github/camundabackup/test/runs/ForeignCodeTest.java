package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RepositoryInfo;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever code does that is not the library's (listeners, suppliers of credentials, stores, executors), a run ends,
 * and with it the pause of exporting. In real time, hurried: a virtual time would wait for what hangs.
 */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
@Execution(ExecutionMode.CONCURRENT)
class ForeignCodeTest extends AbstractEngineTest {
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");
    private static final RequestMatcher RESUME = RequestMatcher.post("/actuator/exporting/resume");

    private final HurriedTime time = new HurriedTime();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final Executor executor = task -> {
        if (refusing.get()) {
            throw new RejectedExecutionException("for now");
        }
        threads.execute(task);
    };
    private final ClientResources resources =
            ClientResources.builder().time(time).executor(executor).build();
    private final AtomicBoolean hanging = new AtomicBoolean();
    /** Lets everything go that hangs. */
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        resources.close();
        threads.shutdownNow();
    }

    private SimulatedCluster cluster() {
        return SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .engine(engine())
                .duration(Duration.ofSeconds(2))
                .time(time)
                .build();
    }

    private CamundaBackupClient.Builder client(SimulatedCluster cluster) {
        return Scene.client(cluster, stores(), resources);
    }

    /** The supplier of tokens hangs as long as it is told to. */
    private CamundaBackupClient.Builder clientWithSupplier(SimulatedCluster cluster) {
        return client(cluster)
                .orchestrationCluster(Endpoint.builder(cluster.uri(Server.ORCHESTRATION))
                        .requestTimeout(Duration.ofSeconds(10))
                        .authentication(Authentication.bearer(() -> {
                            if (hanging.get()) {
                                hang();
                            }
                            return "token";
                        }))
                        .build());
    }

    private void hang() {
        Blocked.until(end);
    }

    /**
     * A way in which a listener can misbehave.
     *
     * @param cancels whether the run is asked to end
     */
    private record Misbehaviour(String name, boolean cancels, BiConsumer<BackupHandle, CamundaBackupClient> action) {}

    private List<Misbehaviour> misbehaviours() {
        return List.of(
                new Misbehaviour("blocks", false, (handle, client) -> hang()),
                new Misbehaviour("throws", false, (handle, client) -> {
                    throw new IllegalStateException("listener");
                }),
                new Misbehaviour("throws an error", false, (handle, client) -> {
                    throw new StackOverflowError("listener");
                }),
                new Misbehaviour(
                        "asks from another thread",
                        false,
                        (handle, client) ->
                                CompletableFuture.supplyAsync(handle::progress).join()),
                new Misbehaviour("cancels", true, (handle, client) -> handle.cancel()),
                new Misbehaviour("closes", true, (handle, client) -> client.close()));
    }

    @TestFactory
    Stream<DynamicNode> listenersHoldUpNoRun() {
        return misbehaviours().stream()
                .map(misbehaviour -> dynamicContainer(
                        misbehaviour.name(),
                        Stream.of("started", "stepStarted", "exportingPaused", "exportingResumed", "finished")
                                .map(event -> dynamicTest(event, () -> listener(event, misbehaviour)))));
    }

    private void listener(String event, Misbehaviour misbehaviour) {
        CompletableFuture<BackupHandle> begun = new CompletableFuture<>();
        CompletableFuture<CamundaBackupClient> open = new CompletableFuture<>();
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster)
                        .listener(new At(event, () -> misbehaviour.action().accept(begun.join(), open.join())))
                        .build()) {
            open.complete(client);
            begun.complete(client.backup());

            BackupReport report = report(begun.join());

            if (misbehaviour.cancels()) {
                assertThat(report.outcome()).isIn(BackupReport.Outcome.COMPLETED, BackupReport.Outcome.CANCELLED);
            } else {
                assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            }
            assertThat(report.pause().state()).isIn(PauseReport.State.RESUMED, PauseReport.State.NOT_PAUSED);
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    @Test
    void whoeverCancelsWaitsForNoListenerAndIsNoneOfItsThreads() {
        List<Thread> told = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> paused = new CompletableFuture<>();
        CompletableFuture<Void> failed = new CompletableFuture<>();
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster)
                        .listener(new At("exportingPaused", () -> {
                            told.add(Thread.currentThread());
                            paused.complete(null);
                            hang();
                        }))
                        .listener(new At("failed", () -> {
                            told.add(Thread.currentThread());
                            failed.complete(null);
                        }))
                        .build()) {
            BackupHandle handle = client.backup();
            paused.join();

            handle.cancel();

            // Reached although the listener hangs.
            assertThat(report(handle).outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
            // Listeners are told one after another: of what happens after cancel when it has come back.
            end.countDown();
            failed.orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(told).hasSize(2).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void aSupplierThatHangsKeepsNoOtherClusterPaused() {
        try (SimulatedCluster ill = cluster();
                SimulatedCluster well = cluster();
                CamundaBackupClient illClient = clientWithSupplier(ill)
                        .resumeTimeout(Duration.ofMinutes(1))
                        .build();
                CamundaBackupClient wellClient = client(well).build()) {
            ill.faults().at(RequestMatcher.post("/actuator/backupHistory")).act(() -> hanging.set(true));

            BackupHandle first = illClient.backup();
            BackupReport second = report(wellClient.backup());

            assertThat(second.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            BackupReport report = report(first);
            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.FAILED);
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.NOT_RESUMED);
            assertThat(report.pause().instruction()).contains("EXPORTING WAS NOT RESUMED");
        }
    }

    @Test
    void aSupplierThatHangsForAWhileDelaysResuming() {
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = clientWithSupplier(cluster)
                        .resumeTimeout(Duration.ofMinutes(20))
                        .build()) {
            cluster.faults().at(RequestMatcher.post("/actuator/backupHistory")).act(() -> hanging.set(true));
            BackupHandle handle = client.backup();
            time.delay(Duration.ofSeconds(40)).thenRun(() -> hanging.set(false));

            BackupReport report = report(handle);

            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    /** What happens when a store is asked for what it never answers. */
    private volatile Runnable reached = () -> {};

    /** How a run is asked to end that waits for a store. */
    private enum Ending {
        CANCELLED,
        LIMIT
    }

    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicNode> storesThatNeverAnswerKeepNoPause() {
        UnaryOperator<SnapshotStore> noSnapshot = own -> new ForwardingSnapshotStore(own) {
            @Override
            public CompletableFuture<Void> createSnapshot(SnapshotRequest request) {
                reached.run();
                return new CompletableFuture<>();
            }
        };
        UnaryOperator<SnapshotStore> blocked = own -> new ForwardingSnapshotStore(own) {
            @Override
            public CompletableFuture<Void> createSnapshot(SnapshotRequest request) {
                reached.run();
                hang();
                return new CompletableFuture<>();
            }
        };
        AtomicBoolean paused = new AtomicBoolean();
        UnaryOperator<SnapshotStore> noList = own -> new ForwardingSnapshotStore(own) {
            @Override
            public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
                if (!paused.get()) {
                    return super.listIndices(patterns);
                }
                reached.run();
                return new CompletableFuture<>();
            }
        };
        return Stream.of(Ending.values())
                .flatMap(ending -> Stream.of(
                        dynamicTest(
                                "no snapshot, " + ending,
                                () -> assertThat(store(noSnapshot, ending, () -> {})
                                                .outcome())
                                        .isEqualTo(outcome(ending, BackupReport.Outcome.FAILED))),
                        dynamicTest(
                                "blocked, " + ending,
                                () -> assertThat(
                                                store(blocked, ending, () -> {}).outcome())
                                        .isEqualTo(outcome(ending, BackupReport.Outcome.FAILED))),
                        dynamicTest("no list, " + ending, () -> {
                            paused.set(false);
                            BackupReport report = store(noList, ending, () -> paused.set(true));
                            // What only the proof needs is not waited for until the limit.
                            assertThat(report.outcome()).isEqualTo(outcome(ending, BackupReport.Outcome.COMPLETED));
                            if (ending == Ending.LIMIT) {
                                assertThat(report.warnings()).isNotEmpty();
                            }
                        })));
    }

    private static BackupReport.Outcome outcome(Ending ending, BackupReport.Outcome atTheLimit) {
        return ending == Ending.CANCELLED ? BackupReport.Outcome.CANCELLED : atTheLimit;
    }

    private BackupReport store(UnaryOperator<SnapshotStore> change, Ending ending, Runnable whenPaused) {
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster)
                        .snapshotStore(change.apply(stores().create(
                                        Endpoint.of(cluster.searchEngineUri()), cluster.repository(), resources)))
                        .pauseLimit(Duration.ofMinutes(1))
                        .build()) {
            cluster.faults().at(PAUSE).act(whenPaused);
            CompletableFuture<BackupHandle> begun = new CompletableFuture<>();
            reached = ending == Ending.CANCELLED ? () -> begun.join().cancel() : () -> {};
            BackupHandle handle = client.backup();
            begun.complete(handle);

            BackupReport report = report(handle);

            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(cluster.exportingPaused()).isFalse();
            return report;
        }
    }

    @Test
    void aStoreThatNeverAnswersBeforeThePauseIsNotWaitedForOnceCancelled() {
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster)
                        .snapshotStore(
                                new ForwardingSnapshotStore(stores().create(
                                                Endpoint.of(cluster.searchEngineUri()),
                                                cluster.repository(),
                                                resources)) {
                                    @Override
                                    public CompletableFuture<RepositoryInfo> verifyRepository() {
                                        hang();
                                        return new CompletableFuture<>();
                                    }
                                })
                        .build()) {
            BackupHandle handle = client.backup();

            handle.cancel();

            BackupReport report = report(handle);
            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
        }
    }

    @Test
    void aPauseThatTakesEffectLateIsEndedToo() {
        BackupReport report = pausedLate(Duration.ofMillis(500), handle -> {});

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.FAILED);
    }

    @Test
    void aPauseWhoseRequestIsUnderWayWhenTheRunIsCancelledIsEndedToo() {
        BackupReport report = pausedLate(Duration.ofSeconds(5), BackupHandle::cancel);

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
    }

    /** The request to pause is never answered, and takes effect after the run has resumed exporting. */
    private BackupReport pausedLate(Duration requestTimeout, Consumer<BackupHandle> meanwhile) {
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster)
                        .orchestrationCluster(Endpoint.builder(cluster.uri(Server.ORCHESTRATION))
                                .requestTimeout(requestTimeout)
                                .build())
                        .build()) {
            EngineWeb late = new EngineWeb(cluster.orchestrationUri());
            CompletableFuture<BackupHandle> begun = new CompletableFuture<>();
            cluster.faults().at(PAUSE).answer(Fault.of(Fault.Kind.SILENCE), () -> meanwhile.accept(begun.join()));
            cluster.faults()
                    .at(RESUME)
                    .act(() -> time.delay(Duration.ofSeconds(20))
                            .thenRun(() -> late.send("POST", "/actuator/exporting/pause?soft=true", "")));
            begun.complete(client.backup());

            BackupReport report = report(begun.join());

            assertThat(cluster.requests(PAUSE)).hasSize(2);
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(report.warnings())
                    .anySatisfy(
                            warning -> assertThat(warning).contains("never answered", "recover(UnknownPause.RESUME)"));
            assertThat(cluster.exportingPaused()).isFalse();
            return report;
        }
    }

    @Test
    void aLockThatIsTakenAfterTheRunHasEndedIsGivenBack() {
        CompletableFuture<Void> writing = new CompletableFuture<>();
        SlowJournal journal = new SlowJournal(writing);
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster).journal(journal).build()) {
            BackupHandle handle = client.backup();
            writing.join();
            handle.cancel();
            assertThat(report(handle).outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);

            end.countDown();

            assertThat(journal.next.join()).contains("\"state\":\"RUNNING\"");
            assertThat(journal.afterwards.join()).contains("\"state\":\"CANCELLED\"");
            assertThat(cluster.requests(PAUSE)).isEmpty();
        }
    }

    /** Its first write hangs, and happens all the same. */
    private final class SlowJournal implements BackupJournal {
        private final CompletableFuture<Void> writing;
        private final CompletableFuture<String> next = new CompletableFuture<>();
        private final CompletableFuture<String> afterwards = new CompletableFuture<>();
        private Optional<JournalEntry> entry = Optional.empty();

        SlowJournal(CompletableFuture<Void> writing) {
            this.writing = writing;
        }

        @Override
        public String description() {
            return "a slow journal";
        }

        @Override
        public synchronized CompletableFuture<Optional<JournalEntry>> read() {
            return CompletableFuture.completedFuture(entry);
        }

        @Override
        public CompletableFuture<Optional<JournalEntry>> write(String text, Optional<JournalEntry> replaced) {
            writing.complete(null);
            hang();
            synchronized (this) {
                if (!entry.equals(replaced)) {
                    return CompletableFuture.completedFuture(Optional.empty());
                }
                entry = Optional.of(new JournalEntry(text, UUID.randomUUID().toString()));
            }
            if (!next.complete(text)) {
                afterwards.complete(text);
            }
            return CompletableFuture.completedFuture(entry);
        }
    }

    @Test
    void anExecutorThatRefusesDoesNotKeepExportingPaused() {
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster).build()) {
            cluster.faults().at(RequestMatcher.post("/actuator/backupRuntime")).act(() -> refusing.set(true));
            cluster.faults().at(RESUME).act(() -> refusing.set(false));

            BackupReport report = report(client.backup());

            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    /** What the embedder's executor does with tasks while exporting is paused. */
    private enum Executing {
        REFUSES,
        THROWS_AN_ERROR,
        DROPS,
        BLOCKS_WHOEVER_ASKS
    }

    @TestFactory
    Stream<DynamicNode> executorsKeepNoPause() {
        return Stream.of(Executing.values())
                .map(executing -> dynamicTest(executing.toString(), () -> executor(executing)));
    }

    private void executor(Executing executing) {
        AtomicBoolean due = new AtomicBoolean();
        // Not the one that the other cases have: the first to end would let all go.
        CountDownLatch over = new CountDownLatch(1);
        Executor wrong = task -> {
            if (due.get()) {
                switch (executing) {
                    case REFUSES -> throw new RejectedExecutionException("for ever");
                    case THROWS_AN_ERROR -> throw new StackOverflowError("executor");
                    case DROPS -> {
                        return;
                    }
                    case BLOCKS_WHOEVER_ASKS -> Blocked.until(over);
                }
            }
            threads.execute(task);
        };
        ClientResources ill =
                ClientResources.builder().time(time).executor(wrong).build();
        CompletableFuture<Void> resumed = new CompletableFuture<>();
        try (SimulatedCluster cluster = cluster()) {
            CamundaBackupClient client = Scene.client(cluster, stores(), ill)
                    .pauseLimit(Duration.ofSeconds(40))
                    .build();
            cluster.faults().at(RequestMatcher.post("/actuator/backupHistory")).act(() -> due.set(true));
            // No fault: but what comes then, comes when the request has had its effect.
            cluster.faults().at(RESUME).answer(Fault.slowBody(Duration.ZERO), () -> resumed.complete(null));

            client.backup();

            resumed.orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(cluster.exportingPaused()).isFalse();
            due.set(false);
            over.countDown();
            client.close();
        } finally {
            due.set(false);
            over.countDown();
            ill.close();
        }
    }

    @Test
    void closingWaitsForARecovery() {
        try (SimulatedCluster cluster = cluster()) {
            new EngineWeb(cluster.orchestrationUri()).send("POST", "/actuator/exporting/pause?soft=true", "");
            CamundaBackupClient client = client(cluster).build();
            CompletableFuture<RecoveryReport> recovery = client.recover(UnknownPause.RESUME);

            client.close();

            assertThat(recovery).isCompleted();
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    private static BackupReport report(BackupHandle handle) {
        try {
            return handle.completion().join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(BackupFailedException.class);
            return ((BackupFailedException) e.getCause()).report();
        }
    }

    /** Does something at one event. */
    private record At(String event, Runnable action) implements BackupListener {
        private void at(String name) {
            if (name.equals(event)) {
                action.run();
            }
        }

        @Override
        public void started(BackupId backupId, BackupPlan plan, Instant at) {
            at("started");
        }

        @Override
        public void stepStarted(BackupId backupId, Component component, Instant at) {
            at("stepStarted");
        }

        @Override
        public void exportingPaused(BackupId backupId, Instant at) {
            at("exportingPaused");
        }

        @Override
        public void exportingResumed(BackupId backupId, boolean confirmedByBrokers, Instant at) {
            at("exportingResumed");
        }

        @Override
        public void finished(BackupReport report) {
            at("finished");
        }

        @Override
        public void failed(BackupReport report) {
            at("failed");
        }
    }
}
