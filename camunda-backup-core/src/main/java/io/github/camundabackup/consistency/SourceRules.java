package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.stream.Stream;

/** Checks which sources could be read, and whether the backup has a manifest that describes it. */
final class SourceRules {
    private SourceRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.repositoryProblem()
                .ifPresent(
                        problem -> findings.add(FindingCode.SOURCE_UNREADABLE, "The snapshot repository: " + problem));
        evidence.statements()
                .forEach((component, statement) -> statement
                        .problem()
                        .ifPresent(problem -> findings.add(FindingCode.SOURCE_UNREADABLE, component, problem)));
        Stream.concat(Stream.of(Component.ZEEBE), expectation.components().stream())
                .distinct()
                .filter(component -> !evidence.isInRepository(component)
                        && evidence.statement(component).isEmpty())
                .forEach(component -> findings.add(
                        FindingCode.NOT_ASKED,
                        component,
                        component.equals(Component.ZEEBE)
                                ? "Zeebe keeps its backups in an object store, which was not read."
                                : component.displayName()
                                        + " keeps its part outside the repository, and was not asked."));
        if (!evidence.present().isEmpty() && evidence.line().isEmpty()) {
            findings.add(
                    FindingCode.LINE_UNKNOWN,
                    evidence.writtenLine()
                            .map(line -> "The run wrote down " + CamundaLine.nameOf(line)
                                    + ", which this version does not know.")
                            .orElse("Neither versions nor names show which line it is of."));
        }
        evidence.ending()
                .filter(ending -> !ending.whole())
                .ifPresent(ending -> findings.add(
                        FindingCode.RUN_FAILED,
                        "The run ended as " + ending.outcome()
                                + ending.failure().map(reason -> ": " + reason).orElse(".")));
        if (!evidence.present().isEmpty()) {
            manifest(evidence, expectation, findings);
            if (evidence.manifest().isPresent()
                    && evidence.ending().isEmpty()
                    && evidence.manifestProblem().isEmpty()) {
                findings.add(
                        FindingCode.RUN_OUTCOME_UNKNOWN,
                        "The run did not write down how it ended: it goes on, was killed, or could not write."
                                + evidence.olderOutcome()
                                        .map(older -> " What is there was written at " + older.writtenAt()
                                                + ", before this backup was begun, by a run that had the same id.")
                                        .orElse(""));
            }
        }
    }

    private static void manifest(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.manifestProblem()
                .ifPresent(problem -> findings.add(FindingCode.MANIFEST_UNREADABLE, Component.ZEEBE_RECORDS, problem));
        evidence.manifest()
                .filter(manifest -> !manifest.backupId().equals(evidence.backupId()))
                .ifPresent(manifest -> findings.add(
                        FindingCode.MANIFEST_FOREIGN,
                        Component.ZEEBE_RECORDS,
                        "The manifest is that of backup " + manifest.backupId() + "."));
        evidence.manifest()
                .map(BackupManifest::physicalTenant)
                .filter(written -> evidence.tenant()
                        .filter(asked -> !asked.equals(written))
                        .isPresent())
                .ifPresent(written -> findings.add(
                        FindingCode.TENANT_FOREIGN,
                        Component.ZEEBE_RECORDS,
                        "The manifest is that of the physical tenant " + written
                                + ", and asked were the components of the tenant "
                                + evidence.tenant().orElse(PhysicalTenant.DEFAULT) + "."));
        evidence.outcome()
                .filter(outcome -> !outcome.backupId().equals(evidence.backupId()))
                .ifPresent(outcome -> findings.add(
                        FindingCode.MANIFEST_FOREIGN,
                        "The outcome of the run is that of backup " + outcome.backupId() + "."));
        boolean described = evidence.manifest().isPresent()
                || evidence.snapshots(Component.ZEEBE_RECORDS).stream()
                        .anyMatch(records -> records.state() == SnapshotState.UNREADABLE)
                || evidence.manifestProblem().isPresent()
                || evidence.report().isPresent();
        if (!described && evidence.repositoryProblem().isEmpty()) {
            findings.add(
                    FindingCode.NO_MANIFEST,
                    "Expected are " + Phrases.names(expectation.components()) + ", inferred from "
                            + expectation.source() + ".");
        }
    }
}
