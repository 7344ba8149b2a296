package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.continuous.Checkpoint;
import io.github.camundabackup.continuous.CheckpointRange;
import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.continuous.CheckpointType;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.support.AbstractComponentTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest extends AbstractComponentTest {
    private static final String STATE = "GET /actuator/backupRuntime/state?physicalTenant=default";

    /** As the documentation of 8.9 shows it. */
    private static final String DOCUMENTED = """
        {"checkpointStates":[{"checkpointId":1772002769309,"checkpointType":"MARKER","partitionId":1,
         "checkpointPosition":702,"checkpointTimestamp":"2026-02-25T06:59:29.309Z"}],
         "backupStates":[{"checkpointId":1772001869309,"checkpointType":"SCHEDULED_BACKUP","partitionId":1,
         "checkpointPosition":580,"checkpointTimestamp":"2026-02-25T06:44:29.309Z","firstLogPosition":1}],
         "ranges":[{"partitionId":1,"start":{"checkpointId":1772001869309,"checkpointType":"SCHEDULED_BACKUP",
         "checkpointPosition":580,"firstLogPosition":1,"checkpointTimestamp":"2026-02-25T06:44:29.309Z"},
         "end":{"checkpointId":1772001869309,"checkpointType":"SCHEDULED_BACKUP","checkpointPosition":580,
         "firstLogPosition":1,"checkpointTimestamp":"2026-02-25T06:44:29.309Z"}},
         {"partitionId":2,"start":null,"end":null}]}\
        """;

    private static final Checkpoint BACKUP = new Checkpoint(
            1772001869309L,
            CheckpointType.SCHEDULED_BACKUP,
            OptionalLong.of(580),
            OptionalLong.of(1),
            Optional.of(Instant.parse("2026-02-25T06:44:29.309Z")));

    @Test
    void tellsTheCheckpointsBackupsAndRangesOfEachPartition() {
        server.on(STATE, 200, DOCUMENTED);

        CheckpointState state = zeebe89().checkpoints().join();

        assertThat(state.newest().get(1))
                .isEqualTo(new Checkpoint(
                        1772002769309L,
                        CheckpointType.MARKER,
                        OptionalLong.of(702),
                        OptionalLong.empty(),
                        Optional.of(Instant.parse("2026-02-25T06:59:29.309Z"))));
        assertThat(state.newestBackups()).isEqualTo(Map.of(1, BACKUP));
        assertThat(state.ranges()).isEqualTo(Map.of(1, List.of(new CheckpointRange(BACKUP, BACKUP))));
        assertThat(BACKUP.type().isAutomatic()).isTrue();
    }

    @Test
    void theRestApiTellsTheSameAndWritesItWhenAsked() {
        server.on("GET /v2/backups/runtime/state", 200, DOCUMENTED)
                .on("POST /v2/backups/runtime/state/sync", 200, DOCUMENTED);
        ZeebeClient rest = ZeebeClient.create(endpoint(), Wire.REST, CamundaLine.V8_10, resources);

        assertThat(rest.checkpoints().join()).isEqualTo(rest.writeCheckpoints().join());
    }

    @Test
    void readsTheShapeFromBeforeTheRelease() {
        server.on(STATE, 200, """
            {"checkpointStates":[{"checkpointId":7,"checkpointType":null,"partitionId":1,"checkpointPosition":9,
             "checkpointTimestamp":1772001869309}],"backupStates":[],
             "ranges":[{"partitionId":1,"start":5,"end":7,"missingCheckpoints":[6]}]}\
            """);

        CheckpointState state = zeebe89().checkpoints().join();

        assertThat(state.newest().values()).singleElement().satisfies(newest -> {
            assertThat(newest.time()).contains(Instant.ofEpochMilli(1772001869309L));
            assertThat(newest.type()).isEqualTo(CheckpointType.UNKNOWN);
        });
        assertThat(state.ranges().get(1)).singleElement().satisfies(range -> {
            assertThat(range.start().id()).isEqualTo(5);
            assertThat(range.end().id()).isEqualTo(7);
            assertThat(range.end().position()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"checkpointStates\":[],\"backupStates\":{},\"ranges\":[]}"})
    void nonsenseIsNoState(String body) {
        server.on(STATE, 200, body);

        assertThat(failureOf(zeebe89().checkpoints(), UnexpectedAnswerException.class))
                .hasMessageContaining("it is no state of checkpoints");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void saysFromWhichVersionOnThereIsAState(int status) {
        server.on(STATE, status, "{\"message\":\"no\"}");

        assertThat(failureOf(zeebe89().checkpoints(), RequestRejectedException.class))
                .hasMessageContaining("from Camunda 8.9 on");
    }

    @Test
    void namesThePermissionThatIsMissing() {
        server.on("GET /v2/backups/runtime/state", 403, "{\"title\":\"FORBIDDEN\"}")
                .on("POST /v2/backups/runtime/state/sync", 403, "{\"title\":\"FORBIDDEN\"}");
        ZeebeClient rest = ZeebeClient.create(endpoint(), Wire.REST, CamundaLine.V8_10, resources);

        assertThat(failureOf(rest.checkpoints(), AccessDeniedException.class)).hasMessageContaining("BACKUP:READ");
        assertThat(failureOf(rest.writeCheckpoints(), AccessDeniedException.class))
                .hasMessageContaining("BACKUP:CREATE");
    }

    private ZeebeClient zeebe89() {
        return ZeebeClient.create(endpoint(), CamundaLine.V8_9, resources);
    }
}
