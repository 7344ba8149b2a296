package io.github.camundabackup.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.snapshot.SnapshotState;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words for states: {@link BackupState} and {@link SnapshotState}. */
class StatesTest {

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, COMPLETED",
        "COMPLETE, COMPLETED",
        "IN_PROGRESS, IN_PROGRESS",
        "INCOMPLETE, INCOMPLETE",
        "FAILED, FAILED",
        "INCOMPATIBLE, INCOMPATIBLE",
        "DOES_NOT_EXIST, DOES_NOT_EXIST",
        "DELETED, DELETED",
        "completed, COMPLETED",
        "' Failed ', FAILED"
    })
    void readsEveryWordOfEveryComponent(String word, BackupState state) {
        assertThat(BackupState.parse(word)).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SUCCESS", "QUEUED", "COMPLETED_WITH_WARNINGS", "null"})
    void takesAnUnknownWordNeitherForTheEndNorForASuccess(String word) {
        BackupState state = BackupState.parse(word);

        assertThat(state).isEqualTo(BackupState.UNKNOWN);
        assertThat(state.isTerminal()).isFalse();
    }

    @Test
    void endsOnlyInStatesThatAComponentDoesNotLeave() {
        assertThat(Arrays.stream(BackupState.values()).filter(BackupState::isTerminal))
                .containsExactlyInAnyOrder(
                        BackupState.COMPLETED, BackupState.FAILED, BackupState.INCOMPATIBLE, BackupState.DELETED);
    }

    @ParameterizedTest
    @EnumSource(BackupState.class)
    void readsItsOwnNames(BackupState state) {
        assertThat(BackupState.parse(state.name())).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "IN_PROGRESS, IN_PROGRESS",
        "STARTED, IN_PROGRESS",
        "INIT, IN_PROGRESS",
        "SUCCESS, SUCCESS",
        "success, SUCCESS",
        "PARTIAL, PARTIAL",
        "FAILED, FAILED",
        "INCOMPATIBLE, INCOMPATIBLE",
        "'', UNKNOWN",
        "DONE, UNKNOWN"
    })
    void readsTheWordsOfBothSearchEngines(String word, SnapshotState state) {
        assertThat(SnapshotState.parse(word)).isEqualTo(state);
    }

    @Test
    void takesASnapshotStateThatIsUnknownOrCannotBeReadForUnfinished() {
        assertThat(Arrays.stream(SnapshotState.values()).filter(state -> !state.isTerminal()))
                .containsExactlyInAnyOrder(SnapshotState.IN_PROGRESS, SnapshotState.UNREADABLE, SnapshotState.UNKNOWN);
    }
}
