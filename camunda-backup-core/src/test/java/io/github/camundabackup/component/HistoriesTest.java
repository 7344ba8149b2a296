package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.continuous.Checkpoint;
import io.github.camundabackup.continuous.PartitionHistory;
import io.github.camundabackup.continuous.PositionBounds;
import io.github.camundabackup.continuous.RestoreChoice.Possible;
import io.github.camundabackup.continuous.RestorePoints;
import io.github.camundabackup.continuous.RestoreWindow;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.support.AbstractComponentTest;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

class HistoriesTest extends AbstractComponentTest {
    private static final String STATE = "GET /actuator/backupRuntime/state?physicalTenant=default";
    private static final String LIST = "GET /actuator/backupRuntime?physicalTenant=default";

    @Test
    void areMadeOfTheRangesAndTheBackupsInThem() {
        server.on(STATE, 200, state(200, 300)).on(LIST, 200, list(100, 200, 250, 300));
        backup(200, "COMPLETED", 20, 11);
        backup(250, "FAILED", 0, 0);
        backup(300, "COMPLETED", 30, 21);

        List<PartitionHistory> histories = zeebe89().histories().join();

        assertThat(histories).singleElement().satisfies(history -> {
            assertThat(history.partition()).isEqualTo(1);
            assertThat(history.checkpoints()).extracting(Checkpoint::id).containsExactly(200L, 300L);
        });
        assertThat(RestorePoints.of(Map.of(1, PositionBounds.exactly(25)), histories)
                        .choose(RestoreWindow.newest()))
                .isInstanceOfSatisfying(
                        Possible.class,
                        possible -> assertThat(possible.point().backups()).isEqualTo(Map.of(1, List.of(200L, 300L))));
        assertThat(server.requests("GET /actuator/backupRuntime/100?physicalTenant=default"))
                .as("what is before the ranges")
                .isEmpty();
    }

    @Test
    void retentionThatMovesTheRangesMeanwhileHasItBeginAgain() {
        MockResponse moved = json(200, state(300, 300));
        server.on(STATE, json(200, state(200, 300)), moved, moved, moved)
                .on(LIST, json(200, list(200, 300)), json(200, list(300)));
        server.on(
                "GET /actuator/backupRuntime/200?physicalTenant=default",
                404,
                "{\"message\":\"Backup with id 200 does not exist\"}");
        backup(300, "COMPLETED", 30, 21);

        assertThat(zeebe89().histories().join())
                .singleElement()
                .satisfies(history -> assertThat(history.checkpoints())
                        .extracting(Checkpoint::id)
                        .containsExactly(300L));
    }

    @Test
    void aBackupThatCannotBeAskedForIsNoGap() {
        server.on(STATE, 200, state(200, 200))
                .on(LIST, 200, list(200))
                .on("GET /actuator/backupRuntime/200?physicalTenant=default", 500, "{\"message\":\"no\"}");

        failureOf(zeebe89().histories(), RequestRejectedException.class);
    }

    private void backup(int id, String state, int position, int first) {
        server.on("GET /actuator/backupRuntime/" + id + "?physicalTenant=default", 200, """
            {"backupId":%d,"state":"%s","details":[{"partitionId":1,"state":"%s","checkpointPosition":%d,
             "firstLogPosition":%d,"createdAt":"2026-02-25T06:44:29.309Z"}]}\
            """.formatted(
                        id, state, state, position, first));
    }

    private static String list(int... ids) {
        StringBuilder list = new StringBuilder();
        for (int id : ids) {
            list.append(list.length() == 0 ? "" : ",")
                    .append("{\"backupId\":%d,\"state\":\"COMPLETED\",\"details\":[]}".formatted(id));
        }
        return "[" + list + "]";
    }

    private static String state(int start, int end) {
        String checkpoint = "{\"checkpointId\":%d,\"checkpointType\":\"SCHEDULED_BACKUP\",\"partitionId\":1,"
                + "\"checkpointPosition\":%d,\"firstLogPosition\":%d}";
        String first = checkpoint.formatted(start, start / 10, start / 10 - 9);
        String last = checkpoint.formatted(end, end / 10, end / 10 - 9);
        return "{\"checkpointStates\":[%s],\"backupStates\":[%s],\"ranges\":[{\"partitionId\":1,\"start\":%s,\"end\":%s}]}"
                .formatted(last, last, first, last);
    }

    private ZeebeClient zeebe89() {
        return ZeebeClient.create(endpoint(), CamundaLine.V8_9, resources);
    }
}
