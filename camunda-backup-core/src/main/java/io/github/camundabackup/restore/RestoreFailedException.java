package io.github.camundabackup.restore;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.report.RestoreReport;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A restore did not complete. Its cause is the first thing that went wrong. Running it again finishes what is missing.
 */
public final class RestoreFailedException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String json;
    private transient @Nullable RestoreReport report;

    RestoreFailedException(RestoreReport report, @Nullable Throwable cause) {
        super(
                "The restore of backup " + report.backupId() + " "
                        + switch (report.outcome()) {
                            case COMPLETED, ENGINE_RESTORED -> "is complete";
                            case REFUSED -> "was refused, and nothing was changed";
                            case FAILED -> "failed";
                            case CANCELLED -> "was cancelled";
                        }
                        + report.failure().map(reason -> ": " + reason).orElse("."),
                cause);
        this.report = report;
        json = report.toJson();
    }

    /** What was done until then. */
    public RestoreReport report() {
        RestoreReport known = report;
        return known == null ? RestoreReport.fromJson(json) : known;
    }
}
