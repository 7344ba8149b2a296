package io.github.camundabackup.consistency;

import io.github.camundabackup.bucket.BucketPartition;
import io.github.camundabackup.bucket.PartitionCopy;
import io.github.camundabackup.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stable JSON of a report. Fields are added in later versions, and never renamed or given another meaning. */
final class ConsistencyJson {
    private static final int FORMAT_VERSION = 1;

    private ConsistencyJson() {}

    static String write(ConsistencyReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("backupId", report.backupId().value());
        json.put("verdict", report.verdict().name());
        json.put("restorable", report.isRestorable());
        report.line().ifPresent(line -> json.put("line", line.id()));
        json.put("checkedAt", report.checkedAt().toString());
        json.put("snapshotStore", report.snapshotStore());
        report.objectStore().ifPresent(store -> json.put("objectStore", store));
        json.put("expectedFrom", report.expectedFrom());
        json.put(
                "components",
                report.components().stream().map(ConsistencyJson::write).toList());
        json.put(
                "partitions",
                report.partitions().stream().map(ConsistencyJson::write).toList());
        report.stored()
                .ifPresent(stored -> json.put(
                        "stored",
                        stored.partitions().stream().map(ConsistencyJson::write).toList()));
        json.put(
                "findings",
                report.findings().stream().map(ConsistencyJson::write).toList());
        return Json.writePretty(json);
    }

    private static Map<String, Object> write(ComponentSummary component) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("component", component.component().name());
        json.put("expected", component.expected());
        json.put("partsFound", component.partsFound());
        component.partsExpected().ifPresent(count -> json.put("partsExpected", count));
        json.put("versions", component.versions());
        component.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
        component.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        return json;
    }

    private static Map<String, Object> write(BucketPartition partition) {
        PartitionCopy copy = partition.best();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partitionId", partition.partitionId());
        json.put("state", copy.state().name());
        json.put("node", copy.node());
        json.put("files", copy.files());
        json.put("bytes", copy.bytes());
        return json;
    }

    private static Map<String, Object> write(PartitionProof proof) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partitionId", proof.partitionId());
        json.put("result", proof.result().name());
        json.put("reason", proof.reason());
        return json;
    }

    private static Map<String, Object> write(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", finding.code().name());
        json.put("severity", finding.severity().name());
        finding.component().ifPresent(component -> json.put("component", component.name()));
        json.put("evidence", finding.evidence());
        json.put("advice", finding.advice());
        return json;
    }
}
