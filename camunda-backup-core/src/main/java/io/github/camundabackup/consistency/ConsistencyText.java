package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.PartitionProof.Result;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report in lines for people. */
final class ConsistencyText {
    private ConsistencyText() {}

    static String write(ConsistencyReport report) {
        StringBuilder text = new StringBuilder();
        line(text, "Backup " + report.backupId() + " is " + report.verdict() + ", as of " + report.checkedAt());
        report.line().map(of -> of.displayName()).ifPresent(name -> line(text, "  Line:      " + name));
        line(text, "  Snapshots: " + report.snapshotStore());
        report.objectStore().ifPresent(store -> line(text, "  Zeebe's:   " + store));
        line(text, "  Expected:  according to " + report.expectedFrom());
        report.components().forEach(component -> line(text, "  " + component(component)));
        if (!report.partitions().isEmpty()) {
            line(text, "  Records:   " + proofs(report.partitions()));
        }
        for (Finding finding : report.findings()) {
            line(text, "  " + finding.severity() + " " + finding);
            line(text, "    " + finding.advice());
        }
        return text.toString().stripTrailing();
    }

    private static String component(ComponentSummary component) {
        String parts = component.partsFound()
                + (component.partsExpected().isPresent()
                        ? " of " + component.partsExpected().getAsInt()
                        : "")
                + (component.component().equals(Component.ZEEBE) ? " partitions" : " parts");
        return Stream.of(
                        Optional.of(String.format(
                                Locale.ROOT, "- %-16s %s", component.component().displayName(), parts)),
                        Optional.of("version " + Phrases.list(component.versions()))
                                .filter(version -> !component.versions().isEmpty()),
                        component.startedAt().map(at -> "begun at " + at),
                        component.endedAt().map(at -> "ended at " + at),
                        Optional.of("not expected").filter(stranger -> !component.expected()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static String proofs(List<PartitionProof> proofs) {
        if (proofs.stream().allMatch(proof -> proof.result() == Result.PROVEN)) {
            return "none is missing, proven for all " + proofs.size() + " partitions";
        }
        return proofs.stream()
                .map(proof -> "partition " + proof.partitionId() + " " + proof.result())
                .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
