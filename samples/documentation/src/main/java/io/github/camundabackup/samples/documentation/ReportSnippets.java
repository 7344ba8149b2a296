package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** For docs/guide/report.md. */
final class ReportSnippets {
    private ReportSnippets() {}

    static List<String> read(Path file) throws IOException {
        // snippet
        BackupReport report = BackupReport.fromJson(Files.readString(file));
        boolean usable = report.outcome() == BackupReport.Outcome.COMPLETED;
        List<String> operateSnapshots =
                report.step(Component.OPERATE).map(step -> step.snapshots()).orElse(List.of());
        // end
        return usable ? operateSnapshots : List.of();
    }
}
