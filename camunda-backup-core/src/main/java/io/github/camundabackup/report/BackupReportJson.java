package io.github.camundabackup.report;

import io.github.camundabackup.internal.json.Document;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stable JSON of a report. Fields are added in later versions, and never renamed or given another meaning. */
final class BackupReportJson {
    private static final int FORMAT_VERSION = 1;

    private BackupReportJson() {}

    static String write(BackupReport report) {
        return Json.writePretty(map(report));
    }

    /** A report inside another document. */
    static Map<String, Object> map(BackupReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("backupId", report.backupId().value());
        if (!report.physicalTenant().isDefault()) {
            json.put("physicalTenant", report.physicalTenant().id());
        }
        json.put("outcome", report.outcome().name());
        report.line().ifPresent(line -> json.put("line", line));
        json.put("snapshotStore", report.snapshotStore());
        json.put("startedAt", report.startedAt().toString());
        json.put("endedAt", report.endedAt().toString());
        json.put("steps", report.steps().stream().map(BackupReportJson::write).toList());
        json.put("pause", write(report.pause()));
        json.put("warnings", report.warnings());
        report.failure().ifPresent(failure -> json.put("failure", failure));
        report.coverage().ifPresent(coverage -> json.put("coverage", write(coverage)));
        return json;
    }

    private static Map<String, Object> write(IndexCoverage coverage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("missing", coverage.missing());
        json.put("indices", coverage.indices());
        return json;
    }

    private static Map<String, Object> write(StepReport step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("component", step.component().name());
        json.put("state", step.state().name());
        step.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
        step.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        json.put("adopted", step.adopted());
        if (step.takenAgain() > 0) {
            json.put("takenAgain", step.takenAgain());
        }
        json.put("versions", step.versions());
        json.put("snapshots", step.snapshots());
        json.put(
                "partitions",
                step.partitions().stream().map(BackupReportJson::write).toList());
        step.failure().ifPresent(failure -> json.put("failure", failure));
        return json;
    }

    private static Map<String, Object> write(StepReport.Partition partition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partitionId", partition.partitionId());
        json.put("state", partition.state());
        partition.checkpointPosition().ifPresent(position -> json.put("checkpointPosition", position));
        partition.snapshotId().ifPresent(id -> json.put("snapshotId", id));
        partition.brokerVersion().ifPresent(version -> json.put("brokerVersion", version));
        return json;
    }

    static Map<String, Object> write(PauseReport pause) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", pause.state().name());
        pause.pausedAt().ifPresent(at -> json.put("pausedAt", at.toString()));
        pause.resumedAt().ifPresent(at -> json.put("resumedAt", at.toString()));
        json.put("held", pause.held());
        json.put("confirmedByBrokers", pause.confirmedByBrokers());
        pause.resumeAt().ifPresent(uri -> json.put("resumeAt", uri.toString()));
        return json;
    }

    static BackupReport read(String text) {
        return read(Document.read(text, "report of a backup", FORMAT_VERSION));
    }

    static BackupReport read(Document json) {
        return new BackupReport(
                BackupId.of(json.number("backupId")),
                json.json().text("physicalTenant").map(PhysicalTenant::of).orElse(PhysicalTenant.DEFAULT),
                json.constant("outcome", BackupReport.Outcome.class),
                json.json().text("line").orElse(null),
                json.text("snapshotStore"),
                json.time("startedAt"),
                json.time("endedAt"),
                json.elements("steps").stream().map(BackupReportJson::readStep).toList(),
                readPause(json.at("pause")),
                json.texts("warnings"),
                json.json().text("failure").orElse(null),
                json.json().at("coverage").isObject() ? readCoverage(json.at("coverage")) : null);
    }

    private static IndexCoverage readCoverage(Document coverage) {
        return new IndexCoverage((int) coverage.number("missing"), coverage.texts("indices"));
    }

    private static StepReport readStep(Document step) {
        JsonValue json = step.json();
        return StepReport.builder(Component.parse(step.text("component")))
                .state(step.constant("state", StepReport.State.class))
                .startedAt(json.time("startedAt").orElse(null))
                .endedAt(json.time("endedAt").orElse(null))
                .adopted(json.isTrue("adopted"))
                .takenAgain((int) json.number("takenAgain").orElse(0))
                .versions(step.texts("versions"))
                .snapshots(step.texts("snapshots"))
                .partitions(step.elements("partitions").stream()
                        .map(BackupReportJson::readPartition)
                        .toList())
                .failure(json.text("failure").orElse(null))
                .build();
    }

    private static StepReport.Partition readPartition(Document partition) {
        JsonValue json = partition.json();
        return new StepReport.Partition(
                (int) partition.number("partitionId"),
                partition.text("state"),
                json.number("checkpointPosition"),
                json.text("snapshotId"),
                json.text("brokerVersion"));
    }

    static PauseReport readPause(String text) {
        return readPause(Document.part(text, "report of a pause"));
    }

    private static PauseReport readPause(Document pause) {
        JsonValue json = pause.json();
        return new PauseReport(
                pause.constant("state", PauseReport.State.class),
                json.time("pausedAt"),
                json.time("resumedAt"),
                json.isTrue("held"),
                json.isTrue("confirmedByBrokers"),
                json.text("resumeAt").map(URI::create));
    }
}
