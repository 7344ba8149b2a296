package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.internal.contents.Coverage;
import io.github.camundabackup.internal.contents.LeftOutByVersion;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.report.RunOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Checks which indices the snapshots hold: each once, none that is not the component's, and all that the cluster had,
 * as far as the run compared them. The plan of a restore refuses what is found here.
 */
final class ContentRules {
    private ContentRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.contents().ifPresent(contents -> {
            contents.unknown().forEach(why -> findings.add(FindingCode.SOURCE_UNREADABLE, why));
            contents.twice().forEach(twice -> findings.add(FindingCode.INDEX_TWICE, twice.describe()));
            contents.foreign(contents.kinds(evidence.lines()))
                    .forEach(foreign -> findings.add(
                            FindingCode.INDEX_FOREIGN, foreign.snapshot().component(), foreign.sentences()));
            contents.unusual(evidence.lines())
                    .forEach((component, shown) -> findings.add(
                            FindingCode.INDEX_PREFIX_UNUSUAL,
                            component,
                            unusual(
                                    contents.byComponent().getOrDefault(component, List.of()),
                                    evidence.lines(),
                                    component,
                                    shown)));
        });
        evidence.shards().ifPresent(shards -> {
            shards.damaged()
                    .forEach((snapshot, why) -> SnapshotName.parse(snapshot)
                            .ifPresent(name -> findings.add(FindingCode.SHARDS_UNREADABLE, name.component(), why)));
            shards.refused().values().stream()
                    .findFirst()
                    .ifPresent(why -> findings.add(
                            FindingCode.SOURCE_UNREADABLE,
                            "It was not checked whether the snapshots' shards can be read. " + why));
        });
        Optional<IndexCoverage> compared = evidence.ending().flatMap(RunOutcome::coverage);
        List<String> defects = LeftOutByVersion.of(
                evidence.snapshots().stream()
                        .map(snapshot -> snapshot.name(evidence.backupId()))
                        .toList(),
                evidence.lines(),
                evidence.contents());
        compared.filter(coverage -> coverage.missing() > 0)
                .ifPresent(coverage -> findings.add(FindingCode.INDEX_MISSING, Coverage.describe(coverage, defects)));
        // A run that failed did not get so far, and is no backup anyway.
        if (compared.isEmpty() && evidence.ending().map(RunOutcome::whole).orElse(true)) {
            defects.forEach(defect -> findings.add(FindingCode.INDICES_UNCERTAIN, defect));
        }
    }

    private static String unusual(List<String> indices, CamundaLines lines, Component component, List<String> shown) {
        return "Its indices (" + Phrases.some(indices) + ") do not have the prefix "
                + Phrases.list(lines.indexPrefixes(component))
                + (shown.isEmpty()
                        ? ", and their names do not tell which they have, so that it is not known whether all are its own."
                        : ", but, as their names show, " + Phrases.list(shown) + ".");
    }
}
