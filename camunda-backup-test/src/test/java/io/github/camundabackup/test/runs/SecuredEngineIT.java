package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.engine.Certificates;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.SecuredOpenSearch;
import io.github.camundabackup.test.runs.DrillSubjects.IndicesAreThere;
import io.github.camundabackup.test.runs.LeastPrivileges.Privilege;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** OpenSearch with its security plugin, and accounts with the privileges that the guide names and with fewer. */
@Tag("secured-engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredEngineIT {
    private static final LeastPrivileges ROLES = LeastPrivileges.of("OpenSearch");
    private static final String REPOSITORY = "secured";
    private static final String PASSWORD = "Correct-Horse-7-Battery-Staple";
    private static final String ADMINISTRATOR =
            "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

    private final EngineUnderTest engine = EngineUnderTest.find();
    private final ClientResources resources = ClientResources.create();
    private Certificates certificates;
    private EngineProcess process;
    private Relay administrator;
    private SimulatedCluster cluster;
    private BackupId backup;
    private long nextId;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        certificates = Certificates.in(directory);
        process = SecuredOpenSearch.start(certificates);
        // The simulated applications have all privileges, and know nothing of TLS.
        administrator = Relay.to(
                process.uri(),
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(certificates.trusting())
                        .build(),
                Map.of("Authorization", ADMINISTRATOR));
        process.registerRepository(REPOSITORY, "");
        for (String role : ROLES.names()) {
            process.call("PUT", "/_plugins/_security/api/roles/" + role, ROLES.role(role));
            process.call("PUT", "/_plugins/_security/api/internalusers/" + role, "{\"password\":\"" + PASSWORD + "\"}");
            process.call("PUT", "/_plugins/_security/api/rolesmapping/" + role, "{\"users\":[\"" + role + "\"]}");
        }
        cluster = SimulatedCluster.builder()
                .line(CamundaLine.UP_TO_8_7)
                .engine(engine.simulated())
                .repository(REPOSITORY)
                .externalEngine(administrator.uri())
                .build();
        cluster.load(40);
        try (CamundaBackupClient client = client("backup")) {
            BackupReport report = client.backup().completion().join();
            backup = report.backupId();
            nextId = backup.value();
            assertThat(report.warnings()).isEmpty();
        }
    }

    @AfterAll
    void stop() {
        cluster.close();
        administrator.close();
        process.close();
        resources.close();
    }

    @AfterEach
    void giveBackWhatWasTaken() {
        ROLES.names().forEach(role -> process.call("PUT", "/_plugins/_security/api/roles/" + role, ROLES.role(role)));
    }

    @Test
    void checkProvesWithTheLeastPrivileges() {
        try (CamundaBackupClient client = client("check")) {
            assertThat(client.consistency().check(backup, Depth.POSITIONS).join())
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
        }
    }

    @Test
    void restoreWithTheLeastPrivileges() {
        try (SnapshotStore store = store("restore")) {
            writeLater();
            RestoreClient restore = restore(store);
            RestorePlan plan = restore.plan(backup).join();
            assertThat(plan.warnings()).noneMatch(warning -> warning.contains("Grant") || warning.contains("account"));
            assertThat(plan.deletions()).isNotEmpty();

            assertThat(restore.execute(plan).completion().join().warnings())
                    .noneMatch(warning -> warning.contains("Grant"));
        }
    }

    @Test
    void drillWithTheLeastPrivileges(@TempDir Path reports) {
        try (SnapshotStore store = store("restore")) {
            Map<String, Long> inUse = documents();

            EngineExecutionResults drill = DrillScene.run(
                    IndicesAreThere.class, RestoreDrill.builder().store(store).reportDirectory(reports));

            assertThat(DrillScene.failures(drill)).isEmpty();
            drill.testEvents().assertStatistics(events -> events.succeeded(1));
            assertThat(documents()).isEqualTo(inUse);
        }
    }

    @Test
    void plainHttpToThePortOfTlsIsToldToUseHttps() {
        URI plain = URI.create(process.uri().toString().replace("https", "http"));
        try (SnapshotStore store = engine.create(endpoint(plain, "backup"), REPOSITORY, resources)) {
            assertThat(catchThrowable(() -> store.verifyRepository().join())).hasMessageContaining("https");
        }
    }

    @Test
    void strangersCertificateAndWrongPasswordAreNamed() {
        Endpoint untrusting = Endpoint.builder(process.uri())
                .authentication(Authentication.basic("backup", PASSWORD))
                .build();
        Endpoint stranger = Endpoint.builder(process.uri())
                .authentication(Authentication.basic("backup", "wrong"))
                .tls(tls())
                .build();
        try (SnapshotStore first = engine.create(untrusting, REPOSITORY, resources);
                SnapshotStore second = engine.create(stranger, REPOSITORY, resources)) {
            assertThat(catchThrowable(() -> first.verifyRepository().join()))
                    .hasMessageContaining("whether its certificate is trusted");
            assertThat(catchThrowable(() -> second.verifyRepository().join()))
                    .hasMessageContaining("401")
                    .hasMessageNotContaining("wrong");
        }
    }

    static Stream<Privilege> privilegesOfBackups() {
        return ROLES.privileges("backup").stream();
    }

    @ParameterizedTest
    @MethodSource("privilegesOfBackups")
    void backupNamesAMissingPrivilege(Privilege missing) {
        takeAway(missing);
        // The next backup makes it again.
        process.call("DELETE", "/hot-backup-journal?ignore_unavailable=true", "");
        try (CamundaBackupClient client = client("backup")) {
            String said;
            try {
                BackupReport report =
                        client.backup(BackupId.of(nextId += 1000)).completion().join();
                said = report.warnings().toString();
            } catch (CompletionException e) {
                BackupFailedException failure = (BackupFailedException) Objects.requireNonNull(e.getCause());
                said = String.valueOf(failure.getMessage());
                assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
                assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            }

            assertNamed(missing, said);
            cluster.invariants().assertHold();
        }
    }

    /** What is needed no more by then is not missed. */
    @ParameterizedTest
    @MethodSource("privilegesOfBackups")
    void aPrivilegeThatIsWithdrawnInTheMiddleIsNamedAndExportingIsResumed(Privilege withdrawn) {
        cluster.faults().at(RequestMatcher.post("/actuator/exporting/pause")).act(() -> takeAway(withdrawn));
        try (CamundaBackupClient client = client("backup")) {
            try {
                client.backup(BackupId.of(nextId += 1000)).completion().join();
            } catch (CompletionException e) {
                BackupFailedException failure = (BackupFailedException) Objects.requireNonNull(e.getCause());
                assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.FAILED);
                assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
                assertNamed(withdrawn, failure.getMessage() + failure.report().warnings());
            }
            assertThat(cluster.exportingPaused()).isFalse();
        } finally {
            cluster.faults().clear();
            // Where its end could not be written there, the next run would wait for a sign of life of this one.
            process.call("DELETE", "/hot-backup-journal?ignore_unavailable=true", "");
        }
    }

    static Stream<Privilege> privilegesOfChecks() {
        return ROLES.privileges("check").stream();
    }

    @ParameterizedTest
    @MethodSource("privilegesOfChecks")
    void checkNamesAMissingPrivilege(Privilege missing) {
        takeAway(missing);
        try (CamundaBackupClient client = client("check")) {
            String[] said = {""};
            Throwable failure = catchThrowable(() -> said[0] =
                    client.consistency().check(backup, Depth.POSITIONS).join().toString());

            assertNamed(missing, said[0] + failure);
        }
    }

    static Stream<Privilege> privilegesOfRestores() {
        return ROLES.privileges("restore").stream();
    }

    @ParameterizedTest
    @MethodSource("privilegesOfRestores")
    void restoreNamesAMissingPrivilege(Privilege missing) {
        writeLater();
        takeAway(missing);
        try (SnapshotStore store = store("restore")) {
            RestoreClient restore = restore(store);
            StringBuilder said = new StringBuilder();
            Throwable failure = catchThrowable(() -> {
                RestorePlan plan = restore.plan(backup).join();
                said.append(plan.warnings()).append(plan.obstacles());
                said.append(restore.execute(plan).completion().join());
            });

            assertNamed(missing, said.toString() + failure);
        }
    }

    /** So that there is something to delete and to restore. */
    private void writeLater() {
        new EngineWeb(administrator.uri()).write(documents().keySet().iterator().next(), "later");
    }

    private void takeAway(Privilege privilege) {
        process.call("PUT", "/_plugins/_security/api/roles/" + privilege.role(), ROLES.without(privilege));
    }

    private static void assertNamed(Privilege missing, String said) {
        assertThat(said).contains(missing.name().replaceAll("[*].*", ""));
    }

    private CamundaBackupClient client(String user) {
        return Scene.client(cluster, engine, resources)
                .snapshotStore(store(user))
                .build();
    }

    private SnapshotStore store(String user) {
        return engine.create(endpoint(process.uri(), user), REPOSITORY, resources);
    }

    private Endpoint endpoint(URI uri, String user) {
        Endpoint.Builder endpoint = Endpoint.builder(uri).authentication(Authentication.basic(user, PASSWORD));
        return uri.getScheme().equals("https") ? endpoint.tls(tls()).build() : endpoint.build();
    }

    private TlsSettings tls() {
        return TlsSettings.builder().trustCertificates(certificates.authority()).build();
    }

    private RestoreClient restore(SnapshotStore store) {
        return RestoreClient.create(
                store,
                RestoreSettings.builder()
                        .accept(Obstacle.Code.TOO_FEW_DATA_NODES)
                        .accept(Obstacle.Code.TEMPLATES_MISSING)
                        .build(),
                resources);
    }

    private Map<String, Long> documents() {
        try (SnapshotStore store = engine.create(Endpoint.of(administrator.uri()), REPOSITORY, resources)) {
            List<String> names = store.listIndices(List.of("*")).join().stream()
                    .map(IndexInfo::name)
                    .filter(index -> !index.equals("hot-backup-journal"))
                    .toList();
            return new TreeMap<>(store.documentCounts(names).join());
        }
    }
}
