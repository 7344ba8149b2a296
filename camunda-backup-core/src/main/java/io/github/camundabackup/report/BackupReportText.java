package io.github.camundabackup.report;

import io.github.camundabackup.internal.text.NotCovered;
import io.github.camundabackup.line.CamundaLine;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report in lines for people. */
final class BackupReportText {
    private BackupReportText() {}

    static String write(BackupReport report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "Backup " + report.backupId() + ofTenant(report) + ": " + report.outcome() + " after "
                        + seconds(report.duration()));
        report.line().map(CamundaLine::nameOf).ifPresent(name -> line(text, "  Line:      " + name));
        line(text, "  Snapshots: " + report.snapshotStore());
        report.steps().forEach(step -> line(text, "  " + step(step, report)));
        line(
                text,
                "  Exporting: "
                        + report.pause()
                                .duration()
                                .map(duration -> "paused for " + seconds(duration) + ". ")
                                .orElse("")
                        + report.pause().instruction());
        report.warnings().forEach(warning -> line(text, "  Warning:   " + warning));
        line(text, "  " + NotCovered.SENTENCE);
        report.failure().ifPresent(failure -> line(text, "  Failure:   " + failure));
        return text.toString().stripTrailing();
    }

    private static String ofTenant(BackupReport report) {
        return report.physicalTenant().isDefault() ? "" : " of the physical tenant " + report.physicalTenant();
    }

    private static String step(StepReport step, BackupReport report) {
        String head =
                String.format(Locale.ROOT, "- %-16s %-11s", step.component().displayName(), step.state());
        Stream<String> details = Stream.of(
                        step.startedAt()
                                .map(start -> "started at +" + seconds(Duration.between(report.startedAt(), start))),
                        step.startedAt()
                                .flatMap(start ->
                                        step.endedAt().map(end -> "took " + seconds(Duration.between(start, end)))),
                        Optional.of("taken again " + (step.takenAgain() == 1 ? "once" : step.takenAgain() + " times"))
                                .filter(again -> step.takenAgain() > 0),
                        parts(step),
                        Optional.of("version " + String.join(", ", step.versions()))
                                .filter(version -> !step.versions().isEmpty()),
                        step.failure())
                .flatMap(Optional::stream);
        return (head + " " + details.collect(Collectors.joining(", "))).stripTrailing();
    }

    private static Optional<String> parts(StepReport step) {
        if (!step.partitions().isEmpty()) {
            return Optional.of(count(step.partitions().size(), "partition") + " "
                    + step.partitions().stream()
                            .map(partition -> partition.partitionId()
                                    + partition.checkpointPosition().stream()
                                            .mapToObj(position -> "@" + position)
                                            .collect(Collectors.joining()))
                            .toList());
        }
        return Optional.of(count(step.snapshots().size(), "snapshot"))
                .filter(count -> !step.snapshots().isEmpty());
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
