package io.github.camundabackup.backup;

import io.github.camundabackup.internal.input.Durations;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.line.IndexNaming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of backups. Immutable. */
public final class BackupSettings {
    private final @Nullable String recordIndexPrefix;
    private final Duration stepTimeout;
    private final Duration pauseLimit;
    private final Duration resumeTimeout;
    private final Duration lockLease;
    private final List<BackupListener> listeners;
    private final @Nullable BackupJournal journal;
    private final boolean recoversFirst;

    private BackupSettings(Builder builder) {
        recordIndexPrefix = builder.recordIndexPrefix;
        stepTimeout = builder.stepTimeout;
        pauseLimit = builder.pauseLimit;
        resumeTimeout = builder.resumeTimeout;
        lockLease = builder.lockLease;
        listeners = List.copyOf(builder.listeners);
        journal = builder.journal;
        recoversFirst = builder.recoversFirst;
    }

    /** Collects settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults. */
    public static BackupSettings defaults() {
        return builder().build();
    }

    /** What the names of the exported records' indices begin with; empty if they are not backed up. */
    public Optional<String> recordIndexPrefix() {
        return Optional.ofNullable(recordIndexPrefix);
    }

    /** The indices of the exported records, such as {@code zeebe-record_*}; empty if they are not backed up. */
    public Optional<String> recordsPattern() {
        return recordIndexPrefix().map(IndexNaming.RECORDS::pattern);
    }

    /** How long the backup of one component may take. */
    public Duration stepTimeout() {
        return stepTimeout;
    }

    /** How long exporting may be paused. */
    public Duration pauseLimit() {
        return pauseLimit;
    }

    /** For how long resuming is tried. */
    public Duration resumeTimeout() {
        return resumeTimeout;
    }

    /** After how long without a sign of life a run is taken to be dead. */
    public Duration lockLease() {
        return lockLease;
    }

    public List<BackupListener> listeners() {
        return listeners;
    }

    /** The journal beside that of the snapshot store; empty for none. */
    public Optional<BackupJournal> journal() {
        return Optional.ofNullable(journal);
    }

    /** Whether a backup begins with the recovery of one that was interrupted. */
    public boolean recoversFirst() {
        return recoversFirst;
    }

    /** Collects {@link BackupSettings}. Not thread-safe. */
    public static final class Builder {
        private static final Duration SHORTEST_LEASE = Duration.ofSeconds(20);
        private static final Duration LONGEST_LEASE = Duration.ofHours(1);

        private @Nullable String recordIndexPrefix = "zeebe-record";
        private Duration stepTimeout = Duration.ofHours(2);
        private Duration pauseLimit = Duration.ofHours(3);
        private Duration resumeTimeout = Duration.ofMinutes(10);
        private Duration lockLease = JournaledRun.LEASE;
        private final List<BackupListener> listeners = new ArrayList<>();
        private @Nullable BackupJournal journal;
        private boolean recoversFirst = true;

        private Builder() {}

        /**
         * The prefix of the indices that Zeebe's exporter writes ({@code index.prefix}). Default: {@code zeebe-record},
         * as is the exporter's. Indices that begin so without an underscore after it are another cluster's, and are
         * left alone.
         *
         * @throws IllegalArgumentException if it is no prefix of index names that the exporter accepts: it has no
         *     underscore
         */
        public Builder recordIndexPrefix(String prefix) {
            if (!prefix.matches("[^\\s*,?\"<>|\\\\/A-Z_+-][^\\s*,?\"<>|\\\\/A-Z_]*")) {
                throw new IllegalArgumentException(
                        "\"" + prefix
                                + "\" cannot be the prefix of index names. Give the exporter's index.prefix without a wildcard and without an underscore, such as zeebe-record.");
            }
            recordIndexPrefix = prefix;
            return this;
        }

        /**
         * Leaves the exported records out: only for a cluster without Operate and Tasklist up to 8.7 and without
         * Optimize. Default: they are backed up.
         */
        public Builder withoutRecords() {
            recordIndexPrefix = null;
            return this;
        }

        /**
         * How long the backup of one component may take before the run fails. Default: 2 h.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder stepTimeout(Duration timeout) {
            stepTimeout = Durations.positive(timeout, "step timeout");
            return this;
        }

        /**
         * How long exporting may be paused before the run fails and resumes it. While it is paused, the brokers' logs
         * grow. Default: 3 h.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder pauseLimit(Duration limit) {
            pauseLimit = Durations.positive(limit, "pause limit");
            return this;
        }

        /**
         * For how long resuming exporting is tried before the run ends with the report that it was not. Default: 10
         * min.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder resumeTimeout(Duration timeout) {
            resumeTimeout = Durations.positive(timeout, "resume timeout");
            return this;
        }

        /**
         * After how long without a sign of life others take a run to be dead, and take over its lock and its duty to
         * resume exporting. It shows life four times as often. A shorter one ends the pause of a killed run earlier, and
         * has a run that cannot write to its journal for so long lose its backup. Default: 60 s.
         *
         * @throws IllegalArgumentException if shorter than 20 s or longer than an hour
         */
        public Builder lockLease(Duration lease) {
            lockLease = Durations.between(SHORTEST_LEASE, LONGEST_LEASE, lease, "lease of the lock");
            return this;
        }

        /** Adds a listener for all backups. Default: none. */
        public Builder listener(BackupListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * A journal beside that of the snapshot store, such as a
         * {@link io.github.camundabackup.journal.DirectoryJournal}. No backup is taken while it cannot be written.
         * Default: none; that of the snapshot store is used where the store keeps one and the engine allows it.
         */
        public Builder journal(BackupJournal journal) {
            this.journal = Objects.requireNonNull(journal, "journal");
            return this;
        }

        /**
         * Refuses a backup after one that was interrupted, until the caller asks for recovery. Default: a backup begins
         * with it.
         */
        public Builder withoutRecovery() {
            recoversFirst = false;
            return this;
        }

        public BackupSettings build() {
            return new BackupSettings(this);
        }
    }
}
