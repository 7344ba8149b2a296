package io.github.camundabackup.restore.plan;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreStatus;
import java.time.Instant;

/**
 * Receives the events of a restore. Every method does nothing by default. They are called one at a time and in
 * order for one restore, on threads that the restore does not wait for; progress that is outdated by then is left out.
 * What they throw is logged. At its end a restore waits up to 10 s until they know.
 */
public interface RestoreListener {

    /** A step begins, or has got on. */
    default void progress(BackupId backupId, RestoreStatus status) {}

    /**
     * Something cannot be reached at the moment, and is waited for: the journal, or the search engine while it
     * restores. The run's report says how long it took.
     *
     * @param why the failure
     */
    default void waiting(BackupId backupId, String why, Instant at) {}

    /** The end, whichever. The last call. */
    default void ended(RestoreReport report) {}
}
