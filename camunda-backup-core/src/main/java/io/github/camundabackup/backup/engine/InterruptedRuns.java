package io.github.camundabackup.backup.engine;

import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.lock.RunJournal;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.report.BackupReport;
import java.util.concurrent.CompletableFuture;

/** Looks after runs that were interrupted. The engine asks for it before each backup; the recovery does it. */
public interface InterruptedRuns {
    /**
     * What a backup begins with: an interrupted run is abandoned, since who wants a new backup needs the old one no
     * more, and has no use for a longer pause.
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
