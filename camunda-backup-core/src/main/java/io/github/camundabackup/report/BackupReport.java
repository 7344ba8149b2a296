package io.github.camundabackup.report;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The report of a run: what it did, and how it ended. Written as JSON by {@link #toJson()} and read back by
 * {@link #fromJson}. Immutable.
 */
public final class BackupReport {
    private final BackupId backupId;
    private final PhysicalTenant tenant;
    private final Outcome outcome;
    private final @Nullable String line;
    private final String snapshotStore;
    private final Instant startedAt;
    private final Instant endedAt;
    private final List<StepReport> steps;
    private final PauseReport pause;
    private final List<String> warnings;
    private final @Nullable String failure;
    private final @Nullable IndexCoverage coverage;

    public BackupReport(
            BackupId backupId,
            PhysicalTenant tenant,
            Outcome outcome,
            @Nullable String line,
            String snapshotStore,
            Instant startedAt,
            Instant endedAt,
            List<StepReport> steps,
            PauseReport pause,
            List<String> warnings,
            @Nullable String failure,
            @Nullable IndexCoverage coverage) {
        this.backupId = Objects.requireNonNull(backupId, "backupId");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.line = line;
        this.snapshotStore = Objects.requireNonNull(snapshotStore, "snapshotStore");
        this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
        this.endedAt = Objects.requireNonNull(endedAt, "endedAt");
        this.steps = List.copyOf(steps);
        this.pause = Objects.requireNonNull(pause, "pause");
        this.warnings = List.copyOf(warnings);
        this.failure = failure;
        this.coverage = coverage;
    }

    /**
     * Reads a report that {@link #toJson()} wrote, also one of an earlier version of this library.
     *
     * @throws IllegalArgumentException if it is no such report
     */
    public static BackupReport fromJson(String json) {
        return BackupReportJson.read(json);
    }

    /** This report as JSON with stable, documented names; see the guide. */
    public String toJson() {
        return BackupReportJson.write(this);
    }

    public BackupId backupId() {
        return backupId;
    }

    /** The physical tenant whose backup it is; the default one where there are no others. */
    public PhysicalTenant physicalTenant() {
        return tenant;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The id of the cluster's line, such as {@code 8.8}; empty if the run ended before it was known. */
    public Optional<String> line() {
        return Optional.ofNullable(line);
    }

    /** The snapshot store: engine, repository and URI. */
    public String snapshotStore() {
        return snapshotStore;
    }

    /** When the run began, checks included, by this machine's clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it ended, by this machine's clock. */
    public Instant endedAt() {
        return endedAt;
    }

    /** How long it took. */
    public Duration duration() {
        return Duration.between(startedAt, endedAt);
    }

    /** One for each component of the plan, in its order. */
    public List<StepReport> steps() {
        return steps;
    }

    /** The report of one component; empty if it is not part of the plan. */
    public Optional<StepReport> step(Component component) {
        return steps.stream().filter(step -> step.component().equals(component)).findFirst();
    }

    /** What became of the pause of exporting. */
    public PauseReport pause() {
        return pause;
    }

    /** What an operator should know although the backup did not fail from it. */
    public List<String> warnings() {
        return warnings;
    }

    /** The first thing that went wrong; empty for a completed backup. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Whether the snapshots hold all indices of the cluster; empty if the run did not get so far, or could not compare.
     */
    public Optional<IndexCoverage> coverage() {
        return Optional.ofNullable(coverage);
    }

    /** The report in lines for people. */
    @Override
    public String toString() {
        return BackupReportText.write(this);
    }

    /** How a run ended. */
    public enum Outcome {
        /** Every component's backup is complete, and exporting runs. */
        COMPLETED,
        /** Checks failed before the beginning; nothing was changed. */
        REFUSED,
        /** Something went wrong. What exists under the id is no backup, and the id is used up. */
        FAILED,
        /**
         * It was cancelled. If components had been asked already, what exists under the id is no backup, and the id is
         * used up; before that, nothing was changed.
         */
        CANCELLED
    }
}
