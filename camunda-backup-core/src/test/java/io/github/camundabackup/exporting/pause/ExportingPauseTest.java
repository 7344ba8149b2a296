package io.github.camundabackup.exporting.pause;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.ExportingStatus.Summary;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.SteppingTime;
import io.github.camundabackup.support.StubServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whether a pause and its end are confirmed where only some brokers tell their partitions. */
class ExportingPauseTest {
    private static final String PARTITIONS = "GET /actuator/partitions?physicalTenant=default";

    private final SteppingTime time = new SteppingTime();

    @AutoClose
    private final StubServer gateway = StubServer.start()
            .on(
                    "POST /actuator/exporting/resume?physicalTenant=default",
                    200,
                    "{\"body\":null,\"status\":204,\"contentType\":null}")
            // Camunda 8.6.0, shortened: the leaders of partition 2 cannot be seen from here.
            .on(
                    "GET /actuator/cluster?physicalTenant=default",
                    200,
                    "{\"version\":1,\"brokers\":[{\"id\":0,\"partitions\":[{\"id\":1}]},{\"id\":1,\"partitions\":[{\"id\":2}]}]}");

    @AutoClose
    private final ClientResources resources =
            ClientResources.builder().time(time).build();

    @Test
    void aPartOfTheLeadersStillExportingIsNoPause() {
        gateway.on(PARTITIONS, 200, leaderOfOne("EXPORTING"));

        assertThat(failureOf(pause().confirm(), CamundaBackupException.class))
                .hasMessageContaining("partitions do not show it after");
    }

    @Test
    void aPauseThatReachesTheSeenLeadersLateIsWaitedFor() throws Exception {
        gateway.on(PARTITIONS, json(200, leaderOfOne("EXPORTING")), json(200, leaderOfOne("SOFT_PAUSED")));

        assertThat(resultOf(pause().confirm()).summary())
                .as("the leader of partition 2 was not seen")
                .isEqualTo(Summary.UNKNOWN);
        assertThat(gateway.requests(PARTITIONS)).hasSize(2);
    }

    @Test
    void aPartOfTheLeadersStillPausedIsNotResumed() throws Exception {
        gateway.on(PARTITIONS, 200, leaderOfOne("SOFT_PAUSED"));
        ExportingPause pause = pause();

        assertThat(resultOf(pause.end(() -> CompletableFuture.completedFuture(true))))
                .isFalse();

        assertThat(pause.report().state()).isEqualTo(PauseReport.State.NOT_RESUMED);
    }

    @Test
    void resumedWithoutAllLeadersIsNotConfirmed() throws Exception {
        gateway.on(PARTITIONS, 200, leaderOfOne("EXPORTING"));
        ExportingPause pause = pause();

        assertThat(resultOf(pause.end(() -> CompletableFuture.completedFuture(true))))
                .isTrue();

        assertThat(pause.report().state()).isEqualTo(PauseReport.State.RESUMED);
        assertThat(pause.report().confirmedByBrokers()).isFalse();
    }

    private ExportingPause pause() {
        return ExportingPause.of(
                ClusterEndpoints.builder().orchestrationCluster(gateway.uri()).build(),
                resources,
                Duration.ofMinutes(1));
    }

    private static String leaderOfOne(String phase) {
        return "{\"1\":{\"role\":\"LEADER\",\"exporterPhase\":\"" + phase + "\",\"exportedPosition\":7}}";
    }
}
