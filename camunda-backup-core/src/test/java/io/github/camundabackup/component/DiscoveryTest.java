package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration that fits leads to. The ones that do not are in {@link MismatchTest}. */
class DiscoveryTest extends AbstractComponentTest {
    @AutoClose
    final StubServer operate = StubServer.start();

    @AutoClose
    final StubServer tasklist = StubServer.start();

    @AutoClose
    final StubServer optimize = StubServer.start();

    @Test
    void findsAClusterUpTo87() throws Exception {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);
        Indexes.on(operate, "backups", "health");
        Indexes.on(tasklist, "backups", "health");
        Indexes.on(optimize, "backups", "health");

        CamundaCluster cluster = discover(ClusterEndpoints.builder()
                .zeebe(server.uri())
                .operate(operate.uri())
                .tasklist(tasklist.uri())
                .optimize(optimize.uri()));

        assertThat(cluster.line()).isEqualTo(CamundaLine.UP_TO_8_7);
        assertThat(cluster.zeebe().uri()).isEqualTo(server.uri());
        assertThat(cluster.exporting().uri()).isEqualTo(server.uri());
        assertThat(cluster.webApplications()).isEmpty();
        assertThat(cluster.snapshotClients())
                .extracting(SnapshotBackupClient::component, SnapshotBackupClient::uri)
                .containsExactly(
                        tuple(Component.OPTIMIZE, optimize.uri()),
                        tuple(Component.OPERATE, operate.uri()),
                        tuple(Component.TASKLIST, tasklist.uri()));
    }

    @Test
    void findsAnOrchestrationClusterFrom88() throws Exception {
        Indexes.on(server, "backupHistory", "backupRuntime", "exporting", "partitions");
        Indexes.on(optimize, "backups");

        CamundaCluster cluster = discover(
                ClusterEndpoints.builder().orchestrationCluster(server.uri()).optimize(optimize.uri()));

        assertThat(cluster.line()).isEqualTo(CamundaLine.V8_8);
        assertThat(cluster.snapshotClients())
                .extracting(SnapshotBackupClient::component)
                .containsExactly(Component.OPTIMIZE, Component.WEB_APPLICATIONS);
        assertThat(cluster.operate()).isEmpty();
        assertThat(cluster.tasklist()).isEmpty();
    }

    @Test
    void takesTheNewerPathWhereBothAreServed() throws Exception {
        Indexes.on(server, "backups", "backupHistory", "backupRuntime", "exporting", "partitions");

        assertThat(discover(ClusterEndpoints.builder().orchestrationCluster(server.uri()))
                        .line())
                .isEqualTo(CamundaLine.V8_8);
    }

    @Test
    void findsAClusterWithoutWebApplications() throws Exception {
        Indexes.on(server, "backupRuntime", "exporting", "partitions");

        assertThat(discover(ClusterEndpoints.builder().zeebe(server.uri())).snapshotClients())
                .isEmpty();
    }

    @Test
    void looksBelowTheContextPath() throws Exception {
        server.on("GET /orchestration/actuator", 200, Indexes.of("backupHistory", "backupRuntime", "exporting"));

        CamundaCluster cluster =
                discover(ClusterEndpoints.builder().orchestrationCluster(URI.create(server.uri() + "/orchestration")));

        assertThat(cluster.zeebe().uri()).hasPath("/orchestration");
    }

    @Test
    void acceptsTheLineThatIsStated() throws Exception {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);

        assertThat(discover(ClusterEndpoints.builder().zeebe(server.uri()).line(CamundaLine.UP_TO_8_7))
                        .line())
                .isEqualTo(CamundaLine.UP_TO_8_7);
    }

    @Test
    void triesTheEndpointsThemselvesWhereTheIndexIsSwitchedOff() throws Exception {
        server.on("GET /actuator/backups", 200, Recorded.ZEEBE_LIST)
                .on("GET /actuator/partitions", 200, Recorded.PARTITIONS_SOFT_PAUSED);
        operate.on("GET /actuator/backups", 400, Recorded.OPERATE_CANNOT_LIST);
        tasklist.on("GET /actuator/backups", 500, Recorded.TASKLIST_UNKNOWN_ID);
        optimize.on("GET /actuator/backups", 500, "{\"errorCode\":\"x\",\"errorMessage\":\"no repository\"}");

        CamundaCluster cluster = discover(ClusterEndpoints.builder()
                .zeebe(server.uri())
                .operate(operate.uri())
                .tasklist(tasklist.uri())
                .optimize(optimize.uri()));

        assertThat(cluster.line()).isEqualTo(CamundaLine.UP_TO_8_7);
        assertThat(cluster.snapshotClients()).hasSize(3);
    }

    @Test
    void findsAnOrchestrationClusterWhoseIndexIsSwitchedOff() throws Exception {
        server.on("GET /actuator/backupHistory", 200, "[]")
                .on("GET /actuator/backupRuntime", 200, "[]")
                .on("GET /actuator/partitions", 200, "{}");

        assertThat(discover(ClusterEndpoints.builder().orchestrationCluster(server.uri()))
                        .line())
                .isEqualTo(CamundaLine.V8_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void findsAPhysicalTenant(int refusal) throws Exception {
        Indexes.on(server, "backupHistory", "backupRuntime", "exporting", "cluster");
        server.on("GET /actuator/cluster?physicalTenant=eu", 200, "{}")
                .on("GET /actuator/cluster?physicalTenant=no-such-tenant", status(refusal));

        CamundaCluster cluster = discover(
                ClusterEndpoints.builder().orchestrationCluster(server.uri()).physicalTenant("eu"));

        assertThat(cluster.physicalTenant()).hasToString("eu");
        assertThat(cluster.line()).isEqualTo(CamundaLine.V8_10);
    }

    @Test
    void findsAPhysicalTenantWhereTheIndexIsSwitchedOff() throws Exception {
        server.on("GET /actuator/backupHistory", 200, "[]")
                .on("GET /actuator/backupRuntime", 200, "[]")
                .on("GET /actuator/cluster", 200, "{}")
                .on("GET /actuator/cluster?physicalTenant=eu", 200, "{}")
                .on("GET /actuator/cluster?physicalTenant=no-such-tenant", status(400));

        assertThat(discover(ClusterEndpoints.builder()
                                .orchestrationCluster(server.uri())
                                .physicalTenant("eu"))
                        .line())
                .isEqualTo(CamundaLine.V8_10);
    }

    @Test
    void changesNothing() throws Exception {
        Indexes.on(server, "backupHistory", "backupRuntime", "exporting");
        discover(ClusterEndpoints.builder().orchestrationCluster(server.uri()));
        operateWithoutAnything();

        assertThat(server.requests()).extracting(RecordedRequest::getMethod).containsOnly("GET");
        assertThat(operate.requests()).extracting(RecordedRequest::getMethod).containsOnly("GET");
    }

    private void operateWithoutAnything() {
        failureOf(
                CamundaCluster.discover(
                        ClusterEndpoints.builder()
                                .zeebe(server.uri())
                                .operate(operate.uri())
                                .build(),
                        resources),
                ConfigurationMismatchException.class);
    }

    private CamundaCluster discover(ClusterEndpoints.Builder endpoints) throws Exception {
        return resultOf(CamundaCluster.discover(endpoints.build(), resources));
    }
}
