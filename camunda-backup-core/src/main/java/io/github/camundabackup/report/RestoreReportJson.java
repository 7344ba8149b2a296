package io.github.camundabackup.report;

import io.github.camundabackup.internal.json.Document;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.model.BackupId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stable JSON of a report. Fields are added in later versions, and never renamed or given another meaning. */
final class RestoreReportJson {
    private static final int FORMAT_VERSION = 1;

    private RestoreReportJson() {}

    static String write(RestoreReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("backupId", report.backupId().value());
        json.put("outcome", report.outcome().name());
        json.put("snapshotStore", report.snapshotStore());
        json.put("startedAt", report.startedAt().toString());
        json.put("endedAt", report.endedAt().toString());
        json.put("deleted", report.deleted());
        json.put(
                "indices",
                report.indices().stream().map(RestoreReportJson::write).toList());
        json.put("remaining", report.remaining());
        json.put("warnings", report.warnings());
        report.failure().ifPresent(failure -> json.put("failure", failure));
        return Json.writePretty(json);
    }

    private static Map<String, Object> write(RestoreReport.Index index) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", index.name());
        json.put("snapshot", index.snapshot());
        json.put("state", index.state().name());
        index.documents().ifPresent(count -> json.put("documents", count));
        return json;
    }

    static RestoreReport read(String text) {
        Document json = Document.read(text, "report of a restore", FORMAT_VERSION);
        return new RestoreReport(
                BackupId.of(json.number("backupId")),
                json.constant("outcome", RestoreReport.Outcome.class),
                json.text("snapshotStore"),
                json.time("startedAt"),
                json.time("endedAt"),
                json.texts("deleted"),
                json.elements("indices").stream()
                        .map(RestoreReportJson::readIndex)
                        .toList(),
                json.texts("remaining"),
                json.texts("warnings"),
                json.json().text("failure").orElse(null));
    }

    private static RestoreReport.Index readIndex(Document json) {
        return new RestoreReport.Index(
                json.text("name"),
                json.text("snapshot"),
                json.constant("state", RestoreReport.State.class),
                json.json().number("documents"));
    }
}
