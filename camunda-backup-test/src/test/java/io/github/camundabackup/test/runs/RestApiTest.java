package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.WebApplicationsClient;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.UnknownPause;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of 8.10 that are asked for with its REST API. */
class RestApiTest extends AbstractEngineTest {
    private static final RequestMatcher PAUSE = RequestMatcher.post("/v2/exporting/pause");
    private static final RequestMatcher RESUME = RequestMatcher.post("/v2/exporting/resume");

    /** The ways to configure it so that positions can be read. */
    private enum Configured {
        /** The REST API as the cluster's endpoint, and its broker. */
        WITH_BROKER((client, cluster) -> client.orchestrationCluster(endpoint(cluster, Server.REST_API))
                .broker(endpoint(cluster, Server.ORCHESTRATION))),
        /** The management port as the cluster's endpoint, and the REST API. */
        BESIDE((client, cluster) -> client.orchestrationCluster(endpoint(cluster, Server.ORCHESTRATION))
                .restApi(endpoint(cluster, Server.REST_API)));

        @SuppressWarnings("ImmutableEnumChecker") // The functions hold nothing.
        private final BiFunction<CamundaBackupClient.Builder, SimulatedCluster, CamundaBackupClient.Builder> endpoints;

        Configured(BiFunction<CamundaBackupClient.Builder, SimulatedCluster, CamundaBackupClient.Builder> endpoints) {
            this.endpoints = endpoints;
        }
    }

    private static Endpoint endpoint(SimulatedCluster cluster, Server server) {
        return Endpoint.builder(cluster.uri(server))
                .requestTimeout(Duration.ofSeconds(30))
                .build();
    }

    private Scene scene(
            BiFunction<CamundaBackupClient.Builder, SimulatedCluster, CamundaBackupClient.Builder> endpoints) {
        return scene(cluster -> cluster, endpoints);
    }

    private Scene scene(
            UnaryOperator<SimulatedCluster.Builder> changes,
            BiFunction<CamundaBackupClient.Builder, SimulatedCluster, CamundaBackupClient.Builder> endpoints) {
        return Scene.withEndpoints(CamundaLine.V8_10, engine(), stores(), changes, endpoints);
    }

    private static CamundaBackupClient.Builder restOnly(CamundaBackupClient.Builder client, SimulatedCluster cluster) {
        return client.orchestrationCluster(endpoint(cluster, Server.REST_API));
    }

    @ParameterizedTest
    @EnumSource
    void wholeBackupIsAskedForThere(Configured configured) {
        try (Scene scene = scene(configured.endpoints)) {
            BackupReport backup = scene.backUp();

            assertThat(scene.client().consistency().check(backup).join())
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
            assertThat(backup.line()).contains("8.10");
            assertThat(backup.warnings()).isEmpty();
            assertThat(backup.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
            scene.cluster().invariants().assertHold();
            assertThat(changes(scene, Server.ORCHESTRATION)).isEmpty();
            assertThat(scene.cluster()
                            .requests(RequestMatcher.post("/actuator/**").on(Server.REST_API)))
                    .as("only where it must be found out")
                    .hasSize(configured == Configured.BESIDE ? 0 : 1);
            assertThat(changes(scene, Server.REST_API))
                    .containsExactly(
                            "/v2/exporting/pause",
                            "/v2/backups/history",
                            "/v2/backups/runtime",
                            "/v2/exporting/resume");
        }
    }

    /** As the official OpenAPI files have them: path, query and body. */
    private static final List<String> DOCUMENTED = List.of(
            "GET /v2/topology  ",
            "GET /v2/exporting  ",
            "POST /v2/exporting/pause soft=true ",
            "POST /v2/exporting/resume  ",
            "POST /v2/backups/history  \\{\"backupId\":\\d+}",
            "POST /v2/backups/runtime  \\{\"backupId\":\\d+}",
            "GET /v2/backups/(history|runtime)(/\\d+)?  ",
            "GET /v2/backups/runtime/state  ",
            "DELETE /v2/backups/(history|runtime)/\\d+  ");

    private static void assertDocumented(SimulatedCluster cluster) {
        assertThat(cluster.requests())
                .filteredOn(request -> request.path().startsWith("/v2/"))
                .isNotEmpty()
                .extracting(request ->
                        request.method() + " " + request.path() + " " + request.query() + " " + request.body())
                .allSatisfy(request -> assertThat(DOCUMENTED).anyMatch(request::matches));
    }

    @Test
    void nothingIsSentThatIsNotDocumented() {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            BackupId id = scene.backUp().backupId();
            CamundaCluster cluster = scene.client().cluster().join();
            cluster.zeebe().list().join();
            cluster.zeebe().delete(id).join();
            cluster.webApplications().orElseThrow().delete(id).join();

            assertDocumented(scene.cluster());
        }
    }

    /** What was asked for, but for what is not served there: the first request for a pause finds out which wire is. */
    private static List<String> changes(Scene scene, Server server) {
        return scene.cluster().requests().stream()
                .filter(request ->
                        request.server() == server && !request.method().equals("GET") && request.status() != 404)
                .map(RecordedRequest::path)
                .toList();
    }

    @Test
    void withoutBrokersNothingShowsThatThePauseWasHeld() {
        try (Scene scene = scene(RestApiTest::restOnly)) {
            assertThat(scene.client().plan().join().line()).isEqualTo(CamundaLine.V8_10);

            BackupReport backup = scene.backUp();

            assertThat(backup.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("not up to which positions", "management ports of all brokers"));
            assertThat(backup.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.client().consistency().check(backup).join())
                    .isUnverifiable()
                    .hasOnlyFindings(FindingCode.PAUSE_NOT_OBSERVED, FindingCode.RECORDS_NOT_PROVABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 500, 503, 504})
    void aPauseThatCannotBeHadNowIsAskedForAgain(int status) {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            scene.cluster().faults().at(PAUSE).times(5).answer(Fault.status(status));

            scene.backUp();

            assertThat(scene.cluster().faults().outstanding()).isZero();
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void aCancelledBackupAsksForItsPauseNoMore() {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            AtomicReference<BackupHandle> handle = new AtomicReference<>();
            List<Integer> asked = new CopyOnWriteArrayList<>();
            scene.cluster().faults().at(PAUSE).always().answer(Fault.status(409), () -> {
                asked.add(1);
                if (asked.size() == 3) {
                    Objects.requireNonNull(handle.get()).cancel();
                }
            });
            BackupHandle backup = scene.client().backup();
            handle.set(backup);

            BackupFailedException failure = Scene.failure(backup);

            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.CANCELLED);
            assertThat(asked).hasSizeLessThan(5);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 500, 503, 504})
    void exportingIsResumedThoughItIsRefusedAtFirst(int status) {
        try (Scene scene = scene(Configured.WITH_BROKER.endpoints)) {
            scene.cluster().faults().at(RESUME).times(5).answer(Fault.status(status));

            BackupReport backup = scene.backUp();

            assertThat(backup.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "runtime"})
    void aMissingPermissionIsNamedAndNothingStaysPaused(String kind) {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/v2/backups/" + kind))
                    .times(1)
                    .answer(Fault.status(403));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure).hasMessageContaining("BACKUP:CREATE");
            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void permissionsThatAreMissingAreFoundBeforeAnythingStarts() {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.get("/v2/exporting"))
                    .always()
                    .answer(Fault.status(403));
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.get("/v2/backups/history"))
                    .always()
                    .answer(Fault.status(403));
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.get("/v2/backups/runtime"))
                    .always()
                    .answer(Fault.status(403));

            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure.getCause())
                    .isInstanceOf(PreflightFailedException.class)
                    .hasMessageContaining("EXPORTER:PAUSE")
                    .hasMessageContaining("BACKUP:READ");
            assertThat(changes(scene, Server.REST_API)).isEmpty();
        }
    }

    @Test
    void aMissingRepositoryIsNoMissingPermission() {
        try (Scene scene = scene(SimulatedCluster.Builder::withoutRegisteredRepository, Configured.BESIDE.endpoints)) {
            BackupFailedException failure = scene.failToBackUp();

            assertThat(failure)
                    .hasMessageContaining("No repository with name")
                    .hasMessageContaining("has no such snapshot repository");
            assertThat(failure.getMessage()).doesNotContain("permission BACKUP");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "runtime"})
    void aLostReplyIsSettledByAsking(String kind) {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/v2/backups/" + kind))
                    .answer(Fault.of(Fault.Kind.CUT_AFTERWARDS));

            BackupReport backup = scene.backUp();

            assertThat(scene.cluster().requests(RequestMatcher.post("/v2/backups/" + kind)))
                    .hasSize(1);
            assertThat(backup.steps()).filteredOn(step -> step.adopted()).hasSize(1);
        }
    }

    @Test
    void anIdThatIsInUseIsToldFromABackupThatIsRunning() {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            WebApplicationsClient history = WebApplicationsClient.create(
                    endpoint(scene.cluster(), Server.REST_API), Wire.REST, scene.resources());
            history.take(BackupId.of(7)).join();

            assertThat(failure(history.take(BackupId.of(8))))
                    .isNotInstanceOf(BackupIdInUseException.class)
                    .hasMessageContaining("Another backup is running");
            history.awaitCompletion(BackupId.of(7), Duration.ofMinutes(5), seen -> {})
                    .join();
            assertThat(failure(history.take(BackupId.of(7)))).isInstanceOf(BackupIdInUseException.class);
        }
    }

    private static Throwable failure(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("This should have failed");
    }

    @Test
    void whatWasKilledIsResumedThere() {
        try (Scene scene = scene(RestApiTest::restOnly)) {
            ExportingClient.create(endpoint(scene.cluster(), Server.REST_API), scene.resources())
                    .softPause()
                    .join();

            scene.client().recover(UnknownPause.RESUME).join();

            assertThat(scene.cluster().exportingPaused()).isFalse();
        }
    }

    @Test
    void eachWireThatIsMissingIsNamed() {
        try (Scene scene = scene(Configured.BESIDE.endpoints)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.get("/v2/topology"))
                    .always()
                    .answer(Fault.status(404));

            Throwable failure = failure(scene.client().preflight());

            assertThat(failure)
                    .isInstanceOf(ConfigurationMismatchException.class)
                    .hasMessageContaining("the REST API (GET " + scene.cluster().restApiUri());
        }
    }

    @Test
    void aRestApiWithoutBackupsPointsToTheManagementPort() {
        try (Scene scene = scene(cluster -> cluster.version("8.9.3"), RestApiTest::restOnly)) {
            assertThat(failure(scene.client().preflight()))
                    .isInstanceOf(ConfigurationMismatchException.class)
                    .hasMessageContaining("8.9.3")
                    .hasMessageContaining("management port");
        }
    }

    @Test
    void aLineOfItsUsersOwnIsTheLineOfItsReleases() {
        CamundaLine own =
                CamundaLine.V8_10.toBuilder("8.10-own").releases("8.10").build();
        try (Scene scene = scene((client, cluster) ->
                Configured.WITH_BROKER.endpoints.apply(client, cluster).line(own))) {
            assertThat(scene.client().plan().join().line()).isEqualTo(own);
            assertThat(scene.cluster().requests())
                    .as("what the REST API says need not be tried out")
                    .noneMatch(request -> request.server() == Server.REST_API
                            && request.path().startsWith("/actuator/backup"));
        }
    }

    @Test
    void aVersionThatIsNotKnownYetIsTakenForTheNewest() {
        try (Scene scene = scene(cluster -> cluster.version("8.11.0"), Configured.WITH_BROKER.endpoints)) {
            BackupReport backup = scene.backUp();

            assertThat(backup.line()).contains("8.10");
            assertThat(Stream.of(Component.ZEEBE, Component.WEB_APPLICATIONS))
                    .allSatisfy(component -> assertThat(backup.step(component)).isPresent());
        }
    }
}
