package io.github.camundabackup.restore.plan;

import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.restore.control.ClusterControl;
import java.util.Objects;
import java.util.Optional;

/**
 * A reason that forbids a restore.
 *
 * <p>What is wrong with the backup itself the consistency check has found too, a lost file of a shard only with
 * {@link Depth#POSITIONS}. What no check knows are the settings of the restore, the engine and the cluster that it goes
 * to: of these are all obstacles but {@link Code#UNKNOWN_BACKUP}, {@link Code#SNAPSHOT_UNUSABLE},
 * {@link Code#NOT_CONSISTENT} and {@link Code#OTHER_INDEX_PREFIX}.
 *
 * @param code what kind of thing, stable in all versions
 * @param finding what exactly was found, for {@link Code#NOT_CONSISTENT}; otherwise empty
 * @param message what was found, and what to do about it
 */
public record Obstacle(Code code, Optional<FindingCode> finding, String message) {
    public Obstacle {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(message, "message");
    }

    /** One that is no finding of the consistency check. */
    public static Obstacle of(Code code, String message) {
        return new Obstacle(code, Optional.empty(), message);
    }

    @Override
    public String toString() {
        return code + finding.map(of -> " (" + of + ")").orElse("") + ": " + message;
    }

    /** Kinds of obstacles. */
    public enum Code {
        /** The repository holds nothing of that id. */
        UNKNOWN_BACKUP(false),
        /**
         * A snapshot of the backup did not end well, files of it are gone, or two of them hold the same index, which is
         * to be left out of one: no engine restores that.
         */
        SNAPSHOT_UNUSABLE(false),
        /**
         * A later version of the search engine made a snapshot: an engine restores those of its own version and of
         * earlier ones.
         */
        ENGINE_TOO_OLD(false),
        /** The consistency check has a finding that forbids a restore. Can be accepted by the finding's code. */
        NOT_CONSISTENT(true),
        /** The backup is not of the version that is installed. */
        VERSION_MISMATCH(true),
        /**
         * The snapshots hold indices that are not named as those with the prefixes of this cluster: they are another
         * one's, or a user's own. They can be left out by name, see {@link RestoreSettings.Builder#leaveOut}. Or all
         * indices of a component have another prefix than the settings name, which the check only notes.
         */
        OTHER_INDEX_PREFIX(false),
        /**
         * There are indices of this cluster that are older than the backup, and in none of its snapshots: the restore
         * would delete the last copy. Each can be kept or deleted by name; accepted, all are deleted.
         */
        INDEX_NOT_IN_BACKUP(true),
        /** There are indices with the cluster's prefixes that may be another one's. */
        UNKNOWN_INDICES(false),
        /**
         * A component is configured of which the backup holds nothing: what it has now is younger than all that is
         * restored.
         */
        COMPONENT_NOT_IN_BACKUP(true),
        /** Components still run, or are not known to be stopped, and no control is configured that stops them. */
        COMPONENTS_RUN(true),
        /** The {@link ClusterControl} lacks something that it will be asked to do. Looked at again at the execution. */
        CONTROL_INCOMPLETE(false),
        /** The engine has fewer data nodes than the indices want copies. */
        TOO_FEW_DATA_NODES(true),
        /** The engine, or an index that is deleted first, is blocked against what a restore does. */
        ENGINE_BLOCKED(false),
        /** The engine would put no shard on any node, as allocation is off or no node is what indices are set to. */
        NOT_ALLOCATED(true),
        /** The engine takes fewer shards than the backup holds. */
        TOO_MANY_SHARDS(true),
        /** The disks of the data nodes are too small for what the backup holds. */
        DISK_TOO_SMALL(true),
        /** An alias would have two indices that are written to, which engines refuse. */
        ALIAS_CONFLICT(true),
        /** The index templates are missing that Camunda creates when it is started. */
        TEMPLATES_MISSING(true),
        /** The cluster has another number of partitions than the backup. */
        PARTITION_COUNT_MISMATCH(false),
        /**
         * The cluster would not enter recovery mode, or would not restore the backup there, or restores something else;
         * or it has no recovery mode.
         */
        CLUSTER_REFUSES(false),
        /** The plan is no longer true; only when it is executed. */
        PLAN_OUTDATED(false);

        private final boolean acceptable;

        Code(boolean acceptable) {
            this.acceptable = acceptable;
        }

        /** Whether a caller may accept it, see {@link RestoreSettings.Builder#accept}. */
        public boolean isAcceptable() {
            return acceptable;
        }
    }
}
