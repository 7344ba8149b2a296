package io.github.camundabackup.test.drill;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.List;

/** The place where a drill restores a backup, so that nothing in use is touched. */
sealed interface DrillPlace permits ScratchEngine, ScratchNames {

    /** In words, for the report. */
    String description();

    /** The store into whose engine is restored. */
    SnapshotStore store();

    /** Adds to the user's settings what this place needs. */
    RestoreSettings settings(RestoreSettings.Builder settings);

    /** What keeps other drills away; not taken where they do not meet. */
    DrillLock lock();

    /**
     * Makes sure that it is the right place and used by no other process, and removes what earlier drills have left
     * there.
     */
    Preparation prepare(RestoreClient engine, BackupId backupId, ClientResources resources);

    /**
     * What was done before the restore.
     *
     * @param removed indices of earlier drills that were deleted
     * @param warnings what an operator should know
     */
    record Preparation(List<String> removed, List<String> warnings) {
        public Preparation {
            removed = List.copyOf(removed);
            warnings = List.copyOf(warnings);
        }
    }
}
