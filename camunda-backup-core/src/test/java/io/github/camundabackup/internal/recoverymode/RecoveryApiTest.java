package io.github.camundabackup.internal.recoverymode;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.internal.recoverymode.RecoveryApi.Mode;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.support.AbstractComponentTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryApiTest extends AbstractComponentTest {
    private static final String ENTER = "PATCH /v2/mode?mode=RECOVERING";
    private static final String RESTORE = "POST /v2/restore";
    private static final String STATUS = "GET /v2/restore";
    private static final String NOT_IN_PROGRESS =
            "{\"type\":\"about:blank\",\"title\":\"NOT_FOUND\",\"status\":404,\"detail\":\"No restore is currently in"
                    + " progress.\"}";

    private RecoveryApi api() {
        return new RecoveryApi(endpoint(), PhysicalTenant.DEFAULT, resources);
    }

    @Test
    void plannedOperationsAreReadInGroupsAndAsOneList() throws Exception {
        server.on(ENTER + "&dryRun=true", json(200, """
            {"changeId":"7","plannedChanges":[
              {"physicalTenantId":"default","operations":[{"operation":"ModeChangeOperation","mode":"RECOVERING"}]},
              {"physicalTenantId":"eu","operations":[{"operation":"AwaitModeChangeOperation","mode":null}]}]}\
            """), json(200, """
                {"changeId":"8","plannedChanges":[
                  {"operation":"PartitionRestoreOperation","brokerId":"1","partitionId":2,"backupIds":[100]}]}\
                """));

        assertThat(resultOf(api().change(Mode.RECOVERING, true)).operations())
                .containsExactly("ModeChangeOperation (to RECOVERING)", "AwaitModeChangeOperation (tenant eu)");
        assertThat(resultOf(api().change(Mode.RECOVERING, true)).operations())
                .containsExactly("PartitionRestoreOperation (broker 1, partition 2, from backup 100)");
    }

    @Test
    void whatHasAnEffectIsSentOnceAndADryRunAgain() throws Exception {
        server.on(ENTER, lost())
                .on(RESTORE, lost())
                .on(RESTORE + "?dryRun=true", lost(), json(202, "{\"changeId\":\"3\",\"plannedChanges\":[]}"));

        assertThat(failureOf(api().change(Mode.RECOVERING, false), RemoteCallException.class)
                        .mayHaveHappened())
                .isTrue();
        assertThat(failureOf(api().restore(ID, false), RemoteCallException.class)
                        .mayHaveHappened())
                .isTrue();
        assertThat(resultOf(api().restore(ID, true)).id()).isEqualTo("3");

        assertThat(server.requests(ENTER)).hasSize(1);
        assertThat(server.requests(RESTORE))
                .singleElement()
                .satisfies(
                        request -> assertThat(String.valueOf(request.getBody())).contains("{\"backupIds\":[100]}"));
    }

    /** As a gateway answers right after its start: what the brokers hold may be half restored. */
    @Test
    void aClusterOfWhichNoBrokerIsSeenIsNeitherProcessingNorRecovering() throws Exception {
        server.on(
                "GET /v2/topology",
                200,
                "{\"brokers\":[],\"clusterSize\":1,\"partitionsCount\":3,\"gatewayVersion\":\"8.10.0\"}");

        assertThat(resultOf(api().cluster())).satisfies(cluster -> {
            assertThat(cluster.isProcessing()).isFalse();
            assertThat(cluster.isPartlyRecovering()).isFalse();
        });
    }

    @Test
    void aMissingPermissionIsNamed() throws Exception {
        server.on(ENTER, status(403)).on(RESTORE, status(403)).on(STATUS, status(403));

        assertThat(failureOf(api().change(Mode.RECOVERING, false), AccessDeniedException.class))
                .hasMessageContaining("permission SYSTEM:UPDATE or BACKUP:RESTORE");
        assertThat(failureOf(api().restore(ID, false), AccessDeniedException.class))
                .hasMessageContaining("permission BACKUP:RESTORE");
        assertThat(failureOf(api().restore(), AccessDeniedException.class))
                .hasMessageContaining("permission BACKUP:RESTORE");
    }

    @Test
    void anAcceptanceThatNamesNoChangeIsNoneThatCountsAsRefused() throws Exception {
        server.on(RESTORE, 202, "[{\"unexpected\":1}]");

        assertThat(failureOf(api().restore(ID, false), UnexpectedAnswerException.class)
                        .mayHaveHappened())
                .isTrue();
    }

    @Test
    void noRestoreIsToldFromNothingThatIsServedThere() throws Exception {
        server.on(STATUS, json(404, NOT_IN_PROGRESS), status(404), html(404, "Not found"));

        assertThat(resultOf(api().restore())).isEmpty();
        assertThat(resultOf(api().restore())).isEmpty();
        failureOf(api().restore(), RequestRejectedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "IN_PROGRESS, IN_PROGRESS",
        "COMPLETED, COMPLETED",
        "FAILED, FAILED",
        "CANCELLED, CANCELLED",
        "WHO_KNOWS, IN_PROGRESS"
    })
    void anUnknownStatusIsNeitherAnEndNorASuccess(String status, RestoreState.Phase phase) throws Exception {
        server.on(STATUS, 200, """
            {"status":"%s","changeId":"9","startedAt":null,"brokers":[{"brokerId":"eu_1","partitionsRestored":1,
             "partitionsToRestore":2,"partitions":[
              {"partitionId":1,"state":"RESTORED","backupIds":[100],"completedAt":"2026-01-01T10:02:00Z"},
              {"partitionId":2,"state":"PENDING","backupIds":[],"completedAt":null}]}]}\
            """.formatted(status));

        RestoreState state = resultOf(api().restore()).orElseThrow();

        assertThat(state.phase()).isEqualTo(phase);
        assertThat(state.isOf(ID)).isTrue();
        assertThat(state)
                .hasToString(status + ", 1 of 2 partitions are restored, not yet partition 2 on broker eu_1 (PENDING)");
    }

    @Test
    void aRestoreOfAnotherBackupIsNotThisOne() throws Exception {
        server.on(STATUS, 200, """
            {"status":"IN_PROGRESS","changeId":"9","startedAt":null,"brokers":[{"brokerId":"0","partitions":[
              {"partitionId":1,"state":"RESTORING","backupIds":[99,100]}]}]}\
            """);

        assertThat(resultOf(api().restore()).orElseThrow().isOf(ID)).isFalse();
    }

    private ClusterState topology(int size, String... partitions) throws Exception {
        server.on(
                "GET /v2/topology",
                200,
                "{\"gatewayVersion\":\"8.10.0\",\"partitionsCount\":2,\"clusterSize\":" + size
                        + ",\"brokers\":[{\"brokerId\":\"0\",\"nodeId\":0,\"version\":\"8.10.0\",\"partitions\":["
                        + String.join(",", partitions) + "]}]}");
        return resultOf(api().cluster());
    }

    private static String partition(int id, String role, String state) {
        return "{\"partitionId\":" + id + ",\"role\":\"" + role + "\",\"health\":\"healthy\",\"state\":\"" + state
                + "\"}";
    }

    @Test
    void allPartitionsOfAllBrokersMustBeInTheMode() throws Exception {
        String one = partition(1, "inactive", "recovering");
        String two = partition(2, "inactive", "recovering");
        String active = partition(2, "leader", "active");

        assertThat(topology(1, one, two).isRecovering()).isTrue();
        assertThat(topology(1, one, active).isRecovering()).isFalse();
        assertThat(topology(1, one, active).isPartlyRecovering()).isTrue();
        assertThat(topology(1, one).isRecovering()).as("a partition is missing").isFalse();
        assertThat(topology(2, one, two).isRecovering())
                .as("a broker is missing")
                .isFalse();
        assertThat(topology(2, one, two))
                .hasToString("recovering: partition 1 on broker 0, partition 2 on broker 0; 1 brokers are missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"follower", "inactive"})
    void aPartitionWithoutALeaderDoesNotProcess(String role) throws Exception {
        String one = partition(1, "leader", "active");

        assertThat(topology(1, one, partition(2, "leader", "active")).isProcessing())
                .isTrue();
        ClusterState leaderless = topology(1, one, partition(2, role, "active"));
        assertThat(leaderless.isProcessing()).isFalse();
        assertThat(leaderless.toString()).contains("not every partition has a leader");
    }

    @Test
    void aTopologyOfBefore810TellsNoStates() throws Exception {
        assertThat(topology(1, "{\"partitionId\":1,\"role\":\"leader\",\"health\":\"healthy\"}")
                        .tellsStates())
                .isFalse();
    }
}
