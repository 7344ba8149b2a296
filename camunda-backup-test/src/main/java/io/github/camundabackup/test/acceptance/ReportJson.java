package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.test.internal.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stable JSON of a report. Fields are added in later versions, and never renamed or given another meaning. */
final class ReportJson {
    private static final int FORMAT_VERSION = 1;

    private ReportJson() {}

    static String write(AcceptanceReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("accepted", report.isAccepted());
        json.put("line", report.line());
        json.put("version", report.version());
        json.put("versionFrom", report.versionFrom());
        json.put("engine", report.engine());
        json.put("questions", report.results().stream().map(ReportJson::result).toList());
        json.put("left", report.left());
        json.put("notes", report.notes());
        return Json.writePretty(json);
    }

    private static Map<String, @Nullable Object> result(AcceptanceResult result) {
        Map<String, @Nullable Object> json = Json.map(
                "name", result.name(),
                "request", result.request(),
                "changes", result.changes(),
                "verdict", result.verdict().name(),
                "differences", result.differences());
        if (!result.reason().isEmpty()) {
            json.put("reason", result.reason());
        }
        result.answer().ifPresent(answer -> json.put("status", answer.status()));
        result.expected().ifPresent(expected -> json.put("expectedStatus", expected.status()));
        return json;
    }
}
