package io.github.camundabackup.test.drill;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings of a drill. The setters of {@link RestoreDrill.Builder} say what each means.
 *
 * @param store on the engine in use
 * @param scratchEngine the store on another one
 * @param clear whether what is in the way there is deleted
 * @param cluster the one in use
 * @param backupId empty for the latest
 * @param scratchPrefix what scratch names begin with
 * @param leftoverAge when scratch names are those of a killed drill
 * @param restoreSettings changes to the defaults
 * @param reportDirectory where the report is written
 */
record DrillSettings(
        SnapshotStore store,
        Optional<SnapshotStore> scratchEngine,
        boolean clear,
        Optional<ClusterEndpoints> cluster,
        Optional<BackupId> backupId,
        String scratchPrefix,
        Duration leftoverAge,
        UnaryOperator<RestoreSettings.Builder> restoreSettings,
        Path reportDirectory) {}
