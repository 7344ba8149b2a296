package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.ComponentBackupFailedException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Waiting for a backup that was accepted, through everything that components say meanwhile. */
class AwaitCompletionTest extends AbstractComponentTest {
    private static final String GET = "GET /actuator/backups/100";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String COMPLETED = "{\"backupId\":100,\"state\":\"COMPLETED\",\"details\":[]}";

    private final List<ComponentBackup> progress = Collections.synchronizedList(new ArrayList<>());

    @Test
    void bearsWhatOperateSaysOnOpenSearch() throws Exception {
        server.on(
                GET,
                json(404, Recorded.OPERATE_UNKNOWN_ID),
                json(400, Recorded.OPERATE_CANNOT_SAY),
                json(400, Recorded.OPERATE_CANNOT_SAY),
                json(200, Recorded.OPERATE_INCOMPLETE),
                json(200, Recorded.OPERATE_COMPLETED));

        SnapshotBackup backup = resultOf(operate().awaitCompletion(ID, HOUR, progress::add));

        assertThat(backup.state()).isEqualTo(BackupState.COMPLETED);
        assertThat(progress)
                .extracting(ComponentBackup::state)
                .containsExactly(BackupState.INCOMPLETE, BackupState.COMPLETED);
    }

    @Test
    void bearsWhatTasklistSaysOnElasticsearch() throws Exception {
        server.on(
                GET,
                json(500, Recorded.TASKLIST_UNKNOWN_ID),
                json(200, inProgress("SUCCESS", "IN_PROGRESS")),
                json(200, incomplete("SUCCESS", "SUCCESS")),
                json(200, incomplete("SUCCESS", "SUCCESS", "SUCCESS")),
                json(200, inProgress("SUCCESS", "SUCCESS", "SUCCESS", "IN_PROGRESS")),
                json(200, COMPLETED));

        assertThat(resultOf(tasklist().awaitCompletion(ID, HOUR, progress::add)).state())
                .isEqualTo(BackupState.COMPLETED);
    }

    @Test
    void bearsOperateRefusingToSayForAsLongAsItsBackupTakes() throws Exception {
        server.on(GET, 400, Recorded.OPERATE_CANNOT_SAY);

        assertThat(failureOf(operate().awaitCompletion(ID, HOUR, progress::add), WaitTimedOutException.class))
                .hasMessageContaining("did not end within 3600 s. Last answer: ")
                .hasMessageContaining("Exception occurred when searching for backup with ID [110]");
        assertThat(time.elapsed()).isEqualTo(HOUR);
    }

    @Test
    void bearsZeebeNotKnowingItsBackupAtFirst() throws Exception {
        server.on(
                GET,
                json(404, Recorded.ZEEBE_UNKNOWN_ID),
                json(404, Recorded.ZEEBE_UNKNOWN_ID),
                json(200, Recorded.ZEEBE_COMPLETED));

        assertThat(resultOf(zeebe().awaitCompletion(ID, HOUR, progress::add)).partitions())
                .hasSize(2);
    }

    @Test
    void givesUpOnABackupThatZeebeDoesNotKnowAfterItsStoreWasDown() {
        server.on(
                GET,
                json(500, Recorded.ZEEBE_STORE_DOWN),
                json(504, Recorded.ZEEBE_STORE_HANGS),
                json(404, Recorded.ZEEBE_UNKNOWN_ID));

        ComponentBackupFailedException failure =
                failureOf(zeebe().awaitCompletion(ID, HOUR, progress::add), ComponentBackupFailedException.class);

        assertThat(failure.state()).isEqualTo(BackupState.DOES_NOT_EXIST);
        assertThat(failure).hasMessageContaining("shows no backup with this id").hasMessageContaining("higher id");
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    }

    @Test
    void givesUpOnABackupThatStaysIncomplete() {
        server.on(GET, 200, Recorded.OPERATE_INCOMPLETE);

        ComponentBackupFailedException failure =
                failureOf(operate().awaitCompletion(ID, HOUR, progress::add), ComponentBackupFailedException.class);

        assertThat(failure.state()).isEqualTo(BackupState.INCOMPLETE);
        assertThat(failure).hasMessageContaining("5 of 5 started snapshots done");
        // The component's own patience is 300 s.
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(330), Duration.ofSeconds(340));
    }

    @Test
    void givesOptimizeAsMuchTimeBetweenItsParts() {
        server.on(GET, 200, incomplete("SUCCESS"));

        failureOf(optimize().awaitCompletion(ID, HOUR, progress::add), ComponentBackupFailedException.class);

        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(330), Duration.ofSeconds(340));
    }

    @Test
    void waitsForABackupInAStateThatItDoesNotKnow() {
        server.on(GET, 200, "{\"backupId\":100,\"state\":\"THINKING\"}");

        assertThat(failureOf(zeebe().awaitCompletion(ID, HOUR, progress::add), WaitTimedOutException.class))
                .hasMessageContaining("UNKNOWN");
    }

    @Test
    void failsAtOnceWithTheReasonOfTheComponent() {
        server.on(
                GET,
                200,
                "{\"backupId\":100,\"state\":\"FAILED\",\"failureReason\":\"Backup is cancelled due to leader change.\"}");

        assertThat(failureOf(zeebe().awaitCompletion(ID, HOUR, progress::add), ComponentBackupFailedException.class))
                .hasMessageContaining("leader change");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void bearsAComponentThatRestarts() throws Exception {
        server.on(
                GET,
                lost(),
                lost(),
                lost(),
                lost(),
                status(503),
                html(502, "Bad Gateway"),
                html(200, "Starting up"),
                html(404, "default backend"),
                json(200, COMPLETED));

        assertThat(resultOf(optimize().awaitCompletion(ID, HOUR, progress::add)).state())
                .isEqualTo(BackupState.COMPLETED);
    }

    @Test
    void waitsForAComponentThatIsAwayUntilTheDeadline() {
        server.on(GET, lost());

        assertThat(failureOf(optimize().awaitCompletion(ID, HOUR, progress::add), WaitTimedOutException.class))
                .hasMessageContaining("Last answer: Could not get the state of backup 100: Optimize")
                .hasMessageContaining("broke the connection");
        assertThat(time.elapsed()).isBetween(HOUR, HOUR.plusSeconds(2));
    }

    @Test
    void givesUpOnAComponentThatAnswersAndDoesNotSay() {
        server.on(GET, 500, Recorded.TASKLIST_UNKNOWN_ID);

        assertThat(failureOf(optimize().awaitCompletion(ID, HOUR, progress::add), ComponentBackupFailedException.class))
                .hasMessageContaining("Last answer: Could not get the state of backup 100: Optimize");
        assertThat(time.elapsed()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    }

    @Test
    void doesNotWaitForWrongCredentialsToBecomeRight() {
        server.on(GET, json(200, inProgress("SUCCESS")), status(401));

        failureOf(operate().awaitCompletion(ID, HOUR, progress::add), AccessDeniedException.class);

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void saysWhatWasSeenLastWhenTheTimeIsUp() {
        server.on(GET, 200, inProgress("SUCCESS", "IN_PROGRESS"));

        assertThat(failureOf(
                        operate().awaitCompletion(ID, Duration.ofMinutes(2), progress::add),
                        WaitTimedOutException.class))
                .hasMessage(
                        "Backup 100 of Operate did not end within 120 s. Last seen: backup 100 of Operate: IN_PROGRESS,"
                                + " 1 of 2 started snapshots done.");
        assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void failsIfTheListenerThrows() {
        server.on(GET, 200, inProgress("SUCCESS"));

        CompletableFuture<SnapshotBackup> waiting = operate().awaitCompletion(ID, HOUR, backup -> {
            throw new IllegalStateException("listener");
        });

        assertThat(failureOf(waiting, IllegalStateException.class)).hasMessage("listener");
    }

    @Test
    void stopsAskingWhenItIsCancelled() throws Exception {
        time.hold();
        server.on(GET, 200, inProgress("SUCCESS"));
        CompletableFuture<SnapshotBackup> waiting = operate().awaitCompletion(ID, HOUR, progress::add);
        CompletableFuture<Void> pause = resultOf(time.firstHeld());
        assertThat(pause).isNotDone();

        waiting.cancel(false);

        assertThat(waiting).isCancelled();
        // At the latest when the polling, which had just begun to wait, sees that it is over.
        assertThat(pause.handle((passed, error) -> "ended")).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(pause).isCancelled();
        assertThat(server.requests()).hasSize(1);
    }

    private static String inProgress(String... parts) {
        return backup("IN_PROGRESS", parts);
    }

    private static String incomplete(String... parts) {
        return backup("INCOMPLETE", parts);
    }

    private static String backup(String state, String... parts) {
        StringBuilder details = new StringBuilder();
        for (String part : parts) {
            details.append(details.isEmpty() ? "" : ",")
                    .append("{\"snapshotName\":\"part\",\"state\":\"")
                    .append(part)
                    .append("\"}");
        }
        return "{\"backupId\":100,\"state\":\"" + state + "\",\"details\":[" + details + "]}";
    }
}
