package io.github.camundabackup.journal;

import io.github.camundabackup.error.CamundaBackupException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Another run, a backup or a restore, holds the lock of the cluster, and lives. */
public final class RunInProgressException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String json;
    private transient @Nullable JournaledRun run;

    public RunInProgressException(JournaledRun run) {
        super(run
                + " is going on, and there can be one at a time. Wait until it has ended; should it die, "
                + afterwards(run)
                + ", once it has given no sign of life for "
                + run.lease().toSeconds() + " s.");
        this.run = run;
        json = run.toJson();
    }

    private static String afterwards(JournaledRun run) {
        return switch (run.kind()) {
            case BACKUP -> "it is recovered by the next backup or by recover()";
            case RESTORE -> "the next restore begins again";
        };
    }

    /** The other run. */
    public JournaledRun run() {
        JournaledRun known = run;
        return known == null ? JournaledRun.fromJson(json, "a serialized error") : known;
    }
}
