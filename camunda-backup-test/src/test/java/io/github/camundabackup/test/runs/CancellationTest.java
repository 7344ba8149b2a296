package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What holds when a backup is ended early: by its handle, by its client, or together with the process. See also
 * {@link SignalTest}.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
@Execution(ExecutionMode.CONCURRENT)
class CancellationTest extends AbstractEngineTest {
    @ParameterizedTest
    @CsvSource({"8.5-8.7, ZEEBE_RECORDS", "8.5-8.7, ZEEBE", "8.8, WEB_APPLICATIONS", "8.8, ZEEBE_RECORDS", "8.8, ZEEBE"
    })
    void cancellingDuringThePauseResumesExportingFirst(String lineId, Component during) {
        CamundaLine line = CamundaLines.known().byId(lineId).orElseThrow();
        Recording events = new Recording();
        try (Scene scene = scene(line, events);
                Hold hold = Hold.at(progress(during), events, scene.time())) {
            BackupHandle handle = scene.client().backup();
            hold.await();
            int before = scene.cluster().requests().size();
            assertThat(scene.cluster().exportingPaused()).isTrue();
            CompletableFuture<Boolean> pausedAtTheEnd = handle.completion()
                    .handle((report, error) -> scene.cluster().exportingPaused());

            handle.cancel();

            BackupFailedException failure = Scene.failure(handle);
            assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(failure).hasMessageContaining("cancelled");
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(pausedAtTheEnd.join()).isFalse();
            assertThat(failure.report().step(during).orElseThrow().state()).isEqualTo(StepReport.State.ABANDONED);
            assertThat(events.events()).endsWith("resumed", "failed");
            assertThat(effects(scene, before))
                    .as("requests with an effect after it was cancelled")
                    .containsExactly("/actuator/exporting/resume");
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void cancellingBeforeThePauseLeavesExportingAlone() {
        Recording events = new Recording();
        try (Scene scene = scene(CamundaLine.UP_TO_8_7, events);
                Hold hold = Hold.at(progress(Component.OPERATE), events, scene.time())) {
            BackupHandle handle = scene.client().backup();
            hold.await();
            int before = scene.cluster().requests().size();

            handle.cancel();

            BackupFailedException failure = Scene.failure(handle);
            assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            assertThat(effects(scene, before)).isEmpty();
        }
    }

    @Test
    void cancellingBeforeTheStartChangesNothing() {
        Recording events = new Recording();
        try (Scene scene = scene(CamundaLine.V8_8, events)) {
            LateExecutor late = new LateExecutor(scene.resources().executor());
            try (ClientResources resources = ClientResources.builder()
                            .time(scene.time())
                            .executor(late)
                            .build();
                    CamundaBackupClient client = Scene.client(scene.cluster(), stores(), resources)
                            .listener(events)
                            .build()) {
                BackupHandle handle = client.backup();

                handle.cancel();
                late.begin();

                BackupFailedException failure = Scene.failure(handle);
                assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
                assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
                assertThat(events.events()).containsExactly("failed");
                assertThat(effects(scene, 0)).isEmpty();
            }
        }
    }

    @Test
    void cancellingDoesNotWaitForThePauseToBeConfirmed() {
        Recording events = new Recording();
        try (Scene scene = scene(CamundaLine.V8_8, events)) {
            // The gateway accepts the pause, but the partitions never show it.
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/exporting/pause"))
                    .answer(Fault.innerStatus(204));
            CompletableFuture<BackupHandle> started = new CompletableFuture<>();
            events.on(
                    "started",
                    () -> scene.time()
                            .delay(Duration.ofSeconds(5))
                            .thenRun(() -> started.join().cancel()));
            started.complete(scene.client().backup());

            BackupFailedException failure = Scene.failure(started.join());

            assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(failure.report().duration()).isLessThan(Duration.ofSeconds(6));
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(effects(scene, 0)).containsExactly("/actuator/exporting/pause", "/actuator/exporting/resume");
        }
    }

    @Test
    void cancellingAfterTheChecksLeavesExportingAlone() {
        try (Scene scene = scene(CamundaLine.V8_8, new Recording())) {
            CompletableFuture<BackupHandle> handle = new CompletableFuture<>();
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.put("/hot-backup-journal/**"))
                    .act(() -> handle.join().cancel());
            handle.complete(scene.client().backup());

            BackupFailedException failure = Scene.failure(handle.join());

            assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(effects(scene, 0)).isEmpty();
        }
    }

    @Test
    void cancellingAtTheEndOrTwiceDoesNothing() {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7, new Recording())) {
            BackupHandle handle = scene.client().backup();
            BackupReport report = handle.completion().join();

            handle.cancel();
            handle.cancel();

            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(handle.completion().join().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void repeatsARefusedResumptionAfterCancelling() {
        Recording events = new Recording();
        try (Scene scene = scene(CamundaLine.V8_8, events);
                Hold hold = Hold.at(progress(Component.ZEEBE_RECORDS), events, scene.time())) {
            scene.cluster().faults().refuseResume(3);
            BackupHandle handle = scene.client().backup();
            hold.await();

            handle.cancel();
            hold.release();

            assertThat(Scene.failure(handle).pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void futureOfTheEndDoesNotControlTheBackup() {
        Recording events = new Recording();
        try (Scene scene = scene(CamundaLine.UP_TO_8_7, events);
                Hold hold = Hold.at(progress(Component.OPERATE), events, scene.time())) {
            BackupHandle handle = scene.client().backup();
            hold.await();

            handle.completion().cancel(true);
            handle.completion().completeExceptionally(new IllegalStateException("by somebody else"));
            hold.release();

            assertThat(handle.completion().join().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void closingCancelsRunsAndWaitsForExporting() {
        Recording events = new Recording();
        try (Scene scene = scene(CamundaLine.V8_8, events);
                Hold hold = Hold.at(progress(Component.ZEEBE_RECORDS), events, scene.time())) {
            BackupHandle handle = scene.client().backup();
            hold.await();

            scene.client().close();

            assertThat(scene.cluster().exportingPaused()).isFalse();
            assertThat(handle.completion()).isDone();
            BackupFailedException failure = Scene.failure(handle);
            assertThat(failure.report().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(failure).hasMessageContaining("The client was closed.");
            assertThatThrownBy(() -> scene.client().backup())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void refusesABackupWithoutAThreadAndClosesAtOnce() {
        try (Scene scene = scene(CamundaLine.V8_8, new Recording())) {
            ClientResources resources =
                    ClientResources.builder().time(scene.time()).build();
            CamundaBackupClient client =
                    Scene.client(scene.cluster(), stores(), resources).build();
            resources.close();

            BackupHandle handle = client.backup();

            assertThat(handle.completion()).isCompletedExceptionally();
            BackupFailedException failure = Scene.failure(handle);
            assertThat(failure.report().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(failure).hasMessageContaining("closed");
            client.close();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void listenersHearEverythingInOrderWithItsTime(CamundaLine line) {
        Recording events = new Recording();
        try (Scene scene = scene(line, events)) {
            BackupReport report = scene.backUp();

            List<String> pausedPart = List.of("started ZEEBE_RECORDS", "finished ZEEBE_RECORDS", "started ZEEBE");
            if (line.equals(CamundaLine.UP_TO_8_7)) {
                assertThat(withoutProgress(events))
                        .startsWith("started", "started OPTIMIZE", "started OPERATE", "started TASKLIST")
                        .containsSubsequence("finished OPTIMIZE", "paused")
                        .containsSubsequence("finished OPERATE", "paused")
                        .containsSubsequence("finished TASKLIST", "paused")
                        .containsSequence("paused", "started ZEEBE_RECORDS");
            } else {
                assertThat(withoutProgress(events))
                        .startsWith("started", "paused", "started OPTIMIZE", "started WEB_APPLICATIONS")
                        .containsSubsequence("finished OPTIMIZE", "started ZEEBE_RECORDS")
                        .containsSubsequence("finished WEB_APPLICATIONS", "started ZEEBE_RECORDS");
            }
            assertThat(withoutProgress(events))
                    .containsSequence(pausedPart)
                    .endsWith("finished ZEEBE", "resumed", "finished")
                    .doesNotHaveDuplicates();
            assertThat(events.events().indexOf("progress ZEEBE 1"))
                    .isBetween(
                            events.events().indexOf("started ZEEBE"),
                            events.events().indexOf("finished ZEEBE"));
            assertThat(events.times()).isSorted();
            for (StepReport step : report.steps()) {
                int start = events.events().indexOf("started " + step.component());
                int end = events.events().indexOf("finished " + step.component());
                assertThat(step.startedAt()).hasValue(events.times().get(start));
                assertThat(step.endedAt()).hasValue(events.times().get(end));
            }
            assertThat(report.pause().resumedAt())
                    .hasValue(events.times().get(events.events().indexOf("resumed")));
        }
    }

    @Test
    void listenersHearThatExportingWasNotResumed() {
        Recording events = new Recording();
        try (Scene scene = scene(CamundaLine.V8_8, events)) {
            scene.cluster().faults().refuseResume(Integer.MAX_VALUE);

            scene.failToBackUp();

            assertThat(events.events()).endsWith("not resumed", "failed").doesNotContain("resumed", "finished");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listenerThatThrowsHarmsNobody(ThrowingListener.What what) {
        Recording events = new Recording();
        try (Scene scene = Scene.of(
                CamundaLine.V8_8,
                engine(),
                stores(),
                cluster -> cluster,
                client -> client.listener(new ThrowingListener(what)).listener(events))) {
            assertThat(scene.backUp().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(events.events()).startsWith("started", "paused").endsWith("resumed", "finished");

            scene.cluster().faults().refuseResume(Integer.MAX_VALUE);
            scene.time().adjustWallClock(Duration.ofMinutes(1));
            assertThat(scene.failToBackUp().report().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(events.events()).endsWith("not resumed", "failed");
        }
    }

    /** Paths of the requests that had an effect, from a number on. */
    private static List<String> effects(Scene scene, int from) {
        List<RecordedRequest> requests = scene.cluster().requests();
        return requests.subList(from, requests.size()).stream()
                .filter(request -> !request.method().equals("GET"))
                .map(RecordedRequest::path)
                .filter(path -> !Scene.isHarmless(path)
                        && !path.startsWith("/hot-backup-journal")
                        && !path.contains("/camunda_backup_outcome_"))
                .toList();
    }

    private static List<String> withoutProgress(Recording events) {
        return events.events().stream()
                .filter(event -> !event.startsWith("progress"))
                .toList();
    }

    /** The first sign of a component: it has been asked, and is waited for. */
    private static String progress(Component component) {
        return "progress " + component + " 0";
    }

    private Scene scene(CamundaLine line, Recording events) {
        return Scene.of(line, engine(), stores(), cluster -> cluster, client -> client.listener(events));
    }

    /** Time stands still from an event on, so that the run gets no further than to its next wait. */
    private static final class Hold implements AutoCloseable {
        private final CompletableFuture<TimeSource.Activity> activity = new CompletableFuture<>();

        static Hold at(String event, Recording events, VirtualTime time) {
            Hold hold = new Hold();
            events.on(event, () -> hold.activity.complete(time.activity()));
            return hold;
        }

        void await() {
            activity.join();
        }

        void release() {
            activity.getNow(TimeSource.Activity.NONE).close();
        }

        @Override
        public void close() {
            release();
        }
    }

    /** Keeps what it should run until it may begin. */
    private static final class LateExecutor implements Executor {
        private final Executor threads;
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean begun;

        LateExecutor(Executor threads) {
            this.threads = threads;
        }

        @Override
        public synchronized void execute(Runnable task) {
            if (begun) {
                threads.execute(task);
            } else {
                waiting.add(task);
            }
        }

        synchronized void begin() {
            begun = true;
            waiting.forEach(threads::execute);
        }
    }
}
