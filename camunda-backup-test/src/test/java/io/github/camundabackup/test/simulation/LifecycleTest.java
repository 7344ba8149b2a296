package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Ports, paths and threads. */
class LifecycleTest {
    private final Web web = new Web();

    @Test
    void aClusterUpTo87HasAPortForEachServer() {
        try (SimulatedCluster cluster = SimulatedCluster.builder().build()) {
            assertThat(cluster.servers())
                    .containsExactly(
                            Server.OPTIMIZE, Server.OPERATE, Server.TASKLIST, Server.ZEEBE, Server.SEARCH_ENGINE);
            Set<Integer> ports = cluster.servers().stream()
                    .map(server -> cluster.uri(server).getPort())
                    .collect(Collectors.toSet());
            assertThat(ports).hasSize(5);
            assertThatThrownBy(cluster::orchestrationUri)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has no ORCHESTRATION");
        }
    }

    @Test
    void aClusterFrom88HasOneServerForZeebeAndTheWebApplications() {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .withoutOptimize()
                .build()) {
            assertThat(cluster.servers()).containsExactly(Server.ORCHESTRATION, Server.SEARCH_ENGINE);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void contextPathsPrecedeEverything(CamundaLine line) {
        SimulatedCluster.Builder builder = SimulatedCluster.builder().line(line);
        for (Server server : Server.values()) {
            builder.contextPath(server, "/some/" + server.pathName());
        }
        try (SimulatedCluster cluster = builder.build()) {
            for (Server server : cluster.servers()) {
                URI uri = cluster.uri(server);
                assertThat(uri.getPath()).isEqualTo("/some/" + server.pathName());
                String path = server == Server.SEARCH_ENGINE ? "/_snapshot" : "/actuator";
                assertThat(web.get(uri, path).status()).isEqualTo(200);
                assertThat(web.get(uri.resolve("/"), path.substring(1)).status())
                        .isEqualTo(404);
            }
            assertThat(cluster.requests())
                    .allSatisfy(request -> assertThat(request.path()).doesNotContain("/some"));
            assertThat(web.get(cluster.optimizeUri(), "/actuator")
                            .json()
                            .at("/_links/backups/href")
                            .asText())
                    .isEqualTo(cluster.optimizeUri() + "/actuator/backups");
        }
    }

    @Test
    void springReportsTheWholePath() {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().contextPath(Server.ZEEBE, "/zeebe").build()) {
            assertThat(web.get(cluster.zeebeUri(), "/actuator/nothing")
                            .json()
                            .path("path")
                            .asText())
                    .isEqualTo("/zeebe/actuator/nothing");
        }
    }

    @Test
    void clustersOnOneHostDoNotKnowOfEachOther() {
        try (SimulationHost host = SimulationHost.create();
                SimulatedCluster one = SimulatedCluster.builder().host(host).build();
                SimulatedCluster two = SimulatedCluster.builder().host(host).build()) {
            web.backup(one.zeebeUri(), 5);

            assertThat(one.zeebeUri().getPort()).isEqualTo(two.zeebeUri().getPort());
            assertThat(web.backup(two.zeebeUri(), 4).status()).isEqualTo(202);
            assertThat(one.requests()).hasSize(1);
            assertThat(two.requests()).hasSize(1);
        }
    }

    @Test
    void anUnreachableServerOnAHostCutsConnections() {
        try (SimulationHost host = SimulationHost.create();
                SimulatedCluster cluster = SimulatedCluster.builder().host(host).build()) {
            cluster.faults().unreachable(Server.ZEEBE);
            assertThatThrownBy(() -> web.exchange("GET", cluster.zeebeUri(), "/actuator", Optional.empty(), ""))
                    .isInstanceOf(IOException.class);
            assertThat(web.get(cluster.operateUri(), "/actuator").status()).isEqualTo(200);

            cluster.faults().reachable(Server.ZEEBE);
            assertThat(web.get(cluster.zeebeUri(), "/actuator").status()).isEqualTo(200);
        }
    }

    @Test
    void twoHundredClustersNeedNoMoreThreadsThanOne() {
        Set<Thread> before = serverThreads();
        try (SimulationHost host = SimulationHost.create()) {
            List<SimulatedCluster> clusters = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                clusters.add(SimulatedCluster.builder().host(host).build());
            }
            clusters.forEach(cluster ->
                    assertThat(web.backup(cluster.zeebeUri(), 5).status()).isEqualTo(202));

            Set<Thread> own = serverThreads();
            own.removeAll(before);
            assertThat(own).hasSizeLessThanOrEqualTo(6);
            clusters.forEach(SimulatedCluster::close);
            assertThat(web.get(clusters.get(0).zeebeUri(), "/actuator").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aClosedClusterLeavesNoThreadAndNoPort() throws InterruptedException {
        Set<Thread> before = serverThreads();
        SimulatedCluster cluster = SimulatedCluster.builder().build();
        URI zeebe = cluster.zeebeUri();
        web.backup(zeebe, 5);
        Set<Thread> own = serverThreads();
        own.removeAll(before);
        assertThat(own).isNotEmpty();

        cluster.close();
        cluster.close();
        for (Thread thread : own) {
            thread.join(10_000);
        }
        assertThat(own).noneMatch(Thread::isAlive);
        assertThatThrownBy(() -> web.exchange("GET", zeebe, "/actuator", Optional.empty(), ""))
                .isInstanceOf(IOException.class);
    }

    private static Set<Thread> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("simulated-camunda-.*|HTTP-Dispatcher|server-timer"))
                .collect(Collectors.toSet());
    }

    @Test
    void impossibleClustersAreRefused() {
        SimulatedCluster.Builder builder = SimulatedCluster.builder();
        assertThatThrownBy(() -> builder.partitions(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.webApplicationParts(8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.contextPath(Server.OPERATE, "operate/"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
