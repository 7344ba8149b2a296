package io.github.camundabackup.backup;

import io.github.camundabackup.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A report of a recovery for programs and for people. JSON fields are added in later versions, and never renamed or given another meaning. */
final class RecoveryWriter {
    private static final int FORMAT_VERSION = 1;

    private RecoveryWriter() {}

    static String json(RecoveryReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("outcome", report.outcome().name());
        json.put("at", report.at().toString());
        report.run().ifPresent(run -> json.put("run", JournalJson.map(run)));
        json.put("pause", ReportJson.write(report.pause()));
        json.put(
                "settled",
                report.settled().stream().map(RecoveryWriter::settled).toList());
        json.put("warnings", report.warnings());
        return Json.writePretty(json);
    }

    private static Map<String, Object> settled(RecoveryReport.Settled settled) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("component", settled.component().name());
        json.put("journaled", settled.journaled().name());
        json.put("found", settled.found().name());
        settled.detail().ifPresent(detail -> json.put("detail", detail));
        return json;
    }

    static String text(RecoveryReport report) {
        StringBuilder text = new StringBuilder("Recovery: " + headline(report));
        report.run().ifPresent(run -> line(text, "Run:       " + run));
        if (report.pause().state() != PauseReport.State.NOT_PAUSED) {
            line(text, "Exporting: " + report.pause().instruction());
        }
        report.settled()
                .forEach(settled -> line(
                        text,
                        String.format(
                                Locale.ROOT,
                                "- %-16s %s%s",
                                settled.component().displayName(),
                                settled.found(),
                                settled.detail().map(detail -> ": " + detail).orElse(""))));
        report.warnings().forEach(warning -> line(text, "Warning:   " + warning));
        return text.toString();
    }

    private static String headline(RecoveryReport report) {
        return switch (report.outcome()) {
            case NOTHING_FOUND -> "no backup was interrupted.";
            case ABANDONED ->
                "a backup was interrupted, and is abandoned. What exists under its id is no backup, and the id is used up.";
            case NOT_RESUMED -> "a backup was interrupted, and exporting could not be resumed. Recover again.";
            case RUN_IN_PROGRESS -> "a run is going on, and was left alone.";
            case UNKNOWN_PAUSE ->
                report.pause().state() == PauseReport.State.RESUMED
                        ? "exporting was paused, no journal said by whom, and it was resumed as asked for."
                        : "exporting is paused, and no journal says by whom. If nobody needs the pause, recover with RESUME.";
        };
    }

    private static void line(StringBuilder text, String line) {
        text.append("\n  ").append(line);
    }
}
