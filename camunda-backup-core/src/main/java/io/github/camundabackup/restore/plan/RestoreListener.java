package io.github.camundabackup.restore.plan;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreStatus;

/**
 * Receives the events of a restore. Every method does nothing by default. They are called on the client's threads, one
 * at a time for one restore, and must be quick. What they throw is logged and harms nothing.
 */
public interface RestoreListener {

    /** A step begins, or has got on. */
    default void progress(BackupId backupId, RestoreStatus status) {}

    /** The end, whichever. The last call. */
    default void ended(RestoreReport report) {}
}
