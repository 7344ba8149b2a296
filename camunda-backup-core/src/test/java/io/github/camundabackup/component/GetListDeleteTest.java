package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking for one backup, for all, and deleting one. */
class GetListDeleteTest extends AbstractComponentTest {
    private static final String GET = "GET /actuator/backups/100";
    private static final String LIST = "GET /actuator/backups";
    private static final String DELETE = "DELETE /actuator/backups/100";

    @Test
    void findsABackupAtEveryComponentsPath() throws Exception {
        server.on(GET, 200, Recorded.ZEEBE_COMPLETED)
                .on("GET /actuator/backupHistory/100?physicalTenant=default", 200, Recorded.OPERATE_COMPLETED)
                .on("GET /actuator/backupRuntime/100?physicalTenant=default", 200, Recorded.ZEEBE_COMPLETED);

        assertThat(resultOf(zeebe().get(ID)).found()).isPresent();
        assertThat(resultOf(webApplications().get(ID)).found()).isPresent();
        assertThat(resultOf(zeebe88().get(ID)).found()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Recorded.OPERATE_UNKNOWN_ID,
                Recorded.ZEEBE_UNKNOWN_ID,
                "{\"errorCode\":\"notFoundError\",\"errorMessage\":\"No Optimize backup with ID [100] could be"
                        + " found.\"}"
            })
    void isAbsentWhereTheComponentSaysSoPlainly(String answer) throws Exception {
        server.on(GET, 404, answer);

        BackupLookup<SnapshotBackup> lookup = resultOf(operate().get(ID));

        assertThat(lookup.isAbsent()).isTrue();
        assertThat(lookup.found()).isEmpty();
        assertThat(lookup.unclear()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(400, Recorded.OPERATE_UNKNOWN_ID_ELASTICSEARCH),
                Arguments.of(400, Recorded.OPERATE_NOT_YET),
                Arguments.of(400, Recorded.OPERATE_CANNOT_SAY),
                Arguments.of(400, Recorded.ZEEBE_NO_STORE),
                Arguments.of(500, Recorded.TASKLIST_UNKNOWN_ID),
                Arguments.of(500, Recorded.ZEEBE_STORE_DOWN),
                Arguments.of(504, Recorded.ZEEBE_STORE_HANGS));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isUnclearWhereTheComponentRefusesToSay(int status, String answer) throws Exception {
        server.on(GET, status, answer);

        BackupLookup<SnapshotBackup> lookup = resultOf(operate().get(ID));

        assertThat(lookup.isAbsent()).isFalse();
        assertThat(lookup.found()).isEmpty();
        assertThat(lookup.unclear().orElseThrow().status()).isEqualTo(status);
    }

    @Test
    void isNotAbsentWhereNothingIsServedAtAll() {
        RequestRejectedException failure = failureOf(zeebe88().get(ID), RequestRejectedException.class);

        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure)
                .hasMessageStartingWith("Could not get the state of backup 100: Zeebe (GET ")
                .hasMessageContaining("/actuator/backupRuntime/100?physicalTenant=default)")
                .hasMessageContaining("Nothing is served at this path. Check the context path");
    }

    @Test
    void isNotAbsentWhereAWebPageSaysNotFound() {
        server.on(GET, html(404, "Not Found"));

        failureOf(operate().get(ID), RequestRejectedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void failsWithoutAccess(int status) {
        server.on(GET, status(status)).on(LIST, status(status)).on(DELETE, status(status));

        failureOf(operate().get(ID), AccessDeniedException.class);
        failureOf(operate().list(), AccessDeniedException.class);
        failureOf(operate().delete(ID), AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "17",
                "{\"backupId\":100}",
                "{\"state\":\"COMPLETED\"}",
                "{\"backupId\":0,\"state\":\"COMPLETED\"}",
                "{\"backupId\":100,\"state\":null}"
            })
    void doesNotTakeJustAnyJsonForABackup(String answer) {
        server.on(GET, 200, answer).on(LIST, 200, "[" + answer + "]");

        assertThat(failureOf(operate().get(ID), UnexpectedAnswerException.class))
                .hasMessageContaining("it is no description of a backup");
        failureOf(operate().list(), UnexpectedAnswerException.class);
        failureOf(zeebe().get(ID), UnexpectedAnswerException.class);
    }

    @Test
    void asksBelowTheContextPath() throws Exception {
        server.on(
                "GET /orchestration/actuator/backupRuntime/100?physicalTenant=default", 200, Recorded.ZEEBE_COMPLETED);
        Endpoint endpoint = Endpoint.of(URI.create(server.uri() + "/orchestration/actuator"));

        ZeebeClient zeebe = ZeebeClient.create(endpoint, CamundaLine.V8_8, resources);

        assertThat(resultOf(zeebe.get(ID)).found()).isPresent();
        assertThat(zeebe.uri()).isEqualTo(URI.create(server.uri() + "/orchestration"));
        assertThat(zeebe).hasToString("Zeebe at " + server.uri() + "/orchestration");
    }

    @Test
    void listsAllBackups() throws Exception {
        server.on(LIST, 200, Recorded.ZEEBE_LIST);

        assertThat(resultOf(zeebe().list())).singleElement().satisfies(backup -> {
            assertThat(backup.backupId()).isEqualTo(ID);
            assertThat(backup.state()).isEqualTo(BackupState.COMPLETED);
            assertThat(backup.partitions()).hasSize(2);
        });
    }

    @Test
    void listsMoreThanAnAnswerThatIsReadWholeMayHold() throws Exception {
        String partitions = IntStream.rangeClosed(1, 64)
                .mapToObj(id -> "{\"partitionId\":" + id + ",\"state\":\"FAILED\",\"failureReason\":\""
                        + "x".repeat(1000) + "\"}")
                .collect(Collectors.joining(","));
        server.on(
                "GET /actuator/backups",
                200,
                IntStream.rangeClosed(1, 300)
                        .mapToObj(id ->
                                "{\"backupId\":" + id + ",\"state\":\"COMPLETED\",\"details\":[" + partitions + "]}")
                        .collect(Collectors.joining(",", "[", "]")));
        AtomicLong highest = new AtomicLong();
        AtomicInteger seen = new AtomicInteger();

        resultOf(zeebe().list(backup -> {
            highest.accumulateAndGet(backup.backupId().value(), Math::max);
            seen.addAndGet(backup.partitions().size());
        }));

        assertThat(highest).hasValue(300);
        assertThat(seen).hasValue(300 * 64);
    }

    @Test
    void listsNothingWhereThereIsNothing() throws Exception {
        server.on(LIST, 200, "[]");

        assertThat(resultOf(operate().list())).isEmpty();
    }

    @Test
    void failsAndIsNotEmptyWhereTheComponentCannotList() {
        server.on(LIST, 400, Recorded.OPERATE_CANNOT_LIST);

        assertThat(failureOf(operate().list(), RequestRejectedException.class))
                .hasMessageStartingWith("Could not list the backups: Operate")
                .hasMessageContaining("No enum constant");
    }

    @Test
    void failsWhereTheListIsNoList() {
        server.on(LIST, 200, "{\"backups\":[]}");

        assertThat(failureOf(operate().list(), UnexpectedAnswerException.class)).hasMessageContaining("it is no list");
    }

    @Test
    void asksAnEarly88BuildVerboselyIfItRefusesAListWithoutParameters() throws Exception {
        server.on(
                        "GET /actuator/backupHistory?physicalTenant=default",
                        400,
                        "{\"message\":\"verbose must not be null\"}")
                .on(
                        "GET /actuator/backupHistory?physicalTenant=default&verbose=true",
                        200,
                        "[" + Recorded.OPERATE_COMPLETED + "]");

        assertThat(resultOf(webApplications().list())).hasSize(1);
    }

    @Test
    void neverAsksForAListThatIsNotVerboseWhoseStatesAreWrong() throws Exception {
        server.on("GET /actuator/backupHistory?physicalTenant=default", 200, "[]");

        resultOf(webApplications().list());

        assertThat(server.onlyRequest().getTarget()).isEqualTo("/actuator/backupHistory?physicalTenant=default");
    }

    @Test
    void doesNotAskOthersVerbosely() {
        server.on(LIST, 400, Recorded.OPERATE_CANNOT_LIST);

        failureOf(operate().list(), RequestRejectedException.class);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void deletesABackup() throws Exception {
        server.on("DELETE /actuator/backupHistory/100?physicalTenant=default", status(204));

        resultOf(webApplications().delete(ID));

        assertThat(server.requests()).extracting(RecordedRequest::getMethod).containsExactly("DELETE");
    }

    @Test
    void deletesWhatIsNotThere() throws Exception {
        server.on(
                "DELETE /actuator/backupHistory/100?physicalTenant=default",
                404,
                "{\"message\":\"No backup with id 100 found.\"}");

        resultOf(webApplications().delete(ID));
    }

    @Test
    void doesNotTakeAWrongPathForADeletion() {
        assertThat(failureOf(zeebe88().delete(BackupId.of(7)), RequestRejectedException.class))
                .hasMessageContaining("Nothing is served at this path");
    }

    static Stream<MockResponse> noProperReplies() {
        return Stream.of(lost(), json(504, Recorded.ZEEBE_STORE_HANGS), json(500, Recorded.ZEEBE_STORE_DOWN));
    }

    @ParameterizedTest
    @MethodSource("noProperReplies")
    void hasDeletedWhatIsGoneAlthoughTheReplyWasLost(MockResponse reply) throws Exception {
        server.on(DELETE, reply).on(GET, 404, Recorded.ZEEBE_UNKNOWN_ID);

        resultOf(zeebe().delete(ID));
    }

    @ParameterizedTest
    @MethodSource("noProperReplies")
    void hasNotDeletedWhatIsStillThere(MockResponse reply) {
        server.on(DELETE, reply).on(GET, 200, Recorded.ZEEBE_COMPLETED);

        assertThat(failureOf(zeebe().delete(ID), RemoteCallException.class))
                .hasMessageStartingWith("Could not delete backup 100: Zeebe (DELETE ");
    }

    @Test
    void passesOnWhyABackupCannotBeDeleted() {
        server.on(DELETE, 400, Recorded.ZEEBE_NO_STORE);

        assertThat(failureOf(zeebe().delete(ID), RequestRejectedException.class))
                .hasMessageContaining("No backup store is configured");
    }
}
