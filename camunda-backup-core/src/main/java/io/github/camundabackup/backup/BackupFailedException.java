package io.github.camundabackup.backup;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A backup did not complete. Its cause is the first thing that went wrong. */
public final class BackupFailedException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String json;
    private transient @Nullable BackupReport report;

    public BackupFailedException(BackupReport report, @Nullable Throwable cause) {
        super(
                "Backup " + report.backupId() + " "
                        + switch (report.outcome()) {
                            case COMPLETED -> "is complete";
                            case REFUSED -> "was not started";
                            case FAILED -> "failed";
                            case CANCELLED -> "was cancelled";
                        }
                        + report.failure().map(reason -> ": " + reason).orElse(".") + " "
                        + report.pause().instruction(),
                cause);
        this.report = report;
        json = report.toJson();
    }

    /** What was done until then. */
    public BackupReport report() {
        BackupReport known = report;
        return known == null ? BackupReport.fromJson(json) : known;
    }

    /** What became of the pause of exporting. */
    public PauseReport pause() {
        return report().pause();
    }
}
