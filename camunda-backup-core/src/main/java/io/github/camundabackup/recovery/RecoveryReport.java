package io.github.camundabackup.recovery;

import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report of a recovery: what it found and did. Written as JSON by {@link #toJson()} and read back by
 * {@link #fromJson}. Immutable.
 */
public final class RecoveryReport {
    private final Outcome outcome;
    private final Instant at;
    private final @Nullable JournaledRun run;
    private final PauseReport pause;
    private final List<StepOutcome> settled;
    private final @Nullable BackupReport backup;
    private final List<String> warnings;

    public RecoveryReport(
            Outcome outcome,
            Instant at,
            Optional<JournaledRun> run,
            PauseReport pause,
            List<StepOutcome> settled,
            Optional<BackupReport> backup,
            List<String> warnings) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.at = Objects.requireNonNull(at, "at");
        this.run = run.orElse(null);
        this.pause = Objects.requireNonNull(pause, "pause");
        this.settled = List.copyOf(settled);
        this.backup = backup.orElse(null);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads a report that {@link #toJson()} wrote, also one of an earlier version of this library.
     *
     * @throws IllegalArgumentException if it is no such report
     */
    public static RecoveryReport fromJson(String json) {
        return RecoveryJson.read(json);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** When this was found, by this machine's clock. */
    public Instant at() {
        return at;
    }

    /** The run that was found, as it was in the journal then; empty if there was none. */
    public Optional<JournaledRun> run() {
        return Optional.ofNullable(run);
    }

    /** Where the pause of exporting stands now. {@code NOT_PAUSED} if there was nothing to do about it. */
    public PauseReport pause() {
        return pause;
    }

    /** What each component that had been asked said about its part of a backup that is abandoned. */
    public List<StepOutcome> settled() {
        return settled;
    }

    /** How the interrupted backup ended that was continued, well or badly; empty if it was not continued. */
    public Optional<BackupReport> backup() {
        return Optional.ofNullable(backup);
    }

    /** What an operator should know besides. */
    public List<String> warnings() {
        return warnings;
    }

    /** The same report with more to know. */
    public RecoveryReport withWarnings(List<String> more) {
        return new RecoveryReport(
                outcome,
                at,
                run(),
                pause,
                settled,
                backup(),
                Stream.concat(warnings.stream(), more.stream()).toList());
    }

    /** This report as JSON with stable, documented names; see the guide. */
    public String toJson() {
        return RecoveryJson.write(this);
    }

    /** The report in lines for people. */
    @Override
    public String toString() {
        return RecoveryText.write(this);
    }

    /** What came of a recovery. */
    public enum Outcome {
        /** No run was interrupted, and no pause of exporting was seen. */
        NOTHING_FOUND,
        /**
         * A run was interrupted, and was continued to its end under its id: {@link RecoveryReport#backup()}. Exporting
         * runs again.
         */
        CONTINUED,
        /**
         * A run did not end well. Exporting runs again, and the run is marked as abandoned: what exists under a
         * backup's id is no backup; and after a restore, backups are taken again.
         */
        ABANDONED,
        /** A run was interrupted, and exporting could not be resumed. The run stays unfinished; recover again. */
        NOT_RESUMED,
        /** A run is going on and was left alone. */
        RUN_IN_PROGRESS,
        /**
         * Exporting is paused, and no journal knows of a run that paused it; {@link RecoveryReport#pause()} says
         * whether it was resumed.
         */
        UNKNOWN_PAUSE
    }
}
