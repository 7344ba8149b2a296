package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole backups of a cluster all of whose servers want access tokens, which live shorter than the backup. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class AccessTokensTest extends AbstractEngineTest {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final RequestMatcher ZEEBE = RequestMatcher.post("/actuator/backupRuntime");

    @AutoClose
    private final Scene.Stage stage = Scene.Stage.create();

    @AutoClose
    private final IdentityProvider provider = new IdentityProvider(stage.time(), LIFETIME);

    @AutoClose
    private final SimulatedCluster cluster = cluster(CamundaLine.V8_8);

    @Test
    void backupOutlivesItsTokens() {
        try (CamundaBackupClient client = client(provider.client().build())) {
            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.warnings()).isEmpty();
            cluster.invariants().assertHold();
            assertThat(client.consistency()
                            .check(report.backupId(), Depth.POSITIONS)
                            .join())
                    .isConsistent();
        }
        // One for the run and one for the end of the pause each time.
        assertThat(provider.given()).isBetween(15, 60);
        assertThat(statuses()).doesNotContain(401);
    }

    @Test
    void restApiIsAskedWithTokensToo() {
        try (SimulatedCluster later = cluster(CamundaLine.V8_10);
                CamundaBackupClient client = client(later, provider.client().build())) {
            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.warnings()).isEmpty();
            assertThat(later.requests(RequestMatcher.post("/v2/backups/runtime")))
                    .hasSize(1);
            assertThat(statuses(later)).doesNotContain(401);
            later.invariants().assertHold();
        }
    }

    @Test
    void providerThatIsAwayIsAnOutage() {
        cluster.faults().at(ZEEBE).act(() -> provider.awayFor(Duration.ofMinutes(4)));
        try (CamundaBackupClient client = client(provider.client().build())) {
            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.toString())
                    .contains("no access token", provider.tokenEndpoint().toString());
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
        }
        cluster.invariants().assertHold();
    }

    @Test
    void providerThatHangsIsAnOutage() {
        cluster.faults().at(ZEEBE).act(() -> {
            provider.revokeAll();
            provider.hang(1);
        });
        try (CamundaBackupClient client =
                client(provider.client().requestTimeout(Duration.ofSeconds(5)).build())) {
            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.toString()).contains("did not answer within 5000 ms");
        }
        cluster.invariants().assertHold();
    }

    @Test
    void tokensThatAreRevokedAreReplaced() {
        cluster.faults().at(ZEEBE).act(provider::revokeAll);
        try (CamundaBackupClient client = client(provider.client().build())) {
            BackupReport report = client.backup().completion().join();

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETED);
            assertThat(report.warnings()).isEmpty();
        }
        assertThat(statuses()).contains(401);
        assertThat(cluster.requests(ZEEBE)).hasSize(2);
        cluster.invariants().assertHold();
    }

    @Test
    void pauseEndsWhenTheProviderIsBack() {
        cluster.faults().at(ZEEBE).act(() -> {
            provider.secret("another");
            stage.time().delay(Duration.ofMinutes(9)).thenRun(() -> provider.secret(IdentityProvider.SECRET));
        });
        try (CamundaBackupClient client = client(provider.client().build())) {
            BackupFailedException failed = Scene.failure(client.backup());

            assertThat(failed.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(failed).hasMessageContaining("invalid_client").hasMessageContaining("/token");
            assertThat(Throwables.getStackTrace(failed)
                            + failed.report()
                            + failed.report().toJson())
                    .doesNotContain(IdentityProvider.SECRET, "t0ken-");
        }
        assertThat(cluster.exportingPaused()).isFalse();
    }

    @Test
    void wrongSecretIsRefusedBeforeAnything() {
        provider.secret("another");
        try (CamundaBackupClient client = client(provider.client().build())) {
            assertRefused(client, "invalid_client", provider.tokenEndpoint().toString());
        }
        assertThat(cluster.requests()).isEmpty();
    }

    @Test
    void tokensThatTheClusterDoesNotAcceptAreRefused() {
        IdentityProvider other = new IdentityProvider(stage.time(), LIFETIME);
        try (other;
                CamundaBackupClient client = client(other.client().build())) {
            assertRefused(client, "status 401", "not for this audience", "audience or scope");
        }
        assertThat(cluster.requests())
                .allSatisfy(request -> assertThat(request.status()).isEqualTo(401));
    }

    private static void assertRefused(CamundaBackupClient client, String... said) {
        BackupFailedException refused = Scene.failure(client.backup());

        assertThat(refused.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
        assertThat(refused.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
        assertThat(refused).hasMessageContainingAll(said);
        assertThat(Throwables.getStackTrace(refused)
                        + refused.report()
                        + refused.report().toJson()
                        + client)
                .doesNotContain(IdentityProvider.SECRET, "t0ken-");
    }

    private List<Integer> statuses() {
        return statuses(cluster);
    }

    private static List<Integer> statuses(SimulatedCluster cluster) {
        return cluster.requests().stream().map(request -> request.status()).toList();
    }

    private SimulatedCluster cluster(CamundaLine line) {
        return SimulatedCluster.builder()
                .line(line)
                .engine(engine())
                .duration(Duration.ofMinutes(5))
                .time(stage.time())
                .accessTokens(provider::accepts)
                .build();
    }

    private CamundaBackupClient client(ClientCredentials credentials) {
        return client(cluster, credentials);
    }

    private CamundaBackupClient client(SimulatedCluster cluster, ClientCredentials credentials) {
        Authentication authentication = Authentication.clientCredentials(credentials);
        Function<Server, Endpoint> endpoint = server -> Endpoint.builder(cluster.uri(server))
                .authentication(authentication)
                .build();
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .resources(stage.resources())
                .orchestrationCluster(endpoint.apply(Server.ORCHESTRATION))
                .optimize(endpoint.apply(Server.OPTIMIZE))
                .snapshotStore(
                        stores().create(endpoint.apply(Server.SEARCH_ENGINE), cluster.repository(), stage.resources()));
        return cluster.servers().contains(Server.REST_API)
                ? client.restApi(endpoint.apply(Server.REST_API)).build()
                : client.build();
    }
}
