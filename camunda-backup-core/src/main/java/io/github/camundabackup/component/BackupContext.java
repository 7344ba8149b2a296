package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.Pace;
import java.util.Map;

/** The run in which a participant takes its part of a backup. Thread-safe. */
public interface BackupContext {
    /** The id under which every participant stores its part. */
    BackupId backupId();

    /**
     * What identifies the backup, to be stored with a part where that is possible: what the run knows of it now, as
     * names and values.
     *
     * @param records what is known of the exported records
     */
    Map<String, String> manifest(ExportedRecordsFound records);

    /** Puts a warning into the run's report. */
    void warn(String sentence);

    /**
     * Says in log, report and to the listener that a component which is asked for a part is away and is waited for.
     *
     * @param outage when it begins, and again when it is over
     */
    void outage(Outage outage);

    /**
     * How often to ask how far a part is that is waited for. Of parts that are taken together, the run wants to see the
     * end of the last one at once, and hears of the others now and then.
     */
    Pace pace();
}
