package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import java.net.URI;
import java.util.List;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking a backup, with a reply. What happens without one is in {@link LostReplyTest}. */
class TakeTest extends AbstractComponentTest {
    private static final String POST = "POST /actuator/backups";
    private static final String GET = "GET /actuator/backups/100";

    @Test
    void sendsTheIdAsJsonToEveryComponentsPath() throws Exception {
        server.on(POST, 200, "{}")
                .on("POST /actuator/backupHistory?physicalTenant=default", 200, "{}")
                .on("POST /actuator/backupRuntime?physicalTenant=default", 202, "{}");

        resultOf(optimize().take(ID));
        resultOf(operate().take(ID));
        resultOf(tasklist().take(ID));
        resultOf(zeebe().take(ID));
        resultOf(webApplications().take(ID));
        resultOf(zeebe88().take(ID));

        assertThat(server.requests())
                .extracting(RecordedRequest::getTarget)
                .containsExactly(
                        "/actuator/backups",
                        "/actuator/backups",
                        "/actuator/backups",
                        "/actuator/backups",
                        "/actuator/backupHistory?physicalTenant=default",
                        "/actuator/backupRuntime?physicalTenant=default");
        assertThat(server.requests()).allSatisfy(request -> {
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getBody().utf8()).isEqualTo("{\"backupId\":100}");
            assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        });
    }

    @Test
    void tellsTheSnapshotsToComeWhereTheComponentDoes() throws Exception {
        server.on(POST, 200, Recorded.OPERATE_TAKEN);

        AcceptedBackup taken = resultOf(operate().take(ID));

        assertThat(taken.component()).isEqualTo(Component.OPERATE);
        assertThat(taken.backupId()).isEqualTo(ID);
        assertThat(taken.adopted()).isFalse();
        assertThat(taken.scheduledSnapshots())
                .hasSize(6)
                .startsWith("camunda_operate_100_8.6.0_part_1_of_6")
                .endsWith("camunda_operate_100_8.6.0_part_6_of_6");
    }

    @Test
    void isAcceptedWithStatus202AndAMessage() throws Exception {
        server.on(POST, 202, Recorded.ZEEBE_TAKEN);

        assertThat(resultOf(zeebe().take(ID))).isEqualTo(new AcceptedBackup(Component.ZEEBE, ID, List.of(), false));
    }

    @Test
    void isAcceptedWithStatus202WhereTheDescriptionOfTheApiSaysSo() throws Exception {
        server.on(
                "POST /actuator/backupHistory?physicalTenant=default",
                202,
                "{\"scheduledSnapshots\":[\"camunda_webapps_100_8.8.0_part_1_of_5\"]}");

        assertThat(resultOf(webApplications().take(ID)).scheduledSnapshots())
                .containsExactly("camunda_webapps_100_8.8.0_part_1_of_5");
    }

    @Test
    void findsADuplicateIdOfOperateWhichSays400() {
        server.on(POST, 400, Recorded.OPERATE_DUPLICATE).on(GET, 200, Recorded.OPERATE_COMPLETED);

        BackupIdInUseException failure = failureOf(operate().take(ID), BackupIdInUseException.class);

        assertThat(failure.backupId()).isEqualTo(ID);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Could not take backup 100: Operate (POST " + server.uri() + "/actuator/backups)")
                .hasMessageContaining("A backup with ID [100] already exists")
                .hasMessageContaining("Take a higher id");
        assertThat(server.requests(POST)).hasSize(1);
    }

    @Test
    void findsADuplicateIdOfOptimizeWhichSays409() {
        server.on(POST, 409, "{\"errorCode\":\"conflict\",\"errorMessage\":\"A backup with ID [100] already exists.\"}")
                .on(GET, 200, "{\"backupId\":100,\"state\":\"COMPLETED\",\"details\":[]}");

        assertThat(failureOf(optimize().take(ID), BackupIdInUseException.class).status())
                .isEqualTo(409);
    }

    @Test
    void findsALowerIdOfZeebeAlthoughThereIsNoSuchBackup() {
        server.on(POST, 409, Recorded.ZEEBE_LOWER).on("GET /actuator/backups/50", 404, Recorded.ZEEBE_UNKNOWN_ID);

        BackupIdInUseException failure = failureOf(zeebe().take(BackupId.of(50)), BackupIdInUseException.class);

        assertThat(failure.status()).isEqualTo(409);
        assertThat(failure).hasMessageContaining("The latest backup has id 100");
    }

    @Test
    void findsAnIdOfZeebeInUseAlthoughItsBackupWasDeleted() {
        server.on(POST, 409, Recorded.ZEEBE_DELETED_BEFORE)
                .on("GET /actuator/backups/120", 404, Recorded.ZEEBE_UNKNOWN_ID);

        failureOf(zeebe().take(BackupId.of(120)), BackupIdInUseException.class);
    }

    @Test
    void survivesANumberInAMessageThatIsTooLargeForAnId() {
        server.on(POST, 409, "{\"message\":\"The latest backup has id 9999999999999999999. Higher, please.\"}")
                .on(GET, 404, Recorded.ZEEBE_UNKNOWN_ID);

        assertThat(failureOf(zeebe().take(ID), RequestRejectedException.class).status())
                .isEqualTo(409);
    }

    @Test
    void doesNotTakeZeebesScalingForAnIdInUse() {
        server.on(POST, 409, "{\"message\":\"Cannot take backup while scaling is in progress\"}")
                .on(GET, 404, Recorded.ZEEBE_UNKNOWN_ID);

        RequestRejectedException failure = failureOf(zeebe().take(ID), RequestRejectedException.class);

        assertThat(failure).isNotInstanceOf(BackupIdInUseException.class);
        assertThat(failure)
                .hasMessageContaining("Cannot take backup while scaling is in progress")
                .hasMessageContaining("higher id");
    }

    @Test
    void doesNotTakeAnotherRunningBackupForAnIdInUse() {
        server.on(POST, 400, Recorded.OPERATE_BUSY).on(GET, 404, Recorded.OPERATE_UNKNOWN_ID);

        RequestRejectedException failure = failureOf(operate().take(ID), RequestRejectedException.class);

        assertThat(failure).isNotInstanceOf(BackupIdInUseException.class);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure).hasMessageContaining("Another backup is running at the moment");
        assertThat(server.requests(POST)).hasSize(1);
    }

    @Test
    void doesNotTakeARefusalForAnIdInUseWhereTheComponentCannotSay() {
        server.on(POST, 400, Recorded.OPERATE_NO_REPOSITORY).on(GET, 400, Recorded.OPERATE_NO_REPOSITORY);

        assertThat(failureOf(operate().take(ID), RequestRejectedException.class))
                .isNotInstanceOf(BackupIdInUseException.class)
                .hasMessageContaining("No backup repository configured.");
    }

    @Test
    void passesOnThatZeebeHasNoStore() {
        server.on(POST, 400, Recorded.ZEEBE_NO_STORE).on(GET, 400, Recorded.ZEEBE_NO_STORE);

        assertThat(failureOf(zeebe().take(ID), RequestRejectedException.class))
                .hasMessageContaining("No backup store is configured");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void isNotAskedForAgainWithoutAccess(int status) {
        server.on(POST, status(status));

        assertThat(failureOf(operate().take(ID), AccessDeniedException.class).status())
                .isEqualTo(status);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void saysWhatToCheckWhereNothingIsServed() {
        RequestRejectedException failure = failureOf(webApplications().take(ID), RequestRejectedException.class);

        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure)
                .hasMessageContaining("refused with status 404: Not Found. Nothing is served at this path")
                .hasMessageContaining("context path")
                .hasMessageContaining("/actuator/backupHistory?physicalTenant=default");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void saysSoWhereALoginPageAnswersEverything() {
        server.on(POST, html(200, "Sign in")).on(GET, html(200, "Sign in"));

        UnexpectedAnswerException failure = failureOf(operate().take(ID), UnexpectedAnswerException.class);

        assertThat(failure.call().method()).isEqualTo("POST");
        assertThat(failure).hasMessageContaining("a web page titled \"Sign in\"");
        assertThat(server.requests(POST)).hasSize(1);
    }

    @Test
    void doesNotAskForABackupThatCannotHaveBeenTaken() {
        URI free = server.uri();
        server.close();

        assertThat(failureOf(operate().take(ID), UnreachableException.class)
                        .call()
                        .uri())
                .isEqualTo(URI.create(free + "/actuator/backups"));
        assertThat(time.delays()).isEmpty();
    }

    @Test
    void letsZeebeGenerateTheIdWithoutBodyAndContentType() throws Exception {
        server.on(
                "POST /actuator/backupRuntime?physicalTenant=default",
                202,
                "{\"message\":\"A backup has been scheduled.\",\"backupId\":1763661600123}");

        AcceptedBackup taken = resultOf(zeebe88().takeWithGeneratedId());

        assertThat(taken.backupId()).isEqualTo(BackupId.of(1_763_661_600_123L));
        assertThat(server.onlyRequest().getBodySize()).isZero();
        assertThat(server.onlyRequest().getHeaders().get("Content-Type")).isNull();
    }

    @Test
    void saysWhatAGeneratedIdNeeds() {
        server.on(
                "POST /actuator/backupRuntime?physicalTenant=default",
                json(400, "{\"message\":\"A backupId must be provided.\"}"));

        assertThat(failureOf(zeebe88().takeWithGeneratedId(), RequestRejectedException.class))
                .hasMessageContaining("A backupId must be provided.")
                .hasMessageContaining("from Camunda 8.9 on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"backupId\":null}", "{\"backupId\":0}", "{\"backupId\":\"soon\"}"})
    void wantsToKnowTheGeneratedId(String reply) {
        server.on("POST /actuator/backupRuntime?physicalTenant=default", 202, reply);

        assertThat(failureOf(zeebe88().takeWithGeneratedId(), UnexpectedAnswerException.class))
                .hasMessageContaining("it names no backup id");
    }

    @Test
    void neverRepeatsARequestForAGeneratedId() {
        server.on("POST /actuator/backupRuntime?physicalTenant=default", lost());

        failureOf(zeebe88().takeWithGeneratedId(), UnreachableException.class);

        assertThat(server.requests()).hasSize(1);
    }
}
