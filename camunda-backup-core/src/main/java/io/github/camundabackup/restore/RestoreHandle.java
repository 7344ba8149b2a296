package io.github.camundabackup.restore;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.restore.control.ClusterControl;
import java.util.concurrent.CompletableFuture;

/** A restore that is under way. Thread-safe. */
public interface RestoreHandle {

    BackupId backupId();

    /** How far it is. */
    RestoreStatus status();

    /**
     * The end of the restore. Completes exceptionally with a {@link RestoreFailedException}, which has the report: what
     * is restored and what is not. Cancelling or completing this future has no effect on the restore; see
     * {@link #cancel()}.
     */
    CompletableFuture<RestoreReport> completion();

    /**
     * Ends the run: nothing more is deleted or started. What the engine is restoring at the moment goes on there, and
     * what a {@link ClusterControl} is doing is cancelled. Returns at once; does nothing at the end of a run.
     */
    void cancel();
}
