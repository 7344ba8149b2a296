package io.github.camundabackup.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.model.BackupId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOutcomeTest {
    @Test
    void whatIsWrittenIsReadBack() {
        RunOutcome outcome = outcome(Optional.of("The disk is full."));

        assertThat(RunOutcome.fromMetadata(outcome.toMetadata())).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "😀"})
    void howeverLongTheReasonItFitsIntoTheMetadataOfASnapshot(String character) {
        RunOutcome outcome = outcome(Optional.of(character.repeat(5000)));

        // Engines allow less than 1024 bytes.
        assertThat(bytes(outcome)).isLessThan(1010);
        assertThat(outcome.failure().orElseThrow()).endsWith("…");
        assertThat(RunOutcome.fromMetadata(outcome.toMetadata())).isEqualTo(outcome);
    }

    @Test
    void namesAsManyMissingIndicesAsThereIsRoomFor() {
        List<String> missing = IntStream.range(0, 100)
                .mapToObj(day -> "operate-batch-operation-1.0.0_2026-01-" + day)
                .toList();
        RunOutcome outcome = outcome(Optional.empty(), Optional.of(IndexCoverage.of(missing)));

        IndexCoverage read =
                RunOutcome.fromMetadata(outcome.toMetadata()).coverage().orElseThrow();

        assertThat(bytes(outcome)).isLessThan(1010);
        assertThat(read.missing()).isEqualTo(100);
        assertThat(read.indices())
                .hasSizeBetween(10, 99)
                .isEqualTo(missing.subList(0, read.indices().size()));
    }

    @Test
    void saysThatNothingIsMissing() {
        RunOutcome outcome = outcome(Optional.empty(), Optional.of(IndexCoverage.of(List.of())));

        assertThat(RunOutcome.fromMetadata(outcome.toMetadata())).isEqualTo(outcome);
    }

    @Test
    void anInterruptedRunIsNoBackup() {
        RunOutcome outcome = RunOutcome.abandoned(BackupId.of(17), PauseReport.none(), Instant.EPOCH);

        assertThat(outcome.whole()).isFalse();
        assertThat(outcome.pauseHeld()).isFalse();
        assertThat(outcome.failure()).isPresent();
    }

    private static int bytes(RunOutcome outcome) {
        return outcome.toMetadata().entrySet().stream()
                .mapToInt(
                        entry -> 8 + entry.getKey().length() + entry.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static RunOutcome outcome(Optional<String> failure) {
        return outcome(failure, Optional.empty());
    }

    private static RunOutcome outcome(Optional<String> failure, Optional<IndexCoverage> coverage) {
        return new RunOutcome(
                BackupId.of(999_999_999_999_999_999L),
                "camunda-backup/0.1.0-SNAPSHOT",
                BackupReport.Outcome.CANCELLED,
                false,
                PauseReport.State.NOT_RESUMED,
                false,
                Optional.of(Instant.parse("2026-11-27T12:34:56.123456789Z")),
                Instant.parse("2026-11-27T12:34:56.123456789Z"),
                failure,
                coverage);
    }
}
