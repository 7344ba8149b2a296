package io.github.camundabackup.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.DirectoryJournal;
import io.github.camundabackup.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryJournalTest extends BackupJournalContract {
    @TempDir
    private Path parent;

    @Override
    protected BackupJournal open() {
        return DirectoryJournal.in(directory());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"formatVersion\":1,\"number\":2,\"text\":\"torn\",\"sha256\":\"0\"}"})
    void ofATornWriteTheOneBeforeIsLeft(String torn) throws IOException {
        JournalEntry first = write("first", Optional.empty());
        write("second", Optional.of(first));
        Files.writeString(current(), torn);

        assertThat(open().read().join()).contains(first);

        JournalEntry third = write("third", Optional.of(first));
        assertThat(open().read().join()).contains(third);
    }

    @Test
    void aTornFirstWriteIsNone() throws IOException {
        write("first", Optional.empty());
        Files.writeString(current(), "{");

        assertThat(open().read().join()).isEmpty();
        assertThat(open().write("again", Optional.empty()).join()).isPresent();
    }

    @Test
    void whatCannotBeUnderstoodIsNotTakenForNothing() throws IOException {
        write("second", Optional.of(write("first", Optional.empty())));
        Files.writeString(current(), "{");
        Files.writeString(directory().resolve("journal.previous.json"), "{");

        assertThatThrownBy(() -> open().read().join())
                .hasCauseInstanceOf(CamundaBackupException.class)
                .hasMessageContaining(directory().toString());
    }

    @Test
    void whatALaterVersionWroteIsNotTakenForNothing() throws IOException {
        write("first", Optional.empty());
        Files.writeString(current(), "{\"formatVersion\":2}");

        assertThatThrownBy(() -> open().read().join()).hasMessageContaining("later version");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onAFullDiskWhatWasThereStays() throws IOException {
        JournalEntry first = write("first", Optional.empty());
        Files.createSymbolicLink(directory().resolve("journal.json.new"), Path.of("/dev/full"));

        assertThatThrownBy(() -> open().write("second", Optional.of(first)).join())
                .hasCauseInstanceOf(CamundaBackupException.class)
                .hasMessageContaining("No space left");
        assertThat(open().read().join()).contains(first);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whereNothingCanBeWrittenItSaysSo() {
        // Also for root, whom permissions do not stop.
        BackupJournal nowhere = DirectoryJournal.in(Path.of("/proc/camunda-backup"));

        assertThat(nowhere.read().join()).isEmpty();
        assertThatThrownBy(() -> nowhere.write("first", Optional.empty()).join())
                .hasCauseInstanceOf(CamundaBackupException.class)
                .hasMessageContaining("/proc/camunda-backup");
    }

    private Path directory() {
        return parent.resolve("journal");
    }

    private Path current() {
        return directory().resolve("journal.json");
    }

    private JournalEntry write(String text, Optional<JournalEntry> replaced) {
        return open().write(text, replaced).join().orElseThrow();
    }
}
