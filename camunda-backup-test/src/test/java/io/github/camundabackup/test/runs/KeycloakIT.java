package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.Certificates;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.Keycloak;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole backups of a simulated cluster whose servers verify the access tokens of a real Keycloak. The tokens live three
 * seconds, and a backup takes twice as long.
 */
@Tag("keycloak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakIT {
    private static final RequestMatcher ZEEBE = RequestMatcher.post("/actuator/backupRuntime");
    private static final String REALM = """
            {
              "realm": "camunda", "enabled": true, "sslRequired": "all",
              "clients": [%s, %s, %s]
            }
            """.formatted(
            client("backup", Keycloak.AUDIENCE), client("rotating", Keycloak.AUDIENCE), client("stranger", "other"));

    private final EngineUnderTest engine = EngineUnderTest.find();
    private final ClientResources resources = ClientResources.create();
    private Certificates certificates;
    private Keycloak keycloak;
    private ResourceServer servers;

    private static String client(String id, String audience) {
        return """
                {
                  "clientId": "%s", "secret": "%s", "enabled": true, "publicClient": false,
                  "serviceAccountsEnabled": true, "standardFlowEnabled": false, "directAccessGrantsEnabled": false,
                  "attributes": {"access.token.lifespan": "3"},
                  "protocolMappers": [{
                    "name": "audience", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                    "config": {"included.custom.audience": "%s", "access.token.claim": "true"}
                  }]
                }
                """.formatted(id, Keycloak.SECRET, audience);
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        certificates = Certificates.in(directory);
        keycloak = Keycloak.start(certificates, REALM);
        servers = new ResourceServer(keycloak.keys(), keycloak.realm(), Keycloak.AUDIENCE);
    }

    @AfterAll
    void stop() {
        keycloak.close();
        resources.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8", "8.10"})
    void backupOutlivesItsTokens(String version) {
        try (SimulatedCluster cluster =
                        cluster(CamundaLines.known().ofVersion(version).orElseThrow());
                CamundaBackupClient client =
                        client(cluster, credentials("backup").build())) {
            int before = servers.accepted();

            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.warnings()).isEmpty();
            assertThat(servers.accepted() - before).isGreaterThan(2);
            assertThat(client.consistency().check(report.backupId()).join()).isConsistent();
            cluster.invariants().assertHold();
        }
    }

    @Test
    void secretInTheBodyIsAccepted() {
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client =
                        client(cluster, credentials("backup").secretInBody().build())) {
            assertThat(client.preflight().join()).isEmpty();
        }
    }

    @Test
    void restartedKeycloakIsAnOutage() {
        CompletableFuture<Void> back = new CompletableFuture<>();
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client =
                        client(cluster, credentials("backup").build())) {
            cluster.faults().at(ZEEBE).act(() -> {
                keycloak.kill();
                CompletableFuture.runAsync(keycloak::startAgain).whenComplete((started, error) -> back.complete(null));
            });

            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.toString())
                    .contains("no access token", keycloak.tokenEndpoint().toString());
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            cluster.invariants().assertHold();
        } finally {
            back.join();
        }
    }

    @Test
    void secretThatIsReplacedIsUsed(@TempDir Path mounted) throws IOException {
        Path secret = Files.writeString(mounted.resolve("secret"), Keycloak.SECRET + "\n");
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(
                        cluster,
                        ClientCredentials.builder(keycloak.tokenEndpoint(), "rotating")
                                .secretFile(secret)
                                .tls(tls())
                                .build())) {
            cluster.faults().at(ZEEBE).act(() -> {
                keycloak.rotate("rotating", "another-s3cr3t");
                replace(secret, "another-s3cr3t\n");
            });

            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.warnings()).isEmpty();
            assertThat(client.preflight().join()).isEmpty();
        }
    }

    @Test
    void wrongSecretIsNamed() {
        ClientCredentials wrong =
                credentials("backup").secret(() -> "wr0ng-" + Keycloak.SECRET).build();

        assertRefused(wrong, "status 401: unauthorized_client", "service accounts");
    }

    @Test
    void wrongAudienceIsNamed() {
        assertRefused(credentials("stranger").build(), "refused with status 401", "audience");
    }

    @Test
    void unknownScopeIsNamed() {
        assertRefused(credentials("backup").scope("no-such-scope").build(), "invalid_scope", "Check the scope");
    }

    @Test
    void expiredCertificateIsNamed() {
        keycloak.startAgainWith(certificates.expiredKeyStore());
        try {
            assertRefused(credentials("backup").build(), "the certificate has expired");
        } finally {
            keycloak.startAgainWith(certificates.keyStore());
        }
    }

    private void assertRefused(ClientCredentials credentials, String... said) {
        try (SimulatedCluster cluster = cluster();
                CamundaBackupClient client = client(cluster, credentials)) {
            BackupFailedException refused = Scene.failure(client.backup());

            assertThat(refused.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(refused.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            assertThat(refused).hasMessageContainingAll(said);
            assertThat(Throwables.getStackTrace(refused) + refused.report().toJson() + client)
                    .doesNotContain(Keycloak.SECRET, "eyJ");
        }
    }

    private static void replace(Path file, String text) {
        try {
            Path next = Files.writeString(file.resolveSibling("next"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SimulatedCluster cluster() {
        return cluster(CamundaLine.V8_8);
    }

    private SimulatedCluster cluster(CamundaLine line) {
        return SimulatedCluster.builder()
                .line(line)
                .engine(engine.simulated())
                .duration(Duration.ofSeconds(2))
                .accessTokens(servers::accepts)
                .build();
    }

    private ClientCredentials.Builder credentials(String client) {
        return ClientCredentials.builder(keycloak.tokenEndpoint(), client)
                .secret(() -> Keycloak.SECRET)
                .tls(tls());
    }

    private TlsSettings tls() {
        return TlsSettings.builder().trustCertificates(certificates.authority()).build();
    }

    private CamundaBackupClient client(SimulatedCluster cluster, ClientCredentials credentials) {
        Authentication authentication = Authentication.clientCredentials(credentials);
        Function<Server, Endpoint> endpoint = server -> Endpoint.builder(cluster.uri(server))
                .authentication(authentication)
                .build();
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .resources(resources)
                .orchestrationCluster(endpoint.apply(Server.ORCHESTRATION))
                .optimize(endpoint.apply(Server.OPTIMIZE))
                .snapshotStore(engine.create(endpoint.apply(Server.SEARCH_ENGINE), cluster.repository(), resources));
        return cluster.servers().contains(Server.REST_API)
                ? client.restApi(endpoint.apply(Server.REST_API)).build()
                : client.build();
    }
}
