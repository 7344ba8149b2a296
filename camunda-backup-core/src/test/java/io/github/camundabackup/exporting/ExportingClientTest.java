package io.github.camundabackup.exporting;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.json;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule R1: what a pause and a resume are believed to have done. */
class ExportingClientTest extends AbstractComponentTest {
    private static final String PAUSE = "POST /actuator/exporting/pause?soft=true&physicalTenant=default";
    private static final String RESUME = "POST /actuator/exporting/resume?physicalTenant=default";

    @Test
    void pausesSoftlyAndResumes() throws Exception {
        server.on(PAUSE, 200, Recorded.EXPORTING_DONE).on(RESUME, 200, Recorded.EXPORTING_DONE);

        resultOf(exporting().softPause());
        resultOf(exporting().resume());

        assertThat(server.requests())
                .extracting(RecordedRequest::getTarget)
                .containsExactly(
                        "/actuator/exporting/pause?soft=true&physicalTenant=default",
                        "/actuator/exporting/resume?physicalTenant=default");
    }

    @Test
    void sendsJsonAsALaterVersionAnswers415Without() throws Exception {
        server.on(RESUME, 200, Recorded.EXPORTING_DONE);

        resultOf(exporting().resume());

        assertThat(server.onlyRequest().getHeaders().get("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void believesARealStatus204() throws Exception {
        server.on(RESUME, status(204));

        resultOf(exporting().resume());
    }

    /** A proxy answers for what is behind it, and knows no wire. */
    @ParameterizedTest
    @ValueSource(ints = {401, 404, 405})
    void noFailureDecidesWhichWireIsServed(int proxy) throws Exception {
        server.on(RESUME, status(proxy), json(200, Recorded.EXPORTING_DONE))
                .on("POST /v2/exporting/resume", status(500));
        ExportingClient exporting = exporting();

        failureOf(exporting.resume(), RequestRejectedException.class);
        resultOf(exporting.resume());
    }

    /** What an application's port may answer at the paths of an actuator. */
    private static Stream<MockResponse> ofAnApplication() {
        return Stream.of(
                html(200, "Operate"),
                html(404, "Not found"),
                json(200, "{}"),
                json(404, "{\"detail\":\"No static resource actuator.\"}"),
                status(302),
                status(400),
                status(401),
                status(403),
                status(404),
                status(405),
                status(415));
    }

    @ParameterizedTest
    @MethodSource("ofAnApplication")
    void whateverAnApplicationAnswersItsRestApiIsFound(MockResponse answer) throws Exception {
        server.on(PAUSE, answer)
                .on(RESUME, answer)
                .on("GET /actuator/cluster?physicalTenant=default", answer)
                .on("GET /actuator/partitions?physicalTenant=default", answer)
                .on("POST /v2/exporting/pause?soft=true", status(204))
                .on("POST /v2/exporting/resume", status(204))
                .on("GET /v2/topology", 200, "{\"gatewayVersion\":\"8.10.0\",\"partitionsCount\":2}")
                .on("GET /v2/exporting", 200, "{\"status\":\"SOFT_PAUSED\"}");

        assertThat(resultOf(exporting().status()).isPaused()).isTrue();
        resultOf(exporting().softPause());
        resultOf(exporting().resume());
        ExportingClient asked = exporting();
        resultOf(asked.status());
        resultOf(asked.resume());

        assertThat(server.requests("POST /v2/exporting/resume")).hasSize(2);
    }

    @Test
    void aPauseThatIsNotWantedAnyMoreIsNotAskedForAgain() {
        server.on("POST /v2/exporting/pause?soft=true", status(409));
        ExportingClient exporting = ExportingClient.create(
                endpoint(), Optional.of(Wire.REST), List.of(), Optional.of(PhysicalTenant.DEFAULT), resources);

        RequestRejectedException failure =
                failureOf(exporting.softPause(() -> server.requests().size() < 3), RequestRejectedException.class);

        assertThat(failure.status()).isEqualTo(409);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void theRestApiIsAskedWhereItAnswered() throws Exception {
        server.on(RESUME, status(404)).on("POST /v2/exporting/resume", status(204));
        ExportingClient exporting = exporting();

        resultOf(exporting.resume());
        resultOf(exporting.resume());

        assertThat(server.requests(RESUME)).hasSize(1);
        assertThat(exporting.resumeUri()).hasPath("/v2/exporting/resume");
    }

    @Test
    void doesNotBelieveStatus200WhenTheStatusInsideIsAnother() {
        server.on(
                RESUME,
                200,
                "{\"body\":{\"message\":\"Expected 3 members of partition 1 but found"
                        + " 2\"},\"status\":500,\"contentType\":null}");

        RequestRejectedException failure = failureOf(exporting().resume(), RequestRejectedException.class);

        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure.mayHaveHappened()).isTrue();
        assertThat(failure)
                .hasMessageStartingWith("Could not resume exporting: Zeebe (POST " + server.uri()
                        + "/actuator/exporting/resume?physicalTenant=default)")
                .hasMessageContaining("Expected 3 members of partition 1 but found 2. This endpoint answers HTTP 200")
                .hasMessageContaining("some partitions may have changed, others not");
    }

    @Test
    void passesOnAMessageThatIsABareText() {
        server.on(PAUSE, 200, "{\"body\":\"Unknown tenant\",\"status\":400,\"contentType\":null}");

        assertThat(failureOf(exporting().softPause(), RequestRejectedException.class))
                .hasMessageStartingWith("Could not pause exporting softly")
                .hasMessageContaining("refused with status 400: Unknown tenant.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":null,\"status\":500,\"contentType\":null}",
                "{\"status\":500}",
                "{\"body\":{\"cause\":null,\"stackTrace\":[],\"message\":null},\"status\":500}"
            })
    void failsWithoutAMessageToo(String answer) {
        server.on(PAUSE, 200, answer);

        assertThat(failureOf(exporting().softPause(), RequestRejectedException.class))
                .hasMessageContaining("refused with status 500. This endpoint");
    }

    @Test
    void showsTheBeginningOfALongMessage() {
        server.on(PAUSE, 200, "{\"body\":\"" + "x".repeat(100_000) + "\",\"status\":500}");

        assertThat(failureOf(exporting().softPause(), RequestRejectedException.class)
                        .getMessage())
                .hasSizeLessThan(1500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"body\":null}", "{\"status\":null}", "{\"status\":\"done\"}", "[]", "null", "\"OK\""})
    void doesNotTakeAMissingStatusForAConfirmation(String answer) {
        server.on(RESUME, 200, answer);

        assertThat(failureOf(exporting().resume(), UnexpectedAnswerException.class))
                .hasMessageContaining("no confirmation");
    }

    @Test
    void doesNotTakeAnEmptyAnswerForAConfirmation() {
        server.on(RESUME, status(200));

        failureOf(exporting().resume(), UnexpectedAnswerException.class);
    }

    @Test
    void doesNotTakeAWebPageForAConfirmation() {
        server.on(RESUME, html(200, "Sign in"));

        assertThat(failureOf(exporting().resume(), UnexpectedAnswerException.class))
                .hasMessageContaining("a web page titled \"Sign in\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 415, 500, 504})
    void believesARealRefusal(int status) {
        server.on(RESUME, json(status, "{\"message\":\"no\"}"));

        assertThat(failureOf(exporting().resume(), RequestRejectedException.class)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void saysWhatToCheckWhereNothingIsServed() {
        assertThat(failureOf(exporting().resume(), RequestRejectedException.class))
                .hasMessageContaining("Nothing is served at this path. Check the context path")
                .hasMessageContaining("gateway");
    }

    @Test
    void failsWithoutAccess() {
        server.on(RESUME, status(403));

        failureOf(exporting().resume(), AccessDeniedException.class);
    }

    @Test
    void repeatsWhatIsHarmlessTwice() throws Exception {
        server.on(RESUME, lost(), status(503), json(200, Recorded.EXPORTING_DONE));

        resultOf(exporting().resume());

        assertThat(server.requests(RESUME)).hasSize(3);
    }

    @Test
    void givesUpOnAGatewayThatCannotBeReached() {
        server.on(RESUME, lost());

        failureOf(exporting().resume(), UnreachableException.class);
    }

    private ExportingClient exporting() {
        return ExportingClient.create(endpoint(), resources);
    }
}
