package io.github.camundabackup.recovery;

import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.report.PauseReport;
import java.util.Locale;

/** A report of a recovery in lines for people. */
final class RecoveryText {
    private RecoveryText() {}

    static String write(RecoveryReport report) {
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
        report.backup().ifPresent(backup -> line(text, backup.toString().replace("\n", "\n  ")));
        report.warnings().forEach(warning -> line(text, "Warning:   " + warning));
        return text.toString();
    }

    private static String headline(RecoveryReport report) {
        return switch (report.outcome()) {
            case NOTHING_FOUND -> "no backup was interrupted.";
            case CONTINUED -> "a backup was interrupted, and was continued. It is complete.";
            case ABANDONED ->
                report.run().map(JournaledRun::kind).orElse(JournaledRun.Kind.BACKUP) == JournaledRun.Kind.RESTORE
                        ? "a restore did not end well, and is abandoned. Backups are taken again: of whatever is there now."
                        : "a backup was interrupted, and is abandoned. What exists under its id is no backup, and the id is used up.";
            case NOT_RESUMED -> "a run was interrupted, and exporting could not be resumed. Recover again.";
            case RUN_IN_PROGRESS -> "a run is going on, and was left alone.";
            case UNKNOWN_PAUSE ->
                report.pause().state() == PauseReport.State.RESUMED
                        ? "exporting was paused, no journal said by whom, and it was resumed as asked for."
                        : "exporting is paused by no run of a journal. If the pause is not needed, recover with RESUME.";
        };
    }

    private static void line(StringBuilder text, String line) {
        text.append("\n  ").append(line);
    }
}
