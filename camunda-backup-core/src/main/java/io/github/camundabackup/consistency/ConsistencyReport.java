package io.github.camundabackup.consistency;

import io.github.camundabackup.bucket.BucketBackup;
import io.github.camundabackup.consistency.evidence.BucketStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of a check of one backup: the findings, and the verdict that follows from them. Immutable. */
public final class ConsistencyReport {
    private final BackupId backupId;
    private final Instant checkedAt;
    private final String snapshotStore;
    private final @Nullable CamundaLine line;
    private final String expectedFrom;
    private final List<ComponentSummary> components;
    private final List<PartitionProof> partitions;
    private final List<Finding> findings;
    private final @Nullable String bucket;
    private final @Nullable BucketBackup stored;
    private final Verdict verdict;

    private ConsistencyReport(
            Evidence evidence,
            String snapshotStore,
            Expectation expectation,
            List<ComponentSummary> components,
            List<PartitionProof> partitions,
            List<Finding> findings) {
        backupId = evidence.backupId();
        checkedAt = evidence.checkedAt();
        this.snapshotStore = snapshotStore;
        line = evidence.line().orElse(null);
        expectedFrom = expectation.source();
        this.components = List.copyOf(components);
        this.partitions = List.copyOf(partitions);
        this.findings = List.copyOf(findings);
        bucket = evidence.bucket().map(BucketStatement::description).orElse(null);
        stored = evidence.bucket().flatMap(BucketStatement::backup).orElse(null);
        verdict = Verdict.of(findings);
    }

    /** Applies all rules. */
    static ConsistencyReport of(Evidence evidence, String snapshotStore) {
        Objects.requireNonNull(snapshotStore, "snapshotStore");
        Expectation expectation = Expectation.of(evidence);
        return new ConsistencyReport(
                evidence,
                snapshotStore,
                expectation,
                Summaries.of(evidence, expectation),
                PositionRules.prove(evidence),
                Rule.all(evidence, expectation));
    }

    public BackupId backupId() {
        return backupId;
    }

    /** What the findings amount to. */
    public Verdict verdict() {
        return verdict;
    }

    /** Whether the verdict is {@link Verdict#CONSISTENT}. */
    public boolean isConsistent() {
        return verdict == Verdict.CONSISTENT;
    }

    /**
     * Whether no finding forbids restoring this backup. That is so for a consistent one; and for one that was checked
     * without a cluster and for which nothing is open but Zeebe's part, which the restore application itself then
     * verifies, because it refuses an incomplete one.
     */
    public boolean isRestorable() {
        return isConsistent()
                || (verdict == Verdict.UNVERIFIABLE
                        && findings.stream()
                                .filter(finding -> finding.severity() == Severity.UNVERIFIED)
                                .allMatch(finding -> finding.code() == FindingCode.NOT_ASKED));
    }

    /** When the sources were read, by this machine's clock. */
    public Instant checkedAt() {
        return checkedAt;
    }

    /** The snapshot store: engine, repository and URI. */
    public String snapshotStore() {
        return snapshotStore;
    }

    /** The line that the backup was taken of; empty if nothing shows it. */
    public Optional<CamundaLine> line() {
        return Optional.ofNullable(line);
    }

    /** The source of what belongs to the backup, in words. */
    public String expectedFrom() {
        return expectedFrom;
    }

    /** What was seen of each component that belongs to the backup or has something under its id. */
    public List<ComponentSummary> components() {
        return components;
    }

    /** For each partition that Zeebe reports, whether the backup proves that no record is missing. */
    public List<PartitionProof> partitions() {
        return partitions;
    }

    /** The object store that Zeebe's part was read from; empty if the check was given none. */
    public Optional<String> objectStore() {
        return Optional.ofNullable(bucket);
    }

    /** Zeebe's part in that object store; empty if it was not read, or there is nothing under that id. */
    public Optional<BucketBackup> stored() {
        return Optional.ofNullable(stored);
    }

    /** Everything that was found; nothing for a consistent backup, apart from notes. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether there is a finding of that kind. */
    public boolean has(FindingCode code) {
        return findings.stream().anyMatch(finding -> finding.code() == code);
    }

    /** This report as JSON with stable, documented names; see the guide. */
    public String toJson() {
        return ConsistencyJson.write(this);
    }

    /** The report in lines for people. */
    @Override
    public String toString() {
        return ConsistencyText.write(this);
    }
}
