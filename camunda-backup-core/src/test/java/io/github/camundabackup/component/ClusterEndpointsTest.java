package io.github.camundabackup.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ClusterEndpointsTest {
    private static final URI ZEEBE = URI.create("http://zeebe:9600");
    private static final URI OPERATE = URI.create("http://operate:9600");
    private static final URI TASKLIST = URI.create("http://tasklist:9600");
    private static final URI OPTIMIZE = URI.create("http://optimize:8092");

    @Test
    void areThoseOfSeparateApplications() {
        ClusterEndpoints endpoints = ClusterEndpoints.builder()
                .tasklist(TASKLIST)
                .operate(OPERATE)
                .optimize(OPTIMIZE)
                .zeebe(ZEEBE)
                .build();

        assertThat(endpoints.all().keySet())
                .containsExactly(Component.OPTIMIZE, Component.OPERATE, Component.TASKLIST, Component.ZEEBE);
        assertThat(endpoints.of(Component.OPERATE).map(Endpoint::uri)).contains(OPERATE);
        assertThat(endpoints.of(Component.WEB_APPLICATIONS)).isEmpty();
        assertThat(endpoints.line()).isEmpty();
    }

    @Test
    void areZeebeAndTheWebApplicationsInAnOrchestrationCluster() {
        ClusterEndpoints endpoints =
                ClusterEndpoints.builder().orchestrationCluster(ZEEBE).build();

        assertThat(endpoints.all().keySet()).containsExactly(Component.WEB_APPLICATIONS, Component.ZEEBE);
        assertThat(endpoints.zeebe().uri()).isEqualTo(ZEEBE);
        assertThat(endpoints.of(Component.WEB_APPLICATIONS)).contains(endpoints.zeebe());
    }

    @Test
    void haveNoPhysicalTenantsInALineThatHasNone() {
        assertThatThrownBy(() -> ClusterEndpoints.builder()
                        .orchestrationCluster(ZEEBE)
                        .line(CamundaLine.V8_9)
                        .physicalTenant("eu")
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("from Camunda 8.10 on");
        assertThat(ClusterEndpoints.builder()
                        .orchestrationCluster(ZEEBE)
                        .line(CamundaLine.V8_10)
                        .physicalTenant("eu")
                        .build())
                .hasToString("physical tenant eu of "
                        + ClusterEndpoints.builder().orchestrationCluster(ZEEBE).build());
    }

    @Test
    void askZeebeForPhasesUnlessThereAreBrokers() {
        Endpoint broker = Endpoint.of(URI.create("http://broker-0:9600"));

        assertThat(ClusterEndpoints.builder().zeebe(ZEEBE).build().brokers())
                .extracting(Endpoint::uri)
                .containsExactly(ZEEBE);
        assertThat(ClusterEndpoints.builder()
                        .zeebe(ZEEBE)
                        .broker(broker)
                        .build()
                        .brokers())
                .containsExactly(broker);
    }

    @Test
    void wantZeebe() {
        ClusterEndpoints.Builder builder = ClusterEndpoints.builder().operate(OPERATE);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no endpoint of Zeebe")
                .hasMessageContaining("orchestrationCluster")
                .hasMessageContaining("9600");
    }

    @Test
    void areNotOfTwoVersionLinesAtOnce() {
        for (ClusterEndpoints.Builder builder : new ClusterEndpoints.Builder[] {
            ClusterEndpoints.builder().orchestrationCluster(ZEEBE).operate(OPERATE),
            ClusterEndpoints.builder().orchestrationCluster(ZEEBE).tasklist(TASKLIST),
            ClusterEndpoints.builder().zeebe(ZEEBE).operate(OPERATE).line(CamundaLine.V8_8),
        }) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Operate and Tasklist have endpoints of their own up to 8.7");
        }
    }

    @Test
    void areNoOrchestrationClusterUpTo87() {
        ClusterEndpoints.Builder builder =
                ClusterEndpoints.builder().orchestrationCluster(ZEEBE).line(CamundaLine.UP_TO_8_7);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no orchestration cluster up to 8.7");
    }

    @Test
    void doNotChangeWithTheirBuilder() {
        ClusterEndpoints.Builder builder = ClusterEndpoints.builder().zeebe(ZEEBE);
        ClusterEndpoints endpoints = builder.build();

        builder.operate(OPERATE).broker(Endpoint.of(OPERATE));

        assertThat(endpoints.all()).hasSize(1);
        assertThat(endpoints.brokers()).hasSize(1);
    }

    @Test
    void showNoSecret() {
        Endpoint secret = Endpoint.builder(ZEEBE)
                .authentication(Authentication.basic("user", "s3cr3t"))
                .build();

        assertThat(ClusterEndpoints.builder().orchestrationCluster(secret).build())
                .asString()
                .contains("http://zeebe:9600")
                .doesNotContain("s3cr3t");
    }
}
