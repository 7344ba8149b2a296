package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.internal.contents.Coverage;
import io.github.camundabackup.internal.contents.LeftOutByVersion;
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
}
