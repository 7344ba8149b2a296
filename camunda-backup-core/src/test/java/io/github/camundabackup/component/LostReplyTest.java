package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.late;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.OutcomeUnknownException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule R4: a reply that is lost is settled by asking for the backup, and the request is never sent a second time. */
class LostReplyTest extends AbstractComponentTest {
    private static final String POST = "POST /actuator/backups";
    private static final String GET = "GET /actuator/backups/100";

    private int requests = 1;

    @AfterEach
    void theRequestWasSentOnce() {
        assertThat(server.requests(POST)).hasSize(requests);
    }

    static Stream<MockResponse> noProperReplies() {
        return Stream.of(lost(), json(202, "{\"mess"), html(200, "Sign in"), status(302), status(504));
    }

    @ParameterizedTest
    @MethodSource("noProperReplies")
    void adoptsTheBackupThatWasTakenAllTheSame(MockResponse reply) throws Exception {
        server.on(POST, reply)
                .on(
                        GET,
                        json(404, Recorded.ZEEBE_UNKNOWN_ID),
                        json(404, Recorded.ZEEBE_UNKNOWN_ID),
                        json(200, Recorded.ZEEBE_COMPLETED));

        assertThat(resultOf(zeebe().take(ID))).isEqualTo(new AcceptedBackup(Component.ZEEBE, ID, List.of(), true));
        assertThat(server.requests(GET)).hasSize(3);
    }

    @Test
    void adoptsTheBackupThatWasTakenByAServerThatAnswersTooLate() throws Exception {
        server.on(POST, late()).on(GET, 200, Recorded.ZEEBE_COMPLETED);
        ZeebeClient hurried = ZeebeClient.create(hurried(), CamundaLine.UP_TO_8_7, resources);

        assertThat(resultOf(hurried.take(ID)).adopted()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("noProperReplies")
    void saysThatItIsNotKnownWhereNoBackupAppears(MockResponse reply) {
        server.on(POST, reply).on(GET, 404, Recorded.ZEEBE_UNKNOWN_ID);

        OutcomeUnknownException failure = failureOf(zeebe().take(ID), OutcomeUnknownException.class);

        assertThat(failure)
                .hasMessageStartingWith("Could not take backup 100: Zeebe (POST " + server.uri() + "/actuator/backups)")
                .hasMessageContaining("whether it takes the backup is not known")
                .hasMessageContaining("Do not repeat the request: take a higher id")
                .hasCauseInstanceOf(RemoteCallException.class);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void asksOperateForLongerAsItMayNotShowABackupAtOnce() {
        server.on(POST, lost()).on(GET, 404, Recorded.OPERATE_UNKNOWN_ID);

        failureOf(operate().take(ID), OutcomeUnknownException.class);

        assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void doesNotTakeSilenceForNo() {
        server.on(POST, lost()).on(GET, lost());

        assertThat(failureOf(operate().take(ID), OutcomeUnknownException.class))
                .hasCauseInstanceOf(UnreachableException.class);
    }

    @Test
    void doesNotTakeARefusalToSayForNo() throws Exception {
        server.on(POST, lost())
                .on(
                        GET,
                        json(400, Recorded.OPERATE_NOT_YET),
                        json(500, Recorded.TASKLIST_UNKNOWN_ID),
                        json(200, Recorded.OPERATE_COMPLETED));

        assertThat(resultOf(operate().take(ID)).adopted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void asksZeebeAgainAfterItWasTurnedAway(int status) throws Exception {
        requests = 3;
        server.on(
                        POST,
                        json(status, "{\"message\":\"oops\"}"),
                        json(status, "{\"message\":\"oops\"}"),
                        json(202, "{\"message\":\"scheduled\"}"))
                .on(GET, 404, Recorded.ZEEBE_UNKNOWN_ID);

        assertThat(resultOf(zeebe().take(ID)).adopted()).isFalse();
        assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void whatZeebeHasAcceptedAndDeniedIsAdoptedWhenItRefusesTheSecond() throws Exception {
        requests = 2;
        server.on(POST, json(503, "{\"message\":\"oops\"}"), json(409, Recorded.ZEEBE_LOWER))
                .on(
                        GET,
                        json(404, Recorded.ZEEBE_UNKNOWN_ID),
                        json(404, Recorded.ZEEBE_UNKNOWN_ID),
                        json(200, Recorded.ZEEBE_COMPLETED));

        assertThat(resultOf(zeebe().take(ID)).adopted()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("noProperReplies")
    void aReplyThatIsLostAfterZeebeWasTurnedAwayIsSettledToo(MockResponse reply) throws Exception {
        requests = 2;
        server.on(POST, json(503, "{\"message\":\"oops\"}"), reply)
                .on(
                        GET,
                        json(404, Recorded.ZEEBE_UNKNOWN_ID),
                        json(404, Recorded.ZEEBE_UNKNOWN_ID),
                        json(200, Recorded.ZEEBE_COMPLETED));

        assertThat(resultOf(zeebe().take(ID)).adopted()).isTrue();
    }

    @Test
    void whereItCannotBeSeenWhetherZeebeHasItNothingIsRepeated() throws Exception {
        server.on(POST, 502, "{\"message\":\"oops\"}")
                .on(
                        GET,
                        lost(),
                        lost(),
                        lost(),
                        lost(),
                        json(500, Recorded.ZEEBE_STORE_DOWN),
                        json(200, Recorded.ZEEBE_COMPLETED));

        assertThat(resultOf(zeebe().take(ID)).adopted()).isTrue();
    }

    @Test
    void whoTurnsZeebeAwayForGoodIsReported() {
        requests = 0;
        server.on(POST, 503, "{\"message\":\"oops\"}").on(GET, 404, Recorded.ZEEBE_UNKNOWN_ID);

        assertThat(failureOf(zeebe().take(ID), RequestRejectedException.class).status())
                .isEqualTo(503);
        requests = server.requests(POST).size();
        assertThat(requests).isBetween(2, 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void adoptsABackupThatTheComponentTookAndFailedAfterwards(int status) throws Exception {
        server.on(POST, json(status, "{\"message\":\"oops\"}"))
                .on(GET, json(404, Recorded.ZEEBE_UNKNOWN_ID), json(200, Recorded.ZEEBE_COMPLETED));
        requests = status == 500 ? 1 : 2;

        assertThat(resultOf(zeebe().take(ID)).adopted()).isTrue();
    }

    @Test
    void passesOnAServerErrorWhereNoBackupAppears() {
        server.on(POST, 500, Recorded.TASKLIST_REPOSITORY_MISSING).on(GET, 500, Recorded.TASKLIST_REPOSITORY_MISSING);

        RequestRejectedException failure = failureOf(tasklist().take(ID), RequestRejectedException.class);

        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure).hasMessageContaining("No repository with name [camunda_backup] could be found.");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(10));
    }
}
