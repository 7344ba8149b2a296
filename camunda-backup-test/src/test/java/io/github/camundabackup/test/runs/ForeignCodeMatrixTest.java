package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Each call that a backup makes of a port that users may implement × each way to misbehave: the run ends, its report is
 * true, and exporting is resumed.
 */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignCodeMatrixTest extends AbstractEngineTest {
    private final SimulationHost host = SimulationHost.create();
    private final Queue<Scene.Stage> stages = new ConcurrentLinkedQueue<>();

    @AfterAll
    void close() {
        stages.forEach(Scene.Stage::close);
        host.close();
    }

    /** A kind of call. */
    private record Call(String port, String method, boolean inThePause) {
        @Override
        public String toString() {
            return port + "." + method + (inThePause ? " in the pause" : "");
        }
    }

    /** What a port does wrong, whenever it is asked so. */
    private enum Misbehaviour {
        THROWS,
        THROWS_AN_ERROR,
        GIVES_NULL,
        ANSWERS_NULL,
        FAILS,
        FAILS_WITH_AN_ERROR,
        /** The run is cancelled then: how long a store may take depends on its size. */
        NEVER_ANSWERS,
        /** As well. */
        BLOCKS,
        /** Rightly, and then with an error. */
        ANSWERS_TWICE,
        CANCELS_THE_RUN,
        ASKS_FOR_PROGRESS,
        CLOSES_THE_CLIENT
    }

    @TestFactory
    Stream<DynamicNode> aRunEndsWhateverPortsDo() throws Exception {
        Set<Call> calls;
        try (Run run = new Run(Optional.empty(), Misbehaviour.THROWS)) {
            assertThat(run.end().outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            calls = run.calls;
        }
        assertThat(calls)
                .extracting(Call::toString)
                .contains(
                        "SnapshotStore.createSnapshot in the pause",
                        "BackupJournal.write",
                        "BackupJournal.write in the pause",
                        "ExportedRecords.highestPositions in the pause");
        return calls.stream()
                .map(call -> dynamicContainer(
                        call.toString(),
                        Stream.of(Misbehaviour.values())
                                .map(misbehaviour ->
                                        dynamicTest(misbehaviour.toString(), () -> tryOut(call, misbehaviour)))));
    }

    private void tryOut(Call call, Misbehaviour misbehaviour) throws Exception {
        try (Run run = new Run(Optional.of(call), misbehaviour)) {
            BackupReport report = run.end();

            assertThat(run.misbehaved).as("It was asked\n" + report).isTrue();
            assertThat(report.pause().state())
                    .as(report.toString())
                    .isIn(PauseReport.State.RESUMED, PauseReport.State.NOT_PAUSED);
            if (misbehaviour == Misbehaviour.ASKS_FOR_PROGRESS) {
                assertThat(report.outcome()).as(report.toString()).isEqualTo(BackupReport.Outcome.COMPLETED);
            }
            if (report.outcome() == BackupReport.Outcome.COMPLETED) {
                assertThat(report.steps())
                        .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepReport.State.COMPLETED));
            } else {
                assertThat(report.failure()).isPresent();
            }
            run.cluster.invariants().assertHold();
        }
    }

    /** A backup whose ports misbehave at one kind of call. */
    private final class Run implements AutoCloseable {
        private final Optional<Call> misbehavesAt;
        private final Misbehaviour misbehaviour;
        private final Set<Call> calls = Collections.synchronizedSet(new LinkedHashSet<>());
        private final CompletableFuture<BackupHandle> begun = new CompletableFuture<>();
        private final ClientResources resources;
        private final Runnable clear;
        private final SimulatedCluster cluster;
        private final CamundaBackupClient client;
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean misbehaved;
        private boolean hangs;

        Run(Optional<Call> misbehavesAt, Misbehaviour misbehaviour) {
            this.misbehavesAt = misbehavesAt;
            this.misbehaviour = misbehaviour;
            // What blocks a thread makes a virtual time stand still.
            TimeSource time;
            SimulationHost on;
            if (misbehaviour == Misbehaviour.CLOSES_THE_CLIENT || misbehaviour == Misbehaviour.BLOCKS) {
                time = new HurriedTime();
                resources = ClientResources.builder().time(time).build();
                // The JDK's server closes connections when more than 200 are idle on one port.
                SimulationHost own = SimulationHost.create();
                on = own;
                clear = () -> {
                    resources.close();
                    own.close();
                };
            } else {
                Scene.Stage stage = Optional.ofNullable(stages.poll()).orElseGet(Scene.Stage::create);
                time = stage.time();
                resources = stage.resources();
                on = host;
                clear = () -> stages.add(stage);
            }
            cluster = SimulatedCluster.builder()
                    .line(CamundaLine.V8_8)
                    .engine(engine())
                    .duration(Scene.TWO_QUESTIONS)
                    .host(on)
                    .time(time)
                    .build();
            SnapshotStore store =
                    stores().create(Endpoint.of(cluster.searchEngineUri()), cluster.repository(), resources);
            client = Scene.client(cluster, stores(), resources)
                    .snapshotStore(port(SnapshotStore.class, store))
                    .build();
        }

        /** How the run ended; one that does not end fails its own test, and not the build. */
        BackupReport end() throws Exception {
            BackupHandle handle = client.backup();
            begun.complete(handle);
            try {
                return handle.completion().get(1, TimeUnit.MINUTES);
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(BackupFailedException.class);
                return ((BackupFailedException) e.getCause()).report();
            } catch (TimeoutException e) {
                hangs = true;
                throw new AssertionError("The run has not ended: " + handle.progress(), e);
            }
        }

        private <T> T port(Class<T> type, T own) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> answer(type, own, method, arguments)));
        }

        private @Nullable Object answer(Class<?> type, Object own, Method method, Object @Nullable [] arguments)
                throws Throwable {
            boolean wrong = false;
            if (method.getReturnType() == CompletableFuture.class) {
                Call call = new Call(type.getSimpleName(), method.getName(), cluster.exportingPaused());
                calls.add(call);
                if (misbehavesAt.equals(Optional.of(call))) {
                    misbehaved = true;
                    wrong = true;
                    Optional<CompletableFuture<?>> instead = misbehave();
                    if (instead.isPresent() || misbehaviour == Misbehaviour.GIVES_NULL) {
                        return instead.orElse(null);
                    }
                }
            }
            Object answer = invoke(own, method, arguments);
            if (wrong && misbehaviour == Misbehaviour.ANSWERS_TWICE && answer instanceof CompletableFuture<?> once) {
                return twice(once);
            }
            return answer instanceof Optional<?> found ? found.map(this::withPorts) : answer;
        }

        private static CompletableFuture<Object> twice(CompletableFuture<?> once) {
            CompletableFuture<Object> twice = new CompletableFuture<>();
            once.whenComplete((value, error) -> {
                if (error == null) {
                    twice.complete(value);
                } else {
                    twice.completeExceptionally(error);
                }
                twice.obtrudeException(new IllegalStateException("twice"));
            });
            return twice;
        }

        private Object withPorts(Object value) {
            return value instanceof BackupJournal journal
                    ? port(BackupJournal.class, journal)
                    : value instanceof ExportedRecords records ? port(ExportedRecords.class, records) : value;
        }

        /** The wrong answer, or nothing: then the right one is given besides. */
        private Optional<CompletableFuture<?>> misbehave() {
            IllegalStateException exception = new IllegalStateException("foreign");
            StackOverflowError error = new StackOverflowError("foreign");
            return switch (misbehaviour) {
                case THROWS -> throw exception;
                case THROWS_AN_ERROR -> throw error;
                case GIVES_NULL -> Optional.empty();
                case ANSWERS_NULL -> Optional.of(CompletableFuture.completedFuture(null));
                case FAILS -> Optional.of(CompletableFuture.failedFuture(exception));
                case FAILS_WITH_AN_ERROR -> Optional.of(CompletableFuture.failedFuture(error));
                case NEVER_ANSWERS -> {
                    begun.join().cancel();
                    yield Optional.of(new CompletableFuture<>());
                }
                case BLOCKS -> {
                    begun.join().cancel();
                    Blocked.until(end);
                    yield Optional.of(new CompletableFuture<>());
                }
                case ANSWERS_TWICE -> Optional.empty();
                case CANCELS_THE_RUN -> {
                    begun.join().cancel();
                    yield Optional.empty();
                }
                case ASKS_FOR_PROGRESS -> {
                    BackupHandle handle = begun.join();
                    CompletableFuture.supplyAsync(handle::progress).join();
                    yield Optional.empty();
                }
                case CLOSES_THE_CLIENT -> {
                    client.close();
                    yield Optional.empty();
                }
            };
        }

        @Override
        public void close() {
            end.countDown();
            if (hangs) {
                // Closing would wait for it.
                return;
            }
            client.close();
            cluster.close();
            clear.run();
        }
    }

    private static @Nullable Object invoke(Object own, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(own, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
