package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.internal.contents.ShardCheck;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts that a restore plan is made from.
 *
 * @param backupId the backup
 * @param lines the lines that it may be of
 * @param snapshotStore the store, for people
 * @param snapshots those of the backup, with their indices
 * @param shards whether their shards can be read
 * @param indices what there is with the cluster's prefixes or under the names of the backup's indices
 * @param restored indices that hold exactly what a snapshot holds, and which
 * @param indexSettings what decides whether these can be deleted and put on a node, as far as it is known
 * @param missingPolicies policies that these name and the engine lacks, as far as it is known
 * @param engine the engine, if it reports its version
 * @param target what it has, as far as it is known
 * @param throttles what would be raised for the time of the restore, as far as it is wanted
 * @param configured the components with an endpoint; none where there is only a store
 * @param running what is not known to be stopped, each as a sentence
 * @param unseen what the account may not see, each as a sentence
 * @param consistency what the consistency check says
 * @param recovery what the cluster says of its own restore, if it keeps running
 * @param tenant the physical tenant whose backup it is
 */
record PlanFacts(
        BackupId backupId,
        CamundaLines lines,
        String snapshotStore,
        List<BackupSnapshot> snapshots,
        ShardCheck shards,
        List<IndexInfo> indices,
        Map<String, String> restored,
        Map<String, Map<String, String>> indexSettings,
        List<String> missingPolicies,
        Optional<EngineInfo> engine,
        Optional<RestoreTarget> target,
        List<String> throttles,
        List<Component> configured,
        List<String> running,
        List<String> unseen,
        ConsistencyReport consistency,
        RecoveryOutlook recovery,
        PhysicalTenant tenant) {}
