package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PositionEvidence;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks what the snapshots themselves show besides exported records: that they could be read, and up to where Operate
 * and Tasklist had imported records. Up to 8.7 they remember it by partition, and go on from there after a restore; so
 * what they have imported must be in the records, and may not lie above the checkpoint, where a restored Zeebe writes
 * other records, which they would pass over.
 */
final class ImportRules {
    private ImportRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.positions().ifPresent(positions -> {
            positions
                    .problem()
                    .ifPresent(
                            problem -> findings.add(FindingCode.POSITIONS_NOT_READ, Component.ZEEBE_RECORDS, problem));
            new TreeMap<>(positions.importProblems())
                    .forEach((application, problem) ->
                            findings.add(FindingCode.POSITIONS_NOT_READ, application, problem));
            new TreeMap<>(positions.imported())
                    .forEach((application, imported) -> check(application, imported, positions, evidence, findings));
            if (!positions.leftBehind().isEmpty()) {
                findings.add(FindingCode.SCRATCH_LEFT_BEHIND, Phrases.list(positions.leftBehind()) + ".");
            }
        });
    }

    private static void check(
            Component application,
            Map<Integer, Long> imported,
            PositionEvidence positions,
            Evidence evidence,
            Findings findings) {
        List<String> future = new ArrayList<>();
        List<String> ahead = new ArrayList<>();
        new TreeMap<>(imported).forEach((partition, position) -> {
            long checkpoint = evidence.partition(partition)
                    .map(reported -> reported.checkpoint().orElse(Long.MAX_VALUE))
                    .orElse(Long.MAX_VALUE);
            long records = Math.max(positions.highest(partition), manifested(evidence, partition));
            if (position > checkpoint) {
                future.add("It has imported partition " + partition + " up to " + position
                        + ", but that partition's backup ends at " + checkpoint + ".");
            } else if (positions.records().containsKey(partition) && position > records) {
                ahead.add("It has imported partition " + partition + " up to " + position + ", but the records end at "
                        + records + ".");
            }
        });
        if (!future.isEmpty()) {
            findings.add(FindingCode.IMPORTED_FROM_THE_FUTURE, application, String.join(" ", future));
        }
        if (!ahead.isEmpty()) {
            findings.add(FindingCode.IMPORTED_AHEAD_OF_RECORDS, application, String.join(" ", ahead));
        }
    }

    private static long manifested(Evidence evidence, int partition) {
        return evidence.manifest()
                .map(BackupManifest::recordPositions)
                .flatMap(positions -> Optional.ofNullable(positions.get(partition)))
                .orElse(-1L);
    }
}
