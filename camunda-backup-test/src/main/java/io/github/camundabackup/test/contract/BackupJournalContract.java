package io.github.camundabackup.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link BackupJournal}, as tests. To check one, extend this class in the tests of the implementation.
 */
public abstract class BackupJournalContract {

    /** Runs the contract. */
    protected BackupJournalContract() {}

    /**
     * Opens the journal as another process would: each time an object of its own, in a test always of the same, at
     * first empty place.
     */
    protected abstract BackupJournal open();

    @Test
    void isEmptyAtFirst() {
        assertThat(open().read().join()).isEmpty();
    }

    @Test
    void givesBackWhatWasWrittenAlsoToOthers() {
        JournalEntry written = write("erstes, \"zweites\"\n✓", Optional.empty()).orElseThrow();

        assertThat(written.text()).isEqualTo("erstes, \"zweites\"\n✓");
        assertThat(open().read().join()).contains(written);
    }

    @Test
    void isCreatedOnce() {
        JournalEntry first = write("first", Optional.empty()).orElseThrow();

        assertThat(write("second", Optional.empty())).isEmpty();
        assertThat(open().read().join()).contains(first);
    }

    @Test
    void isReplacedByWhoKnowsWhatIsThere() {
        JournalEntry first = write("first", Optional.empty()).orElseThrow();
        JournalEntry second = write("second", Optional.of(first)).orElseThrow();

        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(open().read().join()).contains(second);
    }

    @Test
    void isNotReplacedByWhoKnowsOnlyWhatWasThere() {
        JournalEntry first = write("first", Optional.empty()).orElseThrow();
        JournalEntry second = write("second", Optional.of(first)).orElseThrow();

        assertThat(write("late", Optional.of(first))).isEmpty();
        assertThat(open().read().join()).contains(second);
    }

    @Test
    void theSameTextIsAnotherVersion() {
        JournalEntry first = write("same", Optional.empty()).orElseThrow();
        JournalEntry second = write("same", Optional.of(first)).orElseThrow();

        assertThat(write("other", Optional.of(second))).isPresent();
        assertThat(second.version()).isNotEqualTo(first.version());
    }

    @Test
    void ofManyWhoWriteAtOnceAtMostOneSucceeds() {
        JournalEntry first = write("first", Optional.empty()).orElseThrow();

        List<JournalEntry> succeeded = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> write("racer " + i, Optional.of(first)))
                .flatMap(Optional::stream)
                .toList();

        assertThat(succeeded).hasSize(1);
        assertThat(open().read().join()).contains(succeeded.get(0));
    }

    @Test
    void describesItself() {
        assertThat(open().description()).isNotBlank();
    }

    private Optional<JournalEntry> write(String text, Optional<JournalEntry> replaced) {
        return open().write(text, replaced).join();
    }
}
