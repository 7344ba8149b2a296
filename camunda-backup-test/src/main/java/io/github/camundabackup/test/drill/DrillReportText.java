package io.github.camundabackup.test.drill;

import java.time.Duration;
import java.util.Locale;

/** A report in lines for people. */
final class DrillReportText {
    private DrillReportText() {}

    static String write(DrillReport report) {
        StringBuilder text = new StringBuilder();
        line(text, "Restore drill of " + report.testClass() + ": " + report.outcome());
        report.consistency().ifPresent(consistency -> {
            line(text, "  Backup:        " + consistency.backupId() + ", " + consistency.verdict());
            line(text, "  Snapshots:     " + consistency.snapshotStore());
        });
        if (!report.place().isEmpty()) {
            line(text, "  Restored:      " + report.place());
        }
        report.restored().ifPresent(restored -> {
            line(
                    text,
                    "                 " + restored.indices().size() + " indices with " + restored.documents()
                            + " documents");
            line(text, "  Recovery time: " + duration(restored.recoveryTime()) + " for the search engine");
            line(
                    text,
                    "  Data loss:     "
                            + restored.age()
                                    .map(age -> duration(age) + " at most, the age of the backup")
                                    .orElse("not known, as the engine does not tell when the snapshots began"));
            line(
                    text,
                    "  Tests:         " + report.passed() + " passed, "
                            + report.failed().size() + " failed");
        });
        report.failed().forEach(test -> line(text, "    - " + test));
        report.removed().forEach(index -> line(text, "  Removed, of an earlier drill: " + index));
        report.remaining().forEach(index -> line(text, "  STILL THERE:   " + index));
        report.warnings().forEach(warning -> line(text, "  Warning:       " + warning));
        report.failure().ifPresent(failure -> line(text, "  Failure:       " + failure));
        return text.toString().stripTrailing();
    }

    private static String duration(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(2)) < 0
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
