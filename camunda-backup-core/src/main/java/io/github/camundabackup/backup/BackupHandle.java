package io.github.camundabackup.backup;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.StepProgress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A backup that is being taken. Thread-safe. */
public interface BackupHandle {

    /**
     * The id under which every component stores its part. Where it is chosen by the run, it is the Unix time in seconds
     * until the checks have shown whether that can be used: it is final when {@link BackupListener#started} is called,
     * and when the backup ends.
     */
    BackupId backupId();

    /** How far each component is that has been asked for its backup, in the order of the plan. */
    Map<Component, StepProgress> progress();

    /**
     * The end of the backup. Completes when every component's backup is complete and exporting runs again. If anything
     * goes wrong it completes exceptionally with a {@link BackupFailedException}, which has the report and the state of
     * the pause; also then, exporting was resumed before, or the exception says that it was not. Cancelling or
     * completing this future has no effect on the backup; see {@link #cancel()}.
     */
    CompletableFuture<BackupReport> completion();

    /**
     * Ends the run: nothing more is started, exporting is resumed, and then {@link #completion()} completes
     * exceptionally. What components have started already goes on there, and its id is used up. Returns at once; does
     * nothing at the end of a run.
     */
    void cancel();
}
