package io.github.camundabackup.consistency;

import static io.github.camundabackup.consistency.Severity.ERROR;
import static io.github.camundabackup.consistency.Severity.NOTE;
import static io.github.camundabackup.consistency.Severity.PENDING;
import static io.github.camundabackup.consistency.Severity.UNVERIFIED;

/**
 * The kinds of findings of a check. The names are stable: codes are added in later versions, and never renamed or given
 * another meaning. The guide lists them.
 */
public enum FindingCode {
    /** No source knows anything under this id. */
    BACKUP_NOT_FOUND(ERROR, "Check the id and the repository."),

    /** A source that was configured could not be read. */
    SOURCE_UNREADABLE(UNVERIFIED, "Make the source readable and check again."),
    /** A part of the backup is kept where this check does not look. */
    NOT_ASKED(UNVERIFIED, "Check again with the cluster's endpoints, or with Zeebe's object store (zeebeBackups)."),
    /** The backup does not say itself what belongs to it, because this library did not take it. */
    NO_MANIFEST(
            UNVERIFIED,
            "What belongs to it was inferred, and nothing shows that exporting was paused. Take backups with this library to"
                    + " have them prove it."),
    /** The backup's own description cannot be read. */
    MANIFEST_UNREADABLE(
            UNVERIFIED, "Check with the version of this library that took the backup, or with a later one."),
    /** The backup's own description is that of another backup. */
    MANIFEST_FOREIGN(ERROR, "The records snapshot was copied or renamed. Do not restore this backup."),

    /** It is the backup of another physical tenant than the one that is asked. */
    TENANT_FOREIGN(
            ERROR,
            "Give the check the snapshot repository of the physical tenant that its endpoints name, or the other way"
                    + " round. Restore it into its own tenant only."),

    /** The line of Camunda is not known, and with it the order in which the backup must have been taken. */
    LINE_UNKNOWN(
            UNVERIFIED, "Check with a version of this library that knows the line, or give the check the line itself."),

    /** A part is missing. */
    PART_MISSING(ERROR, "Do not restore this backup; take another one."),
    /** A part is not there yet. */
    PART_AWAITED(PENDING, "Check again when the backup is complete."),
    /** A part exists more than once. */
    PART_TWICE(ERROR, "Snapshots of two versions or runs have mixed. Do not restore this backup."),
    /** The parts do not agree on how many there are. */
    PART_COUNT_DIFFERS(ERROR, "Snapshots of two versions or runs have mixed. Do not restore this backup."),
    /** A snapshot's metadata contradicts its name. */
    PART_METADATA_DIFFERS(ERROR, "The snapshot was copied or renamed. Do not restore this backup."),

    /** An index is in two snapshots. */
    INDEX_TWICE(
            ERROR,
            "A part was asked for without naming its indices, or an index pattern matches too much. A restore must leave the index out"
                    + " of one of the snapshots (RestoreSettings.Builder.leaveOut)."),
    /** A snapshot holds indices that are not named as those of its component. */
    INDEX_FOREIGN(
            ERROR,
            "They are another cluster's, or a user's own, or an index pattern matches too much. A restore must leave them out by name"
                    + " (RestoreSettings.Builder.leaveOut)."),
    /** The indices of a component have another prefix than usual. */
    INDEX_PREFIX_UNUSUAL(
            NOTE,
            "If it is the cluster's index prefix, give it to the restore (RestoreSettings.Builder.indexPrefixes); otherwise this is"
                    + " another cluster's backup."),
    /** The cluster had indices that are in no snapshot. */
    INDEX_MISSING(
            ERROR,
            "A restore cannot bring them back. Keep those that the engine still has, or accept the loss; take another backup with a version"
                    + " that takes all of them."),
    /** The version that took the backup is known to leave indices out, and nothing shows whether there were any. */
    INDICES_UNCERTAIN(
            UNVERIFIED,
            "Upgrade Camunda; until then, take backups with this library to have them show whether anything is missing."),

    /** A snapshot failed, or some of its shards did. */
    SNAPSHOT_FAILED(ERROR, "See the search engine's log for the reason, and take another backup."),
    /** A snapshot cannot be read by this search engine. */
    SNAPSHOT_INCOMPATIBLE(ERROR, "Restore with the version of the search engine that made it."),
    /** The repository names a snapshot whose files cannot be read. */
    SNAPSHOT_UNREADABLE(
            UNVERIFIED,
            "What cannot be read cannot be restored. Look into the repository's storage: if the files are gone or damaged, so is this"
                    + " backup."),
    /** What describes the shards of a snapshot, which looks like a success, cannot be read. */
    SHARDS_UNREADABLE(ERROR, "No engine restores it. Do not restore this backup; take another one."),
    /** A snapshot is being made. */
    SNAPSHOT_RUNNING(PENDING, "Check again when it is complete."),
    /** The search engine has a word for a snapshot's state that this library does not know. */
    SNAPSHOT_STATE_UNKNOWN(UNVERIFIED, "Look at the snapshot in the search engine."),

    /** A component that belongs to the backup has nothing under this id. */
    COMPONENT_MISSING(ERROR, "Do not restore this backup; take another one."),
    /** A component that belongs to the backup has nothing under this id yet. */
    COMPONENT_AWAITED(PENDING, "Check again when the backup is complete."),
    /** A component has something under this id that does not belong to the backup. */
    COMPONENT_UNEXPECTED(
            ERROR, "Another process used the id, or two clusters share the repository. Do not restore this backup."),
    /** Parts of Camunda before 8.8 and of 8.8 or later are under the same id. */
    LINES_MIXED(ERROR, "Two clusters share the repository. Do not restore this backup."),
    /** A component says that its backup is being taken. */
    COMPONENT_RUNNING(PENDING, "Check again when it is complete."),
    /** A component says that its backup failed. */
    COMPONENT_FAILED(ERROR, "Take another backup."),
    /** A component has a word for its backup's state that this library does not know. */
    COMPONENT_STATE_UNKNOWN(UNVERIFIED, "Look at the component's own answer."),
    /** A component says something else of its backup than the repository. */
    COMPONENT_DISAGREES(
            UNVERIFIED,
            "Check that the component writes to this repository of this search engine, and what its log says."),

    /** One component's parts are of several versions, or of another one than when the backup was taken. */
    VERSIONS_DIFFER(ERROR, "A restore needs one version for all parts. Do not restore this backup."),
    /** Components are of different minor versions. */
    MINOR_VERSIONS_DIFFER(ERROR, "Camunda restores a cluster of one version only. Do not restore this backup."),
    /** A component's version is not known. */
    VERSION_UNKNOWN(UNVERIFIED, "Find out the version of the component that made it."),

    /** A partition has no backup. */
    PARTITION_MISSING(ERROR, "Do not restore this backup; take another one."),
    /** A partition has no backup yet. */
    PARTITION_AWAITED(PENDING, "Check again when the backup is complete."),
    /** A partition is reported more than once. */
    PARTITION_TWICE(UNVERIFIED, "Look at Zeebe's own answer and into its object store."),
    /** There is a partition that the cluster did not have. */
    PARTITION_UNEXPECTED(
            ERROR, "Two clusters share the object store, or partitions were added. Do not restore this backup."),
    /** A partition's backup failed or was deleted. */
    PARTITION_FAILED(ERROR, "Take another backup."),
    /** A partition's backup is being made. */
    PARTITION_RUNNING(PENDING, "Check again when it is complete."),
    /** Zeebe has a word for a partition's state that this library does not know. */
    PARTITION_STATE_UNKNOWN(UNVERIFIED, "Look at Zeebe's own answer."),
    /** It is not known how many partitions the cluster had. */
    PARTITION_COUNT_UNKNOWN(
            UNVERIFIED, "Compare with the cluster's configuration (zeebe.broker.cluster.partitionsCount)."),
    /** A partition's backup is not the one that the run saw. */
    PARTITION_CHANGED(ERROR, "The partition's backup was replaced. Do not restore this backup."),
    /** The partitions' backups were made at very different times. */
    PARTITIONS_FAR_APART(UNVERIFIED, "Check in Zeebe's object store that all of them belong to this backup."),

    /** Files that a partition's manifest names are not in the object store, or are empty. */
    PARTITION_FILES_MISSING(ERROR, "Zeebe cannot be restored from it. Do not restore this backup; take another one."),
    /** A partition's manifest cannot be read, or is another one's. */
    PARTITION_MANIFEST_UNREADABLE(UNVERIFIED, "Look at the manifest in the object store, and take another backup."),
    /** Brokers completed a partition's backup with different checkpoints. */
    PARTITION_CONTRADICTORY(
            ERROR,
            "Two clusters write to one place in the object store, or its files were mixed. Do not restore this backup."),
    /** The partitions' manifests do not agree on how many partitions there are. */
    PARTITION_COUNT_DIFFERS(
            ERROR,
            "Two clusters write to one place in the object store, or partitions were added meanwhile. Do not restore this backup."),
    /** A partition's snapshot has exported more than its backup holds. */
    EXPORTED_BEYOND_CHECKPOINT(
            ERROR,
            "Zeebe cannot be restored consistently from it (camunda/camunda#63568). Do not restore this backup; take another one."),
    /** The object store does not hold what Zeebe says, or holds what it does not say. */
    BUCKET_DISAGREES(
            UNVERIFIED,
            "Check whether it is the object store and the folder (base path) that this cluster's brokers are configured with."),
    /** Zeebe did not answer; its part was read from the object store alone. */
    ZEEBE_SILENT(NOTE, "Nothing is missing for the verdict."),

    /** The run that took the backup says itself that it is none. */
    RUN_FAILED(ERROR, "Restore another backup; the run's report says why."),

    /** The run that took the backup has left nothing that tells how it ended. */
    RUN_OUTCOME_UNKNOWN(
            UNVERIFIED,
            "Check with the run's report if there is one. After an interrupted run, recover it, or take another backup."),

    /** Nothing shows that exporting was paused all the time. */
    PAUSE_NOT_OBSERVED(
            UNVERIFIED,
            "Configure the management ports of all brokers for the next backup. This one may be good: Depth.POSITIONS can"
                    + " prove more."),

    /** The records snapshot is empty although there were records to take. */
    RECORDS_EMPTY(
            ERROR,
            "The index prefix was wrong. Records that were not imported yet would be lost; take another backup."),
    /** The records snapshot is empty, and that is fine. */
    RECORDS_EMPTY_AS_EXPECTED(NOTE, "Nothing reads exported records, or there were none."),

    /** Something was taken before what must be older, or outside the pause. */
    ORDER_VIOLATED(
            ERROR, "Its parts do not fit together. Do not restore this backup; take one in the documented order."),
    /** It is not known when something was taken. */
    TIME_UNKNOWN(UNVERIFIED, "Without its time it is not known whether it was taken in the right order."),
    /** A backup with a lower id is younger, or one with a higher id is older. */
    IDS_OUT_OF_ORDER(
            UNVERIFIED, "Ids must grow. Check whether two clusters share the repository, or a clock has jumped."),

    /** The backup holds records that Zeebe's own part of it does not know. */
    RECORDS_FROM_THE_FUTURE(ERROR, "Do not restore this backup; take another one."),
    /** Zeebe's snapshot is further than what was known to be exported when the records were taken. */
    EXPORTED_TOO_FAR(
            UNVERIFIED,
            "Exporting was not paused all the time, or its state was read from an old leader. Take another backup."),
    /** The backup lacks exported records that a restored Zeebe will not export again. */
    RECORDS_MISSING(ERROR, "What is in them would be lost for ever. Do not restore this backup; take another one."),
    /** It cannot be proven from the backup alone that no record is missing. */
    RECORDS_NOT_PROVABLE(
            NOTE,
            "The order in time is right. Check with Depth.POSITIONS, and for a proof configure the management ports of all"
                    + " brokers for the next backup."),
    /** The check was to ask the snapshots themselves what they hold, and could not. */
    POSITIONS_NOT_READ(UNVERIFIED, "Make it possible, as the message says, and check again."),
    /** An application has imported records that Zeebe's own part of the backup does not know. */
    IMPORTED_FROM_THE_FUTURE(ERROR, "Do not restore this backup; take another one."),
    /** An application has imported more than the records snapshot holds. */
    IMPORTED_AHEAD_OF_RECORDS(
            UNVERIFIED,
            "The application's part may be younger than the records, or retention has deleted records meanwhile. Compare the"
                    + " times of both."),
    /** Indices that the check made under scratch names could not be deleted. */
    SCRATCH_LEFT_BEHIND(NOTE, "Delete them, or leave it to a check with Depth.POSITIONS some hours later.");

    private final Severity severity;
    private final String advice;

    FindingCode(Severity severity, String advice) {
        this.severity = severity;
        this.advice = advice;
    }

    /** What a finding of this kind means for the verdict. */
    public Severity severity() {
        return severity;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
