package io.github.camundabackup.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    private static final RemoteCall CALL =
            new RemoteCall("read", "Operate", "GET", URI.create("http://operate:9600/x"));

    @ParameterizedTest
    @CsvSource({"200, true", "202, true", "204, true", "199, false", "300, false", "400, false", "500, false"})
    void succeedsBetween200And299(int status, boolean success) {
        assertThat(answer(status, "").isSuccess()).isEqualTo(success);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html><head><title>Camunda | Login</title></head></html>",
                "\n  <html lang=\"en\"><head><TITLE class=\"x\">\n Camunda | Login \n</TITLE>"
            })
    void tellsAWebPageByItsTitleAndSaysWhatToCheck(String page) {
        UnexpectedAnswerException failure = catchThrowableOfType(
                UnexpectedAnswerException.class, () -> answer(200, page).json());

        assertThat(failure)
                .hasMessageContaining("a web page titled \"Camunda | Login\" instead of JSON (status 200)")
                .hasMessageContaining("management port")
                .hasMessageContaining("context path")
                .hasMessageContaining("authentication");
    }

    @Test
    void tellsAWebPageByItsContentType() {
        HttpAnswer answer = new HttpAnswer(CALL, 200, "TEXT/HTML; charset=utf-8", "please log in".getBytes(UTF_8));

        assertThat(catchThrowableOfType(UnexpectedAnswerException.class, answer::json))
                .hasMessageContaining("a web page instead of JSON");
        assertThat(answer.jsonIfAny()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"backupId\":17,\"state\":\"COM", "OK", "{} trailing"})
    void showsWhatCameInsteadOfJson(String body) {
        UnexpectedAnswerException failure = catchThrowableOfType(
                UnexpectedAnswerException.class, () -> answer(200, body).json());

        assertThat(failure.status()).isEqualTo(200);
        assertThat(failure).hasMessageContaining("no complete JSON").hasMessageEndingWith("\"" + body + "\".");
        assertThat(answer(200, body).jsonIfAny()).isEmpty();
    }

    @Test
    void showsTheBeginningOfALongAnswerInOneLine() {
        UnexpectedAnswerException failure =
                answer(200, "a\n\tb" + "x".repeat(10_000)).unexpected("it is too long");

        assertThat(failure).hasMessageContaining("but it is too long: \"a bx").hasMessageContaining("x…\".");
        assertThat(failure.getMessage()).hasSizeLessThan(800).doesNotContain("\n");
    }

    // The first seven were recorded: Operate, Tasklist, Zeebe and Spring of 8.6.0, and a search engine.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":404,\"message\":\"No backup with id [999] found.\",\"instance\":\"9a\",\"type\":\"x\"} | No backup with id [999] found.",
                "{\"status\":400,\"message\":null,\"instance\":\"0a422f36\",\"type\":\"Invalid request\"} | ''",
                "{\"message\":\"Backup with id 999 does not exist\"} | Backup with id 999 does not exist",
                "{\"timestamp\":\"2026-11-20T18:07:12.903+00:00\",\"status\":400,\"error\":\"Bad Request\",\"path\":\"/a\"} | Bad Request",
                "{\"error\":{\"root_cause\":[],\"type\":\"x\",\"reason\":\"[nope] missing\"},\"status\":404} | [nope] missing",
                "'' | ''",
                "{} | ''",
                "{\"errorCode\":\"x\",\"errorMessage\":\"Optimize says no\"} | Optimize says no",
                "{\"title\":\"Not Found\",\"detail\":\"Nothing here.\"} | Nothing here.",
                "{\"message\":\" \",\"title\":\"Conflict\"} | Conflict",
                "default backend - 404 | default backend - 404",
                "<html><title>502 Bad Gateway</title></html> | 502 Bad Gateway"
            })
    void findsTheServersOwnWords(String body, String words) {
        assertThat(answer(500, body).serverMessage().orElse("")).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"timestamp\":\"2026-11-20T18:25:20.775+00:00\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/actuator/backup-history\"} | true",
                "{\"timestamp\":\"x\",\"status\":404,\"error\":\"Not Found\",\"message\":\"No static resource x.\",\"path\":\"/x\"} | true",
                "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"No static resource x.\",\"instance\":\"/x\"} | true",
                "'' | true",
                "default backend - 404 | true",
                "<html><title>404</title></html> | true",
                "[] | true",
                "{\"message\":\"Backup with id 999 does not exist\"} | false",
                "{\"status\":404,\"message\":\"No backup with id [999] found.\",\"instance\":\"9a\",\"type\":\"x\"} | false",
                "{\"errorCode\":\"notFoundError\",\"errorMessage\":\"none\",\"detailedMessage\":null} | false"
            })
    void tellsAPathWithNothingFromABackupThatIsNotThere(String body, boolean nothing) {
        assertThat(answer(404, body).saysThatNothingIsServedHere()).isEqualTo(nothing);
    }

    @Test
    void servesSomethingWhereItRefuses() {
        assertThat(answer(400, "").saysThatNothingIsServedHere()).isFalse();
        assertThat(answer(200, "").saysThatNothingIsServedHere()).isFalse();
    }

    @Test
    void tellsMissingCredentialsFromMissingPermissions() {
        assertThat(answer(401, "").rejected("ignored"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("refused with status 401. The server wants credentials");
        assertThat(answer(403, "{\"message\":\"no\"}").rejected("ignored"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("refused with status 403: no. The configured credentials do not allow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
                "Bad Request\r\nThis combination of host and port requires TLS.\r\n"
            })
    void tellsThatAPortSpeaksTls(String body) {
        assertThat(answer(400, body).rejected("Check the port."))
                .hasMessageEndingWith("This port speaks TLS: the URI must begin with https.");
    }

    @Test
    void keepsTheStatusAndTheWordsOfARefusal() {
        RequestRejectedException refusal =
                answer(409, "{\"message\":\"taken\"}").rejected("Go higher.");

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.serverMessage()).contains("taken");
        assertThat(refusal).hasMessageEndingWith("refused with status 409: taken. Go higher.");
    }

    @Test
    void saysWhatIsWrongWithATokenInTheWordsOfTheChallenge() {
        HttpAnswer answer = new HttpAnswer(
                CALL,
                401,
                "application/json",
                "{\"error\":\"Unauthorized\"}".getBytes(UTF_8),
                Optional.empty(),
                Optional.of("The aud claim is not valid"));

        assertThat(answer.rejected(""))
                .hasMessageContaining("status 401: The aud claim is not valid.")
                .hasMessageContaining("audience");
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(CALL, status, "", body.getBytes(UTF_8));
    }
}
