package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.control.CommandControl;
import io.github.camundabackup.restore.control.OperatorControl;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** For docs/guide/restore.md. */
final class RestoreSnippets {
    private RestoreSnippets() {}

    static RestorePlan plan(CamundaBackupClient client, Consumer<String> out) {
        // snippet
        RestoreClient restore = client.restore();
        RestorePlan plan = restore.plan(BackupId.of(1795209752)).join();
        out.accept(plan.toString());
        out.accept(plan.kubernetesInstructions()); // or plan.processInstructions()
        // end
        return plan;
    }

    static RestoreReport execute(RestoreClient restore, RestorePlan plan) {
        // snippet
        RestoreHandle handle = restore.execute(plan);
        RestoreReport report = handle.completion().join();
        List<String> remaining = report.remaining(); // what is left to do for Zeebe
        // end
        remaining.forEach(task -> {});
        return report;
    }

    static RestoreReport failure(RestoreHandle handle) {
        // snippet
        try {
            return handle.completion().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RestoreFailedException failed) {
                return failed.report();
            }
            throw e;
        }
        // end
    }

    static RestoreSettings settings() {
        // snippet
        RestoreSettings settings = RestoreSettings.builder()
                .indexPrefixes(Component.OPERATE, "prod-operate-")
                .keep("operate-staging-") // another cluster's
                .installedVersion("8.6.0")
                .brokers(3)
                .partitions(3)
                .accept(Obstacle.Code.TOO_FEW_DATA_NODES)
                .acceptFinding(FindingCode.NO_MANIFEST)
                .build();
        // end
        return settings;
    }

    static RestoreReport whileTheBrokersRun(CamundaBackupClient client, ClientResources resources) {
        // snippet
        RestoreSettings settings = RestoreSettings.builder()
                .recoveryMode()
                .control(CommandControl.builder(resources) // none is needed without Optimize
                        .stop(Component.OPTIMIZE, "kubectl", "scale", "--replicas=0", "deployment/optimize")
                        .start(Component.OPTIMIZE, "kubectl", "scale", "--replicas=1", "deployment/optimize")
                        .build())
                .build();
        RestoreClient restore = client.restore(settings);
        RestorePlan plan = restore.plan(BackupId.of(1795209752)).join();
        RestoreReport report = restore.execute(plan).completion().join();
        // end
        return report;
    }

    static RestoreSettings leavingOut() {
        // snippet
        RestoreSettings settings = RestoreSettings.builder()
                .leaveOut("camunda_zeebe_records_backup_1795209752", "zeebe-record-archive")
                .leaveOut("camunda_operate_1795209752_8.6.0_part_5_of_6", "*")
                .build();
        // end
        return settings;
    }

    static RestoreSettings otherIndexSettings() {
        // snippet
        RestoreSettings settings = RestoreSettings.builder()
                .ignoreIndexSettings("index.routing.allocation.*", "index.blocks.*")
                .indexSetting("index.number_of_replicas", "0")
                .build();
        // end
        return settings;
    }

    static RestoreSettings commands(ClientResources resources) {
        // snippet
        RestoreSettings settings = RestoreSettings.builder()
                .brokers(1)
                .control(CommandControl.builder(resources)
                        .stop(Component.OPERATE, "systemctl", "stop", "operate")
                        .stop(Component.ZEEBE, "systemctl", "stop", "zeebe")
                        .broker(
                                0,
                                List.of("find", "/var/lib/zeebe/data", "-mindepth", "1", "-delete"),
                                List.of("/opt/camunda/bin/restore"))
                        .start(Component.ZEEBE, "systemctl", "start", "zeebe")
                        .start(Component.OPERATE, "systemctl", "start", "operate")
                        .build())
                .build();
        // end
        return settings;
    }

    static RestoreSettings operator(Consumer<String> out, CompletableFuture<Void> confirmation) {
        // snippet
        RestoreSettings settings = RestoreSettings.builder()
                .control(OperatorControl.confirmedBy(task -> {
                    out.accept(task);
                    return confirmation; // completes when the operator says that it is done
                }))
                .build();
        // end
        return settings;
    }

    static RestorePlan disaster(SnapshotStore store, ClientResources resources) {
        // snippet
        ConsistencyReport latest = ConsistencyChecker.of(store, resources)
                .latestRestorable()
                .join()
                .orElseThrow();
        RestoreClient restore = RestoreClient.create(store, RestoreSettings.defaults(), resources);
        RestorePlan plan = restore.plan(latest.backupId()).join();
        // end
        return plan;
    }
}
