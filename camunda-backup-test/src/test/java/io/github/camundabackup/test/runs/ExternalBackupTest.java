package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.component.ExternalBackup;
import io.github.camundabackup.error.ComponentBackupFailedException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backups of the web applications that these do not take themselves: by a command, and by a person. */
class ExternalBackupTest extends AbstractEngineTest {

    static Stream<CamundaLine> lines() {
        return Stream.of(CamundaLine.V8_8, CamundaLine.V8_10);
    }

    /** A cluster in hurried real time, as a command is real, and what a command tells. */
    private final class Outside implements AutoCloseable {
        private final HurriedTime time = new HurriedTime();
        private final ClientResources resources =
                ClientResources.builder().time(time).build();
        private final CompletableFuture<ProcessHandle> started = new CompletableFuture<>();
        private final HttpServer server;
        private final SimulatedCluster cluster;
        private final CamundaBackupClient client;

        Outside(
                CamundaLine line,
                String behaviour,
                boolean takes,
                Runnable then,
                UnaryOperator<CamundaBackupClient.Builder> changes) {
            cluster = SimulatedCluster.builder()
                    .line(line)
                    .engine(engine())
                    .standaloneBackups()
                    .time(time)
                    .build();
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                String[] told = exchange.getRequestURI().getPath().split("/", -1);
                if (takes) {
                    cluster.takeStandaloneBackup(BackupId.parse(told[1]));
                }
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
                started.complete(ProcessHandle.of(Long.parseLong(told[2])).orElseThrow());
                then.run();
            });
            server.start();
            URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            List<String> command = StandaloneBackup.command(behaviour, here);
            CamundaBackupClient.Builder builder = Scene.client(cluster, stores(), resources)
                    .webApplicationsBackup(ExternalBackup.command(
                            command.get(0), command.subList(1, command.size()).toArray(String[]::new)));
            if (cluster.servers().contains(Server.REST_API)) {
                builder.restApi(cluster.restApiUri());
            }
            client = changes.apply(builder).build();
        }

        void assertEnded() {
            assertThat(started.join().isAlive()).isFalse();
            assertThat(cluster.exportingPaused()).isFalse();
        }

        @Override
        public void close() {
            client.close();
            cluster.close();
            server.stop(0);
            resources.close();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aCommandTakesThePartAndItCounts(CamundaLine line) {
        try (Outside outside = new Outside(line, "ends", true, () -> {}, client -> client)) {
            assertThat(outside.client.plan().join().toString()).contains("web applications, by the command");

            BackupReport report = outside.client.backup().completion().join();

            StepReport step = report.step(Component.WEB_APPLICATIONS).orElseThrow();
            assertThat(step.snapshots()).hasSize(6).allMatch(name -> name.contains(report.backupId() + "_8."));
            assertThat(report.warnings()).isEmpty();
            assertThat(outside.client.consistency().check(report).join()).isConsistent();
            assertThat(outside.client.restore().plan(report.backupId()).join().snapshots())
                    .anyMatch(snapshot -> snapshot.toString().contains("camunda_webapps_"));
            assertThat(outside.cluster.requests())
                    .filteredOn(
                            request -> request.path().toLowerCase(Locale.ROOT).contains("history"))
                    .extracting(RecordedRequest::method)
                    .doesNotContain("POST");
            outside.cluster.invariants().assertHold();
        }
    }

    @Test
    void aCommandThatFailsFailsTheBackup() {
        try (Outside outside = new Outside(CamundaLine.V8_8, "fails", false, () -> {}, client -> client)) {
            BackupFailedException failure = Scene.failure(outside.client.backup());

            assertThat(failure)
                    .hasMessageContaining("ended with 17")
                    .hasMessageContaining("is completed!")
                    .hasMessageContaining("web applications");
            outside.assertEnded();
        }
    }

    @Test
    void aCommandThatHasTakenNothingIsNoSuccess() {
        try (Outside outside = new Outside(CamundaLine.V8_8, "ends", false, () -> {}, client -> client)) {
            BackupFailedException failure = Scene.failure(outside.client.backup());

            assertThat(failure.getCause())
                    .isInstanceOf(ComponentBackupFailedException.class)
                    .hasMessageContaining("does not hold all snapshots");
            outside.assertEnded();
        }
    }

    @Test
    void aCommandIsEndedWithACancelledBackup() {
        CompletableFuture<BackupHandle> handle = new CompletableFuture<>();
        try (Outside outside = new Outside(
                CamundaLine.V8_8, "hangs", false, () -> handle.join().cancel(), client -> client)) {
            BackupHandle backup = outside.client.backup();
            handle.complete(backup);

            BackupFailedException failure = Scene.failure(backup);

            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
            outside.assertEnded();
        }
    }

    @Test
    void aCommandIsEndedWithTheStepsTime() {
        try (Outside outside = new Outside(
                CamundaLine.V8_8, "hangs", false, () -> {}, client -> client.stepTimeout(Duration.ofMinutes(2)))) {
            BackupFailedException failure = Scene.failure(outside.client.backup());

            assertThat(failure.getCause()).isInstanceOf(WaitTimedOutException.class);
            outside.assertEnded();
        }
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        try (Scene scene = scene(ExternalBackup.command("/nowhere/backup-webapps"), new BackupListener() {})) {
            assertThat(scene.failToBackUp()).hasMessageContaining("the program /nowhere/backup-webapps cannot be run");
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void anOperatorIsToldAndWaitedFor() {
        AtomicReference<SimulatedCluster> cluster = new AtomicReference<>();
        AtomicReference<String> told = new AtomicReference<>("");
        BackupListener operator = new BackupListener() {
            @Override
            public void waiting(BackupId backupId, String why, Instant at) {
                told.set(why);
                Objects.requireNonNull(cluster.get()).takeStandaloneBackup(backupId);
            }
        };
        try (Scene scene = scene(ExternalBackup.byOperator(), operator)) {
            cluster.set(scene.cluster());

            BackupReport report = scene.backUp();

            assertThat(told.get()).contains("bin/backup-webapps " + report.backupId());
            assertThat(report.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("had to wait", "backup-webapps"));
            assertThat(scene.client().consistency().check(report).join()).isConsistent();
        }
    }

    @Test
    void anOperatorIsWaitedForUntilTheStepTimeout() {
        try (Scene scene = Scene.of(
                CamundaLine.V8_9,
                engine(),
                stores(),
                SimulatedCluster.Builder::standaloneBackups,
                client -> client.webApplicationsBackup(ExternalBackup.byOperator())
                        .stepTimeout(Duration.ofMinutes(1)))) {
            assertThat(scene.failToBackUp().getCause()).isInstanceOf(WaitTimedOutException.class);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    private Scene scene(ExternalBackup external, BackupListener listener) {
        return Scene.of(
                CamundaLine.V8_9,
                engine(),
                stores(),
                SimulatedCluster.Builder::standaloneBackups,
                client -> client.webApplicationsBackup(external).listener(listener));
    }
}
