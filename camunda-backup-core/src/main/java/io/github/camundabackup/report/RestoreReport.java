package io.github.camundabackup.report;

import io.github.camundabackup.model.BackupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The report of a restore: what is restored, and what is not. As text with {@link #toString()}, as JSON with
 * {@link #toJson()}, read back by {@link #fromJson}. Immutable.
 */
public final class RestoreReport {
    private final BackupId backupId;
    private final Outcome outcome;
    private final String snapshotStore;
    private final Instant startedAt;
    private final Instant endedAt;
    private final List<String> deleted;
    private final List<Index> indices;
    private final List<String> remaining;
    private final List<String> warnings;
    private final @Nullable String failure;

    public RestoreReport(
            BackupId backupId,
            Outcome outcome,
            String snapshotStore,
            Instant startedAt,
            Instant endedAt,
            List<String> deleted,
            List<Index> indices,
            List<String> remaining,
            List<String> warnings,
            @Nullable String failure) {
        this.backupId = Objects.requireNonNull(backupId, "backupId");
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.snapshotStore = Objects.requireNonNull(snapshotStore, "snapshotStore");
        this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
        this.endedAt = Objects.requireNonNull(endedAt, "endedAt");
        this.deleted = List.copyOf(deleted);
        this.indices = List.copyOf(indices);
        this.remaining = List.copyOf(remaining);
        this.warnings = List.copyOf(warnings);
        this.failure = failure;
    }

    /**
     * Reads a report that {@link #toJson()} wrote, also one of an earlier version of this library.
     *
     * @throws IllegalArgumentException if it is no such report
     */
    public static RestoreReport fromJson(String json) {
        return RestoreReportJson.read(json);
    }

    public BackupId backupId() {
        return backupId;
    }

    public Outcome outcome() {
        return outcome;
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

    /** The indices that this run is known to have deleted. */
    public List<String> deleted() {
        return deleted;
    }

    /** Every index of the plan. */
    public List<Index> indices() {
        return indices;
    }

    /**
     * What is left to do, in order, also after a run that ended early; none if nothing is, or if nothing was changed.
     */
    public List<String> remaining() {
        return remaining;
    }

    /** What an operator should know. */
    public List<String> warnings() {
        return warnings;
    }

    /** The first thing that went wrong; empty if nothing did. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** This report as JSON with stable, documented names; see the guide. */
    public String toJson() {
        return RestoreReportJson.write(this);
    }

    /** The report in lines for people. */
    @Override
    public String toString() {
        return RestoreReportText.write(this);
    }

    /** How a run ended. */
    public enum Outcome {
        /**
         * Everything is restored, and all components answer whose endpoints are configured. In recovery mode without a
         * control, {@link #remaining()} says what is to be started that the caller has stopped.
         */
        COMPLETED,
        /**
         * Every index is restored; Zeebe is not, as no control is configured that does it. See {@link #remaining()}.
         */
        ENGINE_RESTORED,
        /** The plan was not, or no longer, allowed; nothing was changed. */
        REFUSED,
        /** Something went wrong. Running it again finishes what is missing. */
        FAILED,
        /** It was cancelled. Running it again finishes what is missing. */
        CANCELLED
    }

    /**
     * An index of the plan.
     *
     * @param name its name
     * @param snapshot the snapshot that it comes from
     * @param state what became of it
     * @param documents how many documents it holds; empty if they were not counted
     */
    public record Index(String name, String snapshot, State state, OptionalLong documents) {
        public Index {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(snapshot, "snapshot");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(documents, "documents");
        }
    }

    /** What became of an index. */
    public enum State {
        /** It was restored by this run, and all its shards are there. */
        RESTORED,
        /** An earlier run had restored it, and nothing was written to it since. */
        KEPT,
        /** Its restore has begun, and was not seen to be complete. */
        INCOMPLETE,
        /** Its restore has not begun. */
        NOT_RESTORED,
        /** The engine could not be asked. */
        UNKNOWN
    }
}
