package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.OptionalInt;

/**
 * Checks that the records snapshot is not empty where there are records and something imports them. A pattern that
 * matches nothing makes an empty snapshot that is a success for the search engine: Camunda's documentation shows such a
 * one as its example. That is fine from 8.8 on without Optimize, where nothing reads exported records; elsewhere it
 * means that the index prefix was wrong, and that a restore loses what was exported and not imported yet.
 */
final class RecordsRules {
    private RecordsRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        boolean empty = evidence.snapshots(Component.ZEEBE_RECORDS).stream()
                .anyMatch(snapshot -> snapshot.state() == SnapshotState.SUCCESS && snapshot.shardsTotal() == 0);
        if (!empty) {
            return;
        }
        OptionalInt indices =
                evidence.manifest().map(BackupManifest::recordIndices).orElse(OptionalInt.empty());
        boolean imported = evidence.line()
                .filter(line -> expectation.components().stream().anyMatch(line::isImporter))
                .isPresent();
        if (imported || indices.orElse(0) > 0) {
            findings.add(
                    FindingCode.RECORDS_EMPTY,
                    Component.ZEEBE_RECORDS,
                    "The snapshot holds no index"
                            + (indices.isPresent() ? ", although there were " + indices.getAsInt() : "")
                            + (imported ? ", and there are components that import records." : "."));
        } else {
            findings.add(
                    FindingCode.RECORDS_EMPTY_AS_EXPECTED,
                    Component.ZEEBE_RECORDS,
                    "The snapshot holds no index, and no component of this backup imports records.");
        }
    }
}
