package io.github.camundabackup.restore;

import io.github.camundabackup.component.ZeebeBackup;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that was found out for a plan.
 *
 * @param backupId the backup
 * @param snapshotStore the store, for people
 * @param snapshots those of the backup, with their indices
 * @param indices what there is with the cluster's prefixes or under the names of the backup's indices
 * @param restored indices that hold exactly what a snapshot holds, and which
 * @param target the engine, as far as it tells
 * @param configured the components with an endpoint; none where there is only a store
 * @param running what is not known to be stopped, each as a sentence
 * @param zeebe what Zeebe says of its part
 */
record PlanFacts(
        BackupId backupId,
        String snapshotStore,
        List<BackupSnapshot> snapshots,
        List<IndexInfo> indices,
        Map<String, String> restored,
        Optional<RestoreTarget> target,
        List<Component> configured,
        List<String> running,
        ZeebeAnswer zeebe) {

    /**
     * What Zeebe says of its part of the backup.
     *
     * @param backup its backup, if it showed one
     * @param absent whether it said plainly that there is none
     * @param silence why it did not say; empty if it did
     */
    record ZeebeAnswer(@Nullable ZeebeBackup backup, boolean absent, String silence) {
        static ZeebeAnswer silent(String why) {
            return new ZeebeAnswer(null, false, why);
        }
    }
}
