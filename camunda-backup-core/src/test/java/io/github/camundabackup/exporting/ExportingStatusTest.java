package io.github.camundabackup.exporting;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.html;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.exporting.ExportingStatus.Summary;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the brokers say of their exporters, and what may be concluded from it. */
class ExportingStatusTest extends AbstractComponentTest {
    private static final String PARTITIONS = "GET /actuator/partitions?physicalTenant=default";

    @Test
    void readsThePhaseOfEveryPartition() throws Exception {
        server.on(PARTITIONS, 200, Recorded.PARTITIONS_SOFT_PAUSED);

        ExportingStatus status = status(server);

        assertThat(status.partitions())
                .containsExactly(
                        new PartitionStatus(
                                server.uri(),
                                1,
                                true,
                                ExporterPhase.SOFT_PAUSED,
                                OptionalLong.of(2713),
                                Optional.of("PROCESSING")),
                        new PartitionStatus(
                                server.uri(),
                                2,
                                true,
                                ExporterPhase.SOFT_PAUSED,
                                OptionalLong.of(4265),
                                Optional.of("PROCESSING")));
        assertThat(status.unreadable()).isEmpty();
        assertThat(status.summary()).isEqualTo(Summary.SOFT_PAUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "EXPORTING, EXPORTING, EXPORTING",
        "PAUSED, PAUSED, PAUSED",
        "SOFT_PAUSED, SOFT_PAUSED, SOFT_PAUSED",
        "soft_paused, SOFT_PAUSED, SOFT_PAUSED",
        "EXPORTING, SOFT_PAUSED, MIXED",
        "PAUSED, SOFT_PAUSED, MIXED",
        "CLOSED, CLOSED, UNKNOWN",
        "EXPORTING, NAPPING, UNKNOWN",
        "NAPPING, NAPPING, UNKNOWN"
    })
    void sumsUpTheLeaders(String one, String other, Summary summary) throws Exception {
        server.on(PARTITIONS, 200, "{" + partition(1, "LEADER", one) + "," + partition(2, "LEADER", other) + "}");

        assertThat(status(server).summary()).isEqualTo(summary);
    }

    @Test
    void concludesNothingWhileThePartitionsOfOtherBrokersAreNotSeen() throws Exception {
        server.on(PARTITIONS, 200, "{" + partition(1, "LEADER", "EXPORTING") + "}");
        // Camunda 8.6.0, shortened.
        server.on(
                "GET /actuator/cluster?physicalTenant=default",
                200,
                "{\"version\":1,\"brokers\":[{\"id\":0,\"state\":\"ACTIVE\",\"partitions\":[{\"id\":1,\"state\":\"ACTIVE\"}]},"
                        + "{\"id\":1,\"state\":\"ACTIVE\",\"partitions\":[{\"id\":2,\"state\":\"ACTIVE\"}]}]}");

        assertThat(resultOf(ExportingClient.create(endpoint(), resources).status())
                        .summary())
                .isEqualTo(Summary.UNKNOWN);
    }

    @Test
    void readsThePartitionsOfItsOwnPhysicalTenant() throws Exception {
        server.on(
                PARTITIONS,
                200,
                "{\"default\":{" + partition(1, "LEADER", "SOFT_PAUSED") + "},\"tenantb\":{"
                        + partition(1, "LEADER", "EXPORTING") + "}}");

        ExportingStatus status = status(server);

        assertThat(status.partitions()).hasSize(1);
        assertThat(status.summary()).isEqualTo(Summary.SOFT_PAUSED);
    }

    @Test
    void doesNotAskFollowersWhoDoNotExport() throws Exception {
        try (StubServer second = StubServer.start()) {
            server.on(
                    PARTITIONS,
                    200,
                    "{" + partition(1, "LEADER", "SOFT_PAUSED") + "," + partition(2, "FOLLOWER", "CLOSED") + "}");
            second.on(
                    PARTITIONS,
                    200,
                    "{" + partition(1, "FOLLOWER", "CLOSED") + "," + partition(2, "LEADER", "SOFT_PAUSED") + "}");

            ExportingStatus status = status(server, second);

            assertThat(status.partitions()).hasSize(4);
            assertThat(status.summary()).isEqualTo(Summary.SOFT_PAUSED);
        }
    }

    @Test
    void concludesNothingWhereTheLeaderOfAPartitionWasNotSeen() throws Exception {
        server.on(
                PARTITIONS,
                200,
                "{" + partition(1, "LEADER", "EXPORTING") + "," + partition(2, "FOLLOWER", "CLOSED") + "}");

        assertThat(status(server).summary()).isEqualTo(Summary.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"1\":{\"role\":\"LEADER\"}}",
                "{\"1\":{\"exporterPhase\":\"EXPORTING\"}}",
                "{\"1\":{\"role\":\"FOLLOWER\",\"exporterPhase\":\"EXPORTING\"}}",
                "{\"1\":{\"role\":\"INACTIVE\",\"exporterPhase\":\"EXPORTING\"}}",
                "{\"status\":\"UP\"}"
            })
    void concludesNothingWithoutALeadersPhase(String answer) throws Exception {
        server.on(PARTITIONS, 200, answer);

        assertThat(status(server).summary()).isEqualTo(Summary.UNKNOWN);
    }

    @Test
    void concludesNothingWhereABrokerCannotBeRead() throws Exception {
        try (StubServer gone = StubServer.start()) {
            server.on(PARTITIONS, 200, Recorded.PARTITIONS_SOFT_PAUSED);
            gone.on(PARTITIONS, lost());

            ExportingStatus status = status(server, gone);

            assertThat(status.partitions()).hasSize(2);
            assertThat(status.unreadable()).containsOnlyKeys(gone.uri());
            assertThat(status.summary()).isEqualTo(Summary.UNKNOWN);
            assertThat(status)
                    .asString()
                    .contains("could not read")
                    .contains(gone.uri().toString());
        }
    }

    @Test
    void saysWhyAGatewayWithoutABrokerCannotTell() throws Exception {
        ExportingStatus status = status(server);

        assertThat(status.summary()).isEqualTo(Summary.UNKNOWN);
        assertThat(status.unreadable().get(server.uri()))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("Only brokers tell these");
    }

    @Test
    void takesNothingButAnObjectForPartitions() throws Exception {
        server.on(PARTITIONS, 200, "[]");
        assertThat(status(server).unreadable()).hasSize(1);

        server.on(PARTITIONS, html(200, "Sign in"));
        assertThat(status(server).unreadable()).hasSize(1);
    }

    @Test
    void concludesNothingWithoutBrokers() throws Exception {
        assertThat(resultOf(ExportingClient.create(endpoint(), List.of(), resources)
                                .status())
                        .summary())
                .isEqualTo(Summary.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(ExporterPhase.class)
    void readsItsOwnNames(ExporterPhase phase) {
        assertThat(ExporterPhase.parse(phase.name())).isEqualTo(phase);
    }

    private ExportingStatus status(StubServer... brokers) throws Exception {
        List<Endpoint> endpoints = new ArrayList<>();
        for (StubServer broker : brokers) {
            endpoints.add(Endpoint.of(broker.uri()));
        }
        return resultOf(ExportingClient.create(Endpoint.of(URI.create("http://gateway.invalid")), endpoints, resources)
                .status());
    }

    private static String partition(int id, String role, String phase) {
        return "\"" + id + "\":{\"role\":\"" + role + "\",\"exporterPhase\":\"" + phase + "\",\"exportedPosition\":-1}";
    }
}
