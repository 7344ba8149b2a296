package io.github.camundabackup.backup;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepProgress;
import java.time.Instant;

/**
 * Receives the events of a backup. Every method does nothing by default. They are called one at a time and in
 * order for one backup, on threads that the backup does not wait for; progress that is outdated by then is left out.
 * What they throw is logged. At its end a backup waits up to 10 s until they know.
 */
public interface BackupListener {

    /** All checks have passed, and the plan is about to be run. */
    default void started(BackupId backupId, BackupPlan plan, Instant at) {}

    /** A component is about to be asked for its backup. */
    default void stepStarted(BackupId backupId, Component component, Instant at) {}

    /** A component's backup has got on. */
    default void stepProgress(BackupId backupId, Component component, StepProgress progress, Instant at) {}

    /**
     * The snapshot of the exported records ended without some of its shards, for a reason that passes: it is deleted,
     * and taken again under the same name. Exporting stays paused meanwhile.
     *
     * @param why the engine's reasons
     */
    default void stepTakenAgain(BackupId backupId, Component component, String why, Instant at) {}

    /** A component's backup is complete. */
    default void stepFinished(BackupId backupId, Component component, Instant at) {}

    /**
     * Something cannot be reached at the moment, and is waited for: a component that is to be asked for its backup, or
     * for how far that is, or the journal. The run's report says how long it took.
     *
     * @param why the failure
     */
    default void waiting(BackupId backupId, String why, Instant at) {}

    /** Exporting is paused. */
    default void exportingPaused(BackupId backupId, Instant at) {}

    /**
     * Exporting runs again.
     *
     * @param confirmedByBrokers whether the brokers' own partitions say so, and not only the gateway
     */
    default void exportingResumed(BackupId backupId, boolean confirmedByBrokers, Instant at) {}

    /**
     * Exporting could not be resumed before the deadline: an operator must do it, see
     * {@link PauseReport#instruction()}.
     */
    default void exportingNotResumed(BackupId backupId, PauseReport pause, Instant at) {}

    /** The backup is complete, and exporting runs. The last call. */
    default void finished(BackupReport report) {}

    /** The backup was refused, has failed or was cancelled. The last call. */
    default void failed(BackupReport report) {}
}
