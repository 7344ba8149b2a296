package io.github.camundabackup.recovery;

import io.github.camundabackup.internal.json.Document;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.StepOutcome.Found;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stable JSON of a report of a recovery. Fields are added in later versions, and never renamed or given another
 * meaning.
 */
final class RecoveryJson {
    private static final int FORMAT_VERSION = 1;

    private RecoveryJson() {}

    static String write(RecoveryReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("outcome", report.outcome().name());
        json.put("at", report.at().toString());
        report.run().ifPresent(run -> json.put("run", Json.embedded(run.toJson())));
        json.put("pause", Json.embedded(report.pause().toJson()));
        json.put("settled", report.settled().stream().map(RecoveryJson::write).toList());
        report.backup().ifPresent(backup -> json.put("backup", Json.embedded(backup.toJson())));
        json.put("warnings", report.warnings());
        return Json.writePretty(json);
    }

    private static Map<String, Object> write(StepOutcome settled) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("component", settled.component().name());
        json.put("journaled", settled.journaled().name());
        json.put("found", settled.found().name());
        settled.detail().ifPresent(detail -> json.put("detail", detail));
        return json;
    }

    static RecoveryReport read(String text) {
        Document json = Document.read(text, "report of a recovery", FORMAT_VERSION);
        return new RecoveryReport(
                json.constant("outcome", RecoveryReport.Outcome.class),
                json.time("at"),
                Optional.of(json.json().at("run"))
                        .filter(run -> !run.isAbsent())
                        .map(run -> JournaledRun.fromJson(run.toString(), "the report of a recovery")),
                PauseReport.fromJson(json.at("pause").json().toString()),
                json.elements("settled").stream().map(RecoveryJson::readSettled).toList(),
                Optional.of(json.at("backup"))
                        .filter(backup -> !backup.json().isAbsent())
                        .map(backup -> BackupReport.fromJson(backup.json().toString())),
                json.texts("warnings"));
    }

    private static StepOutcome readSettled(Document json) {
        return new StepOutcome(
                Component.parse(json.text("component")),
                json.constant("journaled", StepReport.State.class),
                json.constant("found", Found.class),
                json.json().text("detail"));
    }
}
