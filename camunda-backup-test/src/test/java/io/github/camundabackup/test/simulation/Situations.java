package io.github.camundabackup.test.simulation;

import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;

/** How the simulation gets into the situation of each recording. */
final class Situations {
    private static final Server OPERATE = Server.OPERATE;
    private static final Server TASKLIST = Server.TASKLIST;
    private static final Server ZEEBE = Server.ZEEBE;

    private Situations() {}

    static Situation of(Recording recording) {
        SimulatedCluster.Builder cluster = SimulatedCluster.builder().engine(recording.engine());
        String name = recording.situation().replaceFirst("^[eo]s-", "");
        return switch (name) {
            case "root",
                    "get-repo",
                    "verify-repo",
                    "list-empty-all",
                    "list-empty-star",
                    "get-missing-repo",
                    "get-missing-snapshot",
                    "get-missing-snapshot-ignore",
                    "status-missing-snapshot",
                    "status-none",
                    "restore-missing",
                    "delete-missing",
                    "create-invalid-name",
                    "records-snapshot-wait",
                    "records-snapshot-missing-index",
                    "records-snapshot-missing-pattern",
                    "snapshot-async",
                    "delete-index-while-snapshotting-dryname",
                    "delete-snapshot-again",
                    "put-concurrent-snapshot-during-operate",
                    "operate-list-empty",
                    "operate-get-unknown",
                    "operate-get-malformed",
                    "operate-get-negative",
                    "operate-post-missing-body",
                    "operate-post-no-body-json-ct",
                    "operate-post-empty-json",
                    "operate-post-malformed-id",
                    "operate-post-negative",
                    "operate-post-string-id-numeric-neg",
                    "operate-post-broken-json",
                    "operate-delete-unknown",
                    "operate-delete-malformed",
                    "operate-post-100",
                    "operate-post-120",
                    "tasklist-list-empty",
                    "tasklist-get-unknown",
                    "tasklist-get-malformed",
                    "tasklist-get-negative",
                    "tasklist-post-missing-body",
                    "tasklist-post-empty-json",
                    "tasklist-post-malformed-id",
                    "tasklist-post-negative",
                    "tasklist-delete-unknown",
                    "tasklist-delete-malformed",
                    "tasklist-post-100",
                    "tasklist-post-120",
                    "zeebe-list-empty",
                    "zeebe-get-unknown",
                    "zeebe-get-malformed",
                    "zeebe-get-negative",
                    "zeebe-post-missing-body",
                    "zeebe-post-no-body-json-ct",
                    "zeebe-post-empty-json",
                    "zeebe-post-malformed-id",
                    "zeebe-post-negative",
                    "zeebe-post-broken-json",
                    "zeebe-delete-unknown",
                    "zeebe-delete-malformed",
                    "zeebe-post-100",
                    "zeebe-post-120",
                    "zeebe-pause-soft",
                    "zeebe-resume",
                    "zeebe-partitions-after-resume",
                    "zeebe-exporting-get",
                    "zeebe-exporters-get",
                    "zeebe-cluster-get",
                    "zeebe-exporting-unknown-op",
                    "allinone-actuator",
                    "allinone-actuator-backupHistory",
                    "journal-get-no-index",
                    "journal-create-index",
                    "journal-replace-no-index",
                    "records-refresh",
                    "records-highest",
                    "records-ranges",
                    "records-count",
                    "records-refresh-none",
                    "records-highest-none",
                    "records-count-none",
                    "restore-data-nodes",
                    "restore-engine-id",
                    "restore-indices",
                    "restore-templates",
                    "restore-written-none",
                    "open-index" -> new Situation(cluster);
            case "status" -> twoRecords(cluster);
            case "damaged-shard-status" -> damaged(cluster, SnapshotDamage.SHARDS);
            case "damaged-list",
                    "damaged-names",
                    "damaged-list-rest",
                    "damaged-get",
                    "damaged-status",
                    "damaged-restore" -> damaged(cluster, SnapshotDamage.DESCRIPTION);
            case "restore-written" -> new Situation(cluster).document("zeebe-record_job_8.6.0_2026-11-21/_doc/1");
            case "restore-templates-none" -> new Situation(cluster).deleteTemplates();
            case "journal-create-index-again", "journal-get-no-document", "journal-create" ->
                new Situation(cluster).index("hot-backup-journal");
            case "journal-create-again", "journal-get", "journal-replace", "journal-delete" ->
                new Situation(cluster).document("hot-backup-journal/_doc/camunda_backup");
            case "journal-replace-conflict" ->
                new Situation(cluster)
                        .document("hot-backup-journal/_doc/camunda_backup")
                        .document("hot-backup-journal/_doc/camunda_backup");
            case "journal-get-deleted", "journal-delete-again", "journal-replace-deleted" ->
                new Situation(cluster)
                        .document("hot-backup-journal/_doc/camunda_backup")
                        .deleteIndex("hot-backup-journal/_doc/camunda_backup");

            case "operate-list-repo-missing",
                    "operate-get-repo-missing",
                    "operate-post-repo-missing",
                    "operate-delete-repo-missing",
                    "tasklist-list-repo-missing",
                    "tasklist-get-repo-missing",
                    "tasklist-post-repo-missing",
                    "tasklist-delete-repo-missing",
                    "get-repo-missing",
                    "snapshot-repo-missing",
                    "list-repo-missing",
                    "status-repo-missing",
                    "restore-repo-missing" -> new Situation(cluster.withoutRegisteredRepository());
            case "register-repo-outside-path-repo", "register-repo" ->
                new Situation(cluster.withoutRegisteredRepository().repositoryRoot("/realstack/"));
            case "operate-norepo-post", "operate-norepo-get", "operate-norepo-list" ->
                new Situation(cluster.withoutConfiguredRepository());
            case "zeebe-nostore-post", "zeebe-nostore-get", "zeebe-nostore-list", "zeebe-nostore-delete" ->
                new Situation(cluster.withoutBackupStore());

            case "operate-get-100-immediately", "operate-post-200-while-running" ->
                new Situation(cluster).backup(OPERATE, 100);
            case "operate-get-100-again", "status-current-during-operate" ->
                new Situation(cluster).backup(OPERATE, 100).after(3);
            case "operate-get-100-completed", "operate-post-100-duplicate", "operate-post-50-lower", "list-star" ->
                new Situation(cluster).completed(OPERATE, 100);
            case "operate-list" ->
                new Situation(cluster).completed(OPERATE, 100).completed(OPERATE, 50);
            case "list-all", "list-quiet" ->
                new Situation(cluster)
                        .completed(OPERATE, 100)
                        .completed(TASKLIST, 100)
                        .snapshot("camunda_zeebe_records_backup_100", "zeebe-record*")
                        .after(Situation.BACKUP);
            case "operate-post-110-throttled" -> new Situation(cluster).completed(OPERATE, 100);
            case "tasklist-post-110-throttled" -> new Situation(cluster).completed(TASKLIST, 100);
            case "operate-delete-120" -> new Situation(cluster).completed(OPERATE, 120);
            case "tasklist-delete-120" -> new Situation(cluster).completed(TASKLIST, 120);
            case "zeebe-delete-120" -> new Situation(cluster).completed(ZEEBE, 120);
            // Into the second part, which is then in progress.
            case "operate-get-110-inprogress",
                    "snapshot-get-inprogress",
                    "snapshot-current",
                    "operate-post-110-duplicate-inprogress",
                    "status-current",
                    "change-repo-while-snapshotting",
                    "delete-repo-while-snapshotting" ->
                new Situation(cluster).backup(OPERATE, 110).after(12);
            case "operate-list-inprogress", "snapshot-get-inprogress-quiet" ->
                new Situation(cluster)
                        .completed(OPERATE, 100)
                        .backup(OPERATE, 110)
                        .after(12);
            case "operate-delete-130-inprogress" ->
                new Situation(cluster).backup(OPERATE, 130).after(12);
            case "operate-get-130-after-inprogress-delete" ->
                new Situation(cluster)
                        .backup(OPERATE, 130)
                        .after(12)
                        .delete(OPERATE, 130)
                        .after(Situation.SETTLING);
            case "operate-get-120-after-delete-now" ->
                new Situation(cluster).completed(OPERATE, 120).delete(OPERATE, 120);
            case "operate-get-120-after-delete" ->
                new Situation(cluster)
                        .completed(OPERATE, 120)
                        .delete(OPERATE, 120)
                        .after(Situation.SETTLING);
            case "operate-get-100-one-part-missing" ->
                new Situation(cluster).completed(OPERATE, 100).deleteSnapshot("camunda_operate_100_8.6.0_part_6_of_6");
            case "tasklist-get-100-first-part-missing" ->
                new Situation(cluster)
                        .completed(TASKLIST, 100)
                        .deleteSnapshot("camunda_tasklist_100_8.6.0_part_1_of_6");

            case "tasklist-get-100-immediately", "tasklist-post-200-while-running", "tasklist-get-100-poll2" ->
                new Situation(cluster).backup(TASKLIST, 100);
            case "tasklist-list-while-running" ->
                new Situation(cluster).backup(TASKLIST, 100).after(12);
            case "tasklist-list-inprogress" ->
                new Situation(cluster)
                        .completed(TASKLIST, 100)
                        .backup(TASKLIST, 110)
                        .after(12);
            case "tasklist-get-100-completed", "tasklist-post-100-duplicate", "tasklist-post-50-lower" ->
                new Situation(cluster).completed(TASKLIST, 100);
            case "tasklist-list" ->
                new Situation(cluster).completed(TASKLIST, 100).completed(TASKLIST, 50);
            case "tasklist-get-120-after-delete-now" ->
                new Situation(cluster).completed(TASKLIST, 120).delete(TASKLIST, 120);
            case "tasklist-get-120-after-delete" ->
                new Situation(cluster)
                        .completed(TASKLIST, 120)
                        .delete(TASKLIST, 120)
                        .after(Situation.SETTLING);

            case "zeebe-pause-hard-while-soft" -> new Situation(cluster).pause("?soft=true");
            case "zeebe-partitions-after-hard" -> new Situation(cluster).pause("");
            case "zeebe-partitions-get" -> new Situation(cluster).pause("?soft=true");
            case "zeebe-partitions-after-restart-while-paused" -> {
                Situation situation = new Situation(cluster).pause("?soft=true");
                situation.cluster().faults().restart(ZEEBE);
                yield situation;
            }
            case "zeebe-get-100-immediately" -> new Situation(cluster).backup(ZEEBE, 100);
            case "zeebe-get-100-completed" ->
                // As recorded for Elasticsearch: one partition is done, the other in progress.
                recording.body().path("state").asText().equals("COMPLETED")
                        ? new Situation(cluster).completed(ZEEBE, 100)
                        : new Situation(cluster).backup(ZEEBE, 100).after(50);
            case "zeebe-post-100-duplicate", "zeebe-post-50-lower", "zeebe-get-50-after-lower", "zeebe-list" ->
                new Situation(cluster).completed(ZEEBE, 100);
            case "zeebe-get-120-after-delete", "zeebe-post-120-after-delete" ->
                new Situation(cluster).completed(ZEEBE, 120).delete(ZEEBE, 120);
            case "zeebe-delete-9-inprogress" ->
                new Situation(cluster).backup(ZEEBE, 9).after(5);
            case "zeebe-get-9" ->
                new Situation(cluster)
                        .backup(ZEEBE, 9)
                        .after(5)
                        .delete(ZEEBE, 9)
                        .after(5);

            case "zeebe-store-down-post", "zeebe-store-down-get", "zeebe-store-down-list" ->
                store(new Situation(cluster), ObjectStoreState.HANGING);
            case "zeebe-s3down-post", "zeebe-s3down-get", "zeebe-s3down-list" ->
                store(new Situation(cluster), ObjectStoreState.REFUSING);
            case "zeebe-bucket-missing-get" -> store(new Situation(cluster), ObjectStoreState.BUCKET_MISSING);
            case "zeebe-store-back-get", "zeebe-store-back-post-600" ->
                store(store(new Situation(cluster), ObjectStoreState.REFUSING).backup(ZEEBE, 600), ObjectStoreState.UP);

            case "records-snapshot-status", "records-snapshot-get", "records-snapshot-duplicate" ->
                records(cluster, 100).after(Situation.BACKUP);
            case "delete-snapshot" -> records(cluster, 120).after(Situation.BACKUP);
            case "d-restore-open-conflict" -> records(cluster, 120).after(Situation.BACKUP);
            case "d-restore-camunda_operate_120_8.6.0_part_1_of_6" ->
                new Situation(cluster).completed(OPERATE, 120).deleteIndex("operate-import-position-8.3.0_");
            case "d-restore-camunda_operate_120_8.6.0_part_3_of_6" -> new Situation(cluster).completed(OPERATE, 120);
            case "snapshot-async-get", "snapshot-async-status", "delete-snapshot-inprogress" ->
                new Situation(cluster)
                        .snapshot("async_1", "zeebe-record*,operate-*")
                        .after(1);
            case "close-index-while-snapshotting" ->
                new Situation(cluster)
                        .snapshot("async_1", "zeebe-record*,operate-*")
                        .after(1);
            case "after-delete" ->
                new Situation(cluster)
                        .snapshot("async_1", "zeebe-record*,operate-*")
                        .deleteSnapshot("async_1");
            case "restore-while-snapshotting" ->
                records(cluster, 100)
                        .after(Situation.BACKUP)
                        .snapshot("async_1", "zeebe-record*,operate-*")
                        .after(1);
            default -> throw new IllegalArgumentException("No situation is prepared for " + recording);
        };
    }

    private static Situation records(SimulatedCluster.Builder cluster, long id) {
        return new Situation(cluster).snapshot("camunda_zeebe_records_backup_" + id, "zeebe-record*");
    }

    private static Situation twoRecords(SimulatedCluster.Builder cluster) {
        return records(cluster, 100)
                .after(Situation.BACKUP)
                .snapshot("camunda_zeebe_records_backup_200", "zeebe-record*")
                .after(Situation.BACKUP);
    }

    private static Situation damaged(SimulatedCluster.Builder cluster, SnapshotDamage damage) {
        Situation situation = twoRecords(cluster);
        situation.cluster().faults().damage("camunda_zeebe_records_backup_100", damage);
        return situation;
    }

    private static Situation store(Situation situation, ObjectStoreState state) {
        situation.cluster().faults().objectStore(state);
        return situation;
    }
}
