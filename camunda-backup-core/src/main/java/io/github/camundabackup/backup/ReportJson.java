package io.github.camundabackup.backup;

import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stable JSON of a report. Fields are added in later versions, and never renamed or given another meaning. */
final class ReportJson {
    private static final int FORMAT_VERSION = 1;

    private ReportJson() {}

    static String write(BackupReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("backupId", report.backupId().value());
        json.put("outcome", report.outcome().name());
        report.protocol().ifPresent(protocol -> json.put("protocol", protocol.name()));
        json.put("snapshotStore", report.snapshotStore());
        json.put("startedAt", report.startedAt().toString());
        json.put("endedAt", report.endedAt().toString());
        json.put("steps", report.steps().stream().map(ReportJson::write).toList());
        json.put("pause", write(report.pause()));
        json.put("warnings", report.warnings());
        report.failure().ifPresent(failure -> json.put("failure", failure));
        return Json.writePretty(json);
    }

    private static Map<String, Object> write(StepReport step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("component", step.component().name());
        json.put("state", step.state().name());
        step.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
        step.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        json.put("adopted", step.adopted());
        json.put("versions", step.versions());
        json.put("snapshots", step.snapshots());
        json.put("partitions", step.partitions().stream().map(ReportJson::write).toList());
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
        json.put("confirmedByBrokers", pause.confirmedByBrokers());
        pause.gateway().ifPresent(uri -> json.put("gateway", uri.toString()));
        return json;
    }

    static BackupReport read(String text) {
        JsonValue json;
        try {
            json = Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException("This is no report of a backup: " + e.getMessage(), e);
        }
        long version = json.number("formatVersion").orElse(0);
        if (version != FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    "This is no report of a backup that this version can read: its formatVersion is "
                            + json.text("formatVersion").orElse("missing") + ", and " + FORMAT_VERSION + " is known.");
        }
        return new BackupReport(
                BackupId.of(json.number("backupId").orElseThrow(() -> missing("backupId"))),
                required(json, "outcome", BackupReport.Outcome.class),
                json.text("protocol")
                        .map(name -> constant(name, Protocol.class))
                        .orElse(null),
                json.text("snapshotStore").orElseThrow(() -> missing("snapshotStore")),
                json.time("startedAt").orElseThrow(() -> missing("startedAt")),
                json.time("endedAt").orElseThrow(() -> missing("endedAt")),
                json.elements("steps").stream().map(ReportJson::readStep).toList(),
                readPause(json.at("pause")),
                strings(json, "warnings"),
                json.text("failure").orElse(null));
    }

    private static StepReport readStep(JsonValue json) {
        return StepReport.builder(required(json, "component", Component.class))
                .state(required(json, "state", StepReport.State.class))
                .startedAt(json.time("startedAt").orElse(null))
                .endedAt(json.time("endedAt").orElse(null))
                .adopted(json.isTrue("adopted"))
                .versions(strings(json, "versions"))
                .snapshots(strings(json, "snapshots"))
                .partitions(json.elements("partitions").stream()
                        .map(ReportJson::readPartition)
                        .toList())
                .failure(json.text("failure").orElse(null))
                .build();
    }

    private static StepReport.Partition readPartition(JsonValue json) {
        return new StepReport.Partition(
                (int) json.number("partitionId").orElseThrow(() -> missing("partitionId")),
                json.text("state").orElseThrow(() -> missing("state")),
                json.number("checkpointPosition"),
                json.text("snapshotId"),
                json.text("brokerVersion"));
    }

    private static PauseReport readPause(JsonValue json) {
        Optional<Instant> pausedAt = json.time("pausedAt");
        return new PauseReport(
                required(json, "state", PauseReport.State.class),
                pausedAt,
                json.time("resumedAt"),
                json.isTrue("confirmedByBrokers"),
                json.text("gateway").map(URI::create));
    }

    private static List<String> strings(JsonValue json, String field) {
        return json.elements(field).stream()
                .flatMap(element -> element.text().stream())
                .toList();
    }

    private static <E extends Enum<E>> E required(JsonValue json, String field, Class<E> type) {
        return constant(json.text(field).orElseThrow(() -> missing(field)), type);
    }

    private static <E extends Enum<E>> E constant(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("This report has a value that is not known: " + name + ".", e);
        }
    }

    private static IllegalArgumentException missing(String field) {
        return new IllegalArgumentException("This is no report of a backup: it has no " + field + ".");
    }
}
