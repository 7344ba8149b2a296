package io.github.camundabackup.journal;

import io.github.camundabackup.exporting.PauseEvidence;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as its journal describes it. It was written before each effect, so it knows of all that was asked for; what
 * came of it may be missing. Immutable.
 */
public final class JournaledRun {
    /** How long a holder may be silent before others may take the lock, unless it wrote another time. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    private final BackupId backupId;
    private final PhysicalTenant tenant;
    private final Kind kind;
    private final State state;
    private final RunHolder holder;
    private final Instant startedAt;
    private final Instant writtenAt;
    private final Duration lease;
    private final PauseReport.State pause;
    private final @Nullable Instant pausedAt;
    private final Map<Component, StepReport.State> steps;
    private final @Nullable Task task;
    private final @Nullable PauseEvidence evidence;

    private JournaledRun(Builder builder) {
        backupId = builder.backupId;
        tenant = builder.tenant;
        kind = builder.kind;
        state = builder.state;
        holder = builder.holder;
        startedAt = builder.startedAt;
        writtenAt = builder.writtenAt;
        lease = builder.lease;
        pause = builder.pause;
        pausedAt = builder.pausedAt;
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(builder.steps));
        task = builder.task;
        evidence = builder.evidence;
    }

    public static Builder builder(BackupId backupId, RunHolder holder) {
        return new Builder(backupId, holder);
    }

    public Builder toBuilder() {
        return new Builder(backupId, holder)
                .physicalTenant(tenant)
                .kind(kind)
                .state(state)
                .startedAt(startedAt)
                .writtenAt(writtenAt)
                .lease(lease)
                .pause(pause, Optional.ofNullable(pausedAt))
                .steps(steps)
                .task(Optional.ofNullable(task))
                .evidence(Optional.ofNullable(evidence));
    }

    public BackupId backupId() {
        return backupId;
    }

    /** The physical tenant whose backup it is; the default one where there are no others. */
    public PhysicalTenant physicalTenant() {
        return tenant;
    }

    /** Whether that backup was taken or restored. */
    public Kind kind() {
        return kind;
    }

    public State state() {
        return state;
    }

    /**
     * The holder of the lock, now or last: the process that takes or restores the backup, or the one that recovers it.
     */
    public RunHolder holder() {
        return holder;
    }

    /** When the run began, by the clock of the machine that took it. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When this was written, by the clock of the holder's machine. */
    public Instant writtenAt() {
        return writtenAt;
    }

    /** How long the holder may be silent before others may take the lock. */
    public Duration lease() {
        return lease;
    }

    /** Where the pause of exporting stood. {@code PAUSED} may be only the intention. */
    public PauseReport.State pause() {
        return pause;
    }

    /** When the pause was asked for, by the clock of the machine that took the backup; empty if it was not. */
    public Optional<Instant> pausedAt() {
        return Optional.ofNullable(pausedAt);
    }

    /**
     * The components of a backup's plan, in its order. {@code STARTED} may be only the intention. Empty for a restore.
     */
    public Map<Component, StepReport.State> steps() {
        return steps;
    }

    /** What it was to do; empty if an earlier version of this library wrote it. */
    public Optional<Task> task() {
        return Optional.ofNullable(task);
    }

    /** What the brokers showed of the pause; empty if it was not confirmed yet, or not by all of them. */
    public Optional<PauseEvidence> evidence() {
        return Optional.ofNullable(evidence);
    }

    /** Whether a recovery or another restore must still end what this run began. */
    public boolean needsRecovery() {
        return state.isOpen() || mayBePaused() || (kind == Kind.RESTORE && state == State.FAILED);
    }

    /** Whether exporting may be paused still, or be paused yet by a request that is under way. */
    public boolean mayBePaused() {
        return switch (pause) {
            case NOT_PAUSED, RESUMED -> false;
            case PAUSED, NOT_RESUMED, TAKEN_OVER -> true;
        };
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param source where the text comes from, for messages
     * @throws io.github.camundabackup.error.CamundaBackupException if it is no run that this version can read
     */
    public static JournaledRun fromJson(String json, String source) {
        return JournalJson.read(json, source);
    }

    /** This run as JSON, as it stands in a journal. */
    public String toJson() {
        return JournalJson.write(this);
    }

    /** Backup id, holder and state in a sentence's beginning. */
    @Override
    public String toString() {
        return (kind == Kind.RESTORE ? "The restore of backup " : "Backup ") + backupId
                + (tenant.isDefault() ? "" : " of the physical tenant " + tenant) + " (" + state + ", " + holder
                + ", last sign of life at " + writtenAt + ")";
    }

    /** What a run does with its backup. */
    public enum Kind {
        /** It takes it. */
        BACKUP,
        /** It restores it. */
        RESTORE
    }

    /**
     * What distinguishes a backup from another one under the same id, besides its components.
     *
     * @param recordsPattern the indices of the exported records; empty if they are left out
     * @param snapshotStore engine, repository and URI
     */
    public record Task(Optional<String> recordsPattern, String snapshotStore) {}

    /** The state of a run. */
    public enum State {
        /** A backup is being taken or restored, or that was interrupted. */
        RUNNING,
        /** An interrupted backup is being cleaned up, or that was interrupted too. */
        RECOVERING,
        /** Every component's backup is complete, or all is restored. */
        COMPLETED,
        /**
         * Something went wrong, and the run ended by itself. A restore that ended so may have left a half restored
         * cluster.
         */
        FAILED,
        /** It was cancelled, and ended by itself. A restore that ended so has changed nothing. */
        CANCELLED,
        /** It was interrupted, and another process has cleaned up. */
        ABANDONED;

        public boolean isOpen() {
            return this == RUNNING || this == RECOVERING;
        }
    }

    public static final class Builder {
        private final BackupId backupId;
        private RunHolder holder;
        private PhysicalTenant tenant = PhysicalTenant.DEFAULT;
        private Kind kind = Kind.BACKUP;
        private State state = State.RUNNING;
        private Instant startedAt;
        private Instant writtenAt;
        private Duration lease = LEASE;
        private PauseReport.State pause = PauseReport.State.NOT_PAUSED;
        private @Nullable Instant pausedAt;
        private Map<Component, StepReport.State> steps = Map.of();
        private @Nullable Task task;
        private @Nullable PauseEvidence evidence;

        private Builder(BackupId backupId, RunHolder holder) {
            this.backupId = Objects.requireNonNull(backupId, "backupId");
            this.holder = Objects.requireNonNull(holder, "holder");
            startedAt = holder.since();
            writtenAt = holder.since();
        }

        /** Default: the default one. */
        public Builder physicalTenant(PhysicalTenant tenant) {
            this.tenant = Objects.requireNonNull(tenant, "tenant");
            return this;
        }

        public Builder kind(Kind kind) {
            this.kind = kind;
            return this;
        }

        public Builder state(State state) {
            this.state = state;
            return this;
        }

        public Builder holder(RunHolder holder) {
            this.holder = holder;
            return this;
        }

        public Builder startedAt(Instant at) {
            startedAt = at;
            return this;
        }

        public Builder writtenAt(Instant at) {
            writtenAt = at;
            return this;
        }

        public Builder lease(Duration lease) {
            this.lease = lease;
            return this;
        }

        public Builder pause(PauseReport.State state, Optional<Instant> at) {
            pause = state;
            pausedAt = at.orElse(null);
            return this;
        }

        public Builder steps(Map<Component, StepReport.State> steps) {
            this.steps = steps;
            return this;
        }

        public Builder task(Optional<Task> task) {
            this.task = task.orElse(null);
            return this;
        }

        public Builder evidence(Optional<PauseEvidence> evidence) {
            this.evidence = evidence.orElse(null);
            return this;
        }

        public JournaledRun build() {
            return new JournaledRun(this);
        }
    }
}
