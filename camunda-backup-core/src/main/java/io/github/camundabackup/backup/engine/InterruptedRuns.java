package io.github.camundabackup.backup.engine;

import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.lock.RunJournal;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.report.BackupReport;
import java.util.concurrent.CompletableFuture;

/** Recovers runs that were interrupted: called by the backup engine before each backup, implemented by the recovery. */
public interface InterruptedRuns {
    /**
     * What a backup begins with: an interrupted run is abandoned, since a new backup replaces it, and continuing it
     * would only prolong the pause.
     *
     * @return fails if a restore has not ended well: only an operator can know what is there now
     */
    CompletableFuture<RecoveryReport> beforeBackup();

    /** Goes on with an interrupted backup. */
    interface Continuing {
        /**
         * @return how it ended; fails with {@link io.github.camundabackup.backup.BackupFailedException}
         * @throws IllegalStateException if no run may be begun any more; then nothing was touched
         */
        CompletableFuture<BackupReport> goOn(Resumption from, RunJournal acquired, ExportingPause adopted);
    }
}
