package io.github.camundabackup.test.drill;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.model.BackupId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The report of a drill. As text with {@link #toString()}, as JSON with {@link #toJson()}. Immutable. */
public final class DrillReport {
    private final String testClass;
    private final Instant startedAt;
    private final Instant endedAt;
    private final String place;
    private final Optional<ConsistencyReport> consistency;
    private final Optional<RestoredBackup> restored;
    private final int passed;
    private final List<String> failed;
    private final List<String> removed;
    private final List<String> remaining;
    private final List<String> warnings;
    private final Optional<String> failure;

    DrillReport(
            String testClass,
            Instant startedAt,
            Instant endedAt,
            String place,
            Optional<ConsistencyReport> consistency,
            Optional<RestoredBackup> restored,
            int passed,
            List<String> failed,
            List<String> removed,
            List<String> remaining,
            List<String> warnings,
            Optional<String> failure) {
        this.testClass = testClass;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.place = place;
        this.consistency = consistency;
        this.restored = restored;
        this.passed = passed;
        this.failed = List.copyOf(failed);
        this.removed = List.copyOf(removed);
        this.remaining = List.copyOf(remaining);
        this.warnings = List.copyOf(warnings);
        this.failure = failure;
    }

    /** How a drill ended. */
    public enum Outcome {
        /** The backup was restored, and every assertion holds. */
        PASSED,
        /** The backup was restored, and an assertion failed, or what belongs to the assertions. */
        ASSERTIONS_FAILED,
        /** The backup was restored, and no test looked at it: all are disabled, or were aborted. */
        NOTHING_ASSERTED,
        /** The backup was restored and looked at, and what was restored could not be removed. */
        NOT_CLEANED_UP,
        /** The backup was not restored. */
        NOT_RESTORED
    }

    /** How it ended. */
    public Outcome outcome() {
        if (restored.isEmpty()) {
            return Outcome.NOT_RESTORED;
        }
        if (!failed.isEmpty()) {
            return Outcome.ASSERTIONS_FAILED;
        }
        if (passed == 0) {
            return Outcome.NOTHING_ASSERTED;
        }
        return remaining.isEmpty() ? Outcome.PASSED : Outcome.NOT_CLEANED_UP;
    }

    /** The class with the assertions. */
    public String testClass() {
        return testClass;
    }

    /** When the drill began, by this machine's clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When everything was removed again, by this machine's clock. */
    public Instant endedAt() {
        return endedAt;
    }

    /** Where the backup was restored, in words; empty if it did not come to that. */
    public String place() {
        return place;
    }

    /** The backup; empty if there was none that could be restored. */
    public Optional<BackupId> backupId() {
        return consistency.map(ConsistencyReport::backupId);
    }

    /** What the consistency check said of it; empty if there was none. */
    public Optional<ConsistencyReport> consistency() {
        return consistency;
    }

    /** What was restored; empty if that failed. */
    public Optional<RestoredBackup> restored() {
        return restored;
    }

    /** How long the restore of the search engine took; empty if it failed. */
    public Optional<Duration> recoveryTime() {
        return restored.map(RestoredBackup::recoveryTime);
    }

    /**
     * How old the backup was: what would have been lost at most. Empty if it was not restored, or that is not known.
     */
    public Optional<Duration> age() {
        return restored.flatMap(RestoredBackup::age);
    }

    /** How many tests have passed. */
    public int passed() {
        return passed;
    }

    /** The tests that failed, each with its reason; classes that failed around their tests, too. */
    public List<String> failed() {
        return failed;
    }

    /** Indices of earlier drills that were deleted. */
    public List<String> removed() {
        return removed;
    }

    /** Indices of this drill that could not be deleted. */
    public List<String> remaining() {
        return remaining;
    }

    /** What an operator should know. */
    public List<String> warnings() {
        return warnings;
    }

    /** Why the backup was not restored, or not removed; empty if it was. */
    public Optional<String> failure() {
        return failure;
    }

    /** This report as JSON with stable, documented names; see the guide. */
    public String toJson() {
        return DrillReportJson.write(this);
    }

    /** Writes {@code <test class>.json} and {@code <test class>.txt}, over those of an earlier drill. */
    void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(testClass + ".json"), toJson());
            Files.writeString(directory.resolve(testClass + ".txt"), this + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The report of the drill could not be written to " + directory, e);
        }
    }

    /** The report in lines for people. */
    @Override
    public String toString() {
        return DrillReportText.write(this);
    }
}
