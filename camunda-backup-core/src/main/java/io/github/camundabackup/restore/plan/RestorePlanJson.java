package io.github.camundabackup.restore.plan;

import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.ZeebeRestore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The stable JSON of a plan. Fields are added in later versions, and never renamed or given another meaning. */
final class RestorePlanJson {
    private static final int FORMAT_VERSION = 1;

    private RestorePlanJson() {}

    static String write(RestorePlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("backupId", plan.backupId().value());
        json.put("snapshotStore", plan.snapshotStore());
        json.put("verdict", plan.consistency().verdict().name());
        json.put(
                "obstacles",
                plan.obstacles().stream().map(RestorePlanJson::write).toList());
        json.put("warnings", plan.warnings());
        Map<String, Object> versions = new LinkedHashMap<>();
        for (Component component : plan.versionedComponents()) {
            if (!plan.versions(component).isEmpty()) {
                versions.put(component.name(), List.copyOf(plan.versions(component)));
            }
        }
        json.put("versions", versions);
        json.put("components", plan.components().stream().map(Component::name).toList());
        plan.scratchPrefix().ifPresent(prefix -> json.put("scratchPrefix", prefix));
        json.put("throttles", plan.throttles());
        json.put("deletions", plan.deletions());
        json.put("restored", new TreeMap<>(plan.restored()));
        json.put(
                "snapshots",
                plan.snapshots().stream().map(RestorePlanJson::write).toList());
        plan.recovery().ifPresent(recovery -> json.put("recovery", write(recovery)));
        if (plan.scratchPrefix().isEmpty() && plan.recovery().isEmpty()) {
            json.put("zeebe", write(plan.zeebe()));
        }
        return Json.writePretty(json);
    }

    private static Map<String, Object> write(RecoveryPlan recovery) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", recovery.version());
        json.put("partitions", recovery.partitions());
        json.put("entered", recovery.entered());
        json.put("entering", recovery.entering());
        json.put("restoring", recovery.restoring());
        return json;
    }

    private static Map<String, Object> write(Obstacle obstacle) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", obstacle.code().name());
        obstacle.finding().ifPresent(finding -> json.put("finding", finding.name()));
        json.put("message", obstacle.message());
        return json;
    }

    private static Map<String, Object> write(SnapshotRestore snapshot) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", snapshot.name().toString());
        json.put("component", snapshot.name().component().name());
        json.put("part", snapshot.name().part());
        json.put("uuid", snapshot.uuid());
        json.put("indices", snapshot.indices());
        return json;
    }

    private static Map<String, Object> write(ZeebeRestore zeebe) {
        Map<String, Object> json = new LinkedHashMap<>();
        zeebe.brokers().ifPresent(count -> json.put("brokers", count));
        zeebe.partitions().ifPresent(count -> json.put("partitions", count));
        json.put("command", zeebe.command());
        json.put("kubernetesEnvironment", zeebe.kubernetesEnvironment());
        return json;
    }
}
