package io.github.camundabackup.report;

import io.github.camundabackup.internal.text.NotCovered;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.report.RestoreReport.Index;
import io.github.camundabackup.report.RestoreReport.State;
import java.util.List;
import java.util.Locale;

/** A report in lines for people. */
final class RestoreReportText {
    private RestoreReportText() {}

    static String write(RestoreReport report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "Restore of backup %s: %s after %.1f s",
                        report.backupId(),
                        report.outcome(),
                        report.duration().toMillis() / 1000.0));
        line(text, "  Snapshots: " + report.snapshotStore());
        line(text, "  Deleted:   " + Phrases.count(report.deleted().size(), "index", "indices"));
        for (State state : State.values()) {
            List<Index> indices = report.indices().stream()
                    .filter(index -> index.state() == state)
                    .toList();
            if (!indices.isEmpty()) {
                line(text, "  " + state + ": " + Phrases.count(indices.size(), "index", "indices"));
                indices.forEach(index -> line(text, "    - " + describe(index)));
            }
        }
        line(text, "  " + NotCovered.SENTENCE);
        report.warnings().forEach(warning -> line(text, "  Warning:   " + warning));
        report.failure().ifPresent(failure -> line(text, "  Failure:   " + failure));
        if (!report.remaining().isEmpty()) {
            line(text, "  Left to do:");
            report.remaining().forEach(task -> line(text, "    - " + task));
        }
        return text.toString().stripTrailing();
    }

    private static String describe(Index index) {
        return index.name()
                + (index.documents().isPresent() ? ", " + index.documents().getAsLong() + " documents" : "")
                + " (" + index.snapshot() + ")";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
