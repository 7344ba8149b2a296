package io.github.camundabackup.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the errors say, as an operator reads it. */
class ErrorsTest {
    private static final BackupId ID = BackupId.of(17);
    private static final RemoteCall CALL =
            new RemoteCall("take backup 17", "Operate", "POST", URI.create("http://operate:9600/actuator/backups"));

    @Test
    void aRefusalSaysWhatWasAttemptedWhereAndWhatCameBack() {
        assertThat(new RequestRejectedException(CALL, 400, "Another backup is running at the moment", "Wait for it."))
                .hasMessage("Could not take backup 17: Operate (POST http://operate:9600/actuator/backups) refused with"
                        + " status 400: Another backup is running at the moment. Wait for it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null        | ''    | refused with status 500.",
                "null        | Wait. | refused with status 500. Wait.",
                "No.         | ''    | refused with status 500: No.",
                "'No. '      | Wait. | refused with status 500: No. Wait.",
                "Really?     | Wait. | refused with status 500: Really? Wait.",
                "Cut off…    | Wait. | refused with status 500: Cut off… Wait."
            })
    void aRefusalReadsAsSentencesWhateverTheServerSaid(String message, String advice, String end) {
        assertThat(new RequestRejectedException(CALL, 500, message, advice)).hasMessageEndingWith(") " + end);
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "401, false",
        "404, false",
        "409, false",
        "499, false",
        "500, true",
        "503, true",
        "504, true"
    })
    void aRefusalHasHadNoEffectUnlessTheServerFailed(int status, boolean mayHaveHappened) {
        assertThat(new RequestRejectedException(CALL, status, null, "").mayHaveHappened())
                .isEqualTo(mayHaveHappened);
    }

    @Test
    void anIdInUseNamesTheIdAndTheWayOut() {
        assertThat(new BackupIdInUseException(CALL, 400, "A backup with ID [17] already exists.", ID))
                .hasMessageContaining("A backup with ID [17] already exists. The id 17 is used already")
                .hasMessageEndingWith("Take a higher id for the whole backup.");
    }

    @Test
    void aFailedBackupNamesItsStateAndReason() {
        ComponentBackupFailedException failure = new ComponentBackupFailedException(
                Component.ZEEBE, ID, BackupState.FAILED, "Backup is cancelled due to leader change");

        assertThat(failure)
                .hasMessage(
                        "Backup 17 of Zeebe did not complete; its state is FAILED: Backup is cancelled due to leader"
                                + " change. A failed id cannot be used again: take a higher id for the whole backup.");
        assertThat(failure.component()).isEqualTo(Component.ZEEBE);
        assertThat(failure.backupId()).isEqualTo(ID);
        assertThat(failure.state()).isEqualTo(BackupState.FAILED);
    }

    @Test
    void aWaitThatTimedOutSaysWhatWasSeenLast() {
        WaitTimedOutException failure =
                new WaitTimedOutException("Backup 17 of Operate", Duration.ofMinutes(2), "Last seen: nothing.");

        assertThat(failure).hasMessage("Backup 17 of Operate did not end within 120 s. Last seen: nothing.");
        assertThat(failure.waited()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aMismatchListsEverythingThatDoesNotFit() {
        assertThat(new ConfigurationMismatchException(List.of("One.", "Two.")))
                .hasMessage("2 things do not fit:\n  - One.\n  - Two.")
                .extracting(ConfigurationMismatchException::problems)
                .isEqualTo(List.of("One.", "Two."));
        assertThat(new ConfigurationMismatchException(List.of("One."))).hasMessage("One.");
    }

    @Test
    void anErrorCanBeSerializedAsAnyThrowable() throws Exception {
        RequestRejectedException error = new AccessDeniedException(CALL, 403, "no", "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
            out.writeObject(new BackupIdInUseException(CALL, 409, null, ID));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((AccessDeniedException) in.readObject()).call()).isEqualTo(CALL);
            assertThat(((BackupIdInUseException) in.readObject()).backupId()).isEqualTo(ID);
        }
    }
}
