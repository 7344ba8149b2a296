package io.github.camundabackup.test.assertion;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Finding;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.consistency.PartitionProof;
import io.github.camundabackup.consistency.Verdict;
import io.github.camundabackup.model.Component;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a {@link ConsistencyReport}. A failure shows the whole report. */
public final class ConsistencyReportAssert extends AbstractAssert<ConsistencyReportAssert, ConsistencyReport> {
    ConsistencyReportAssert(ConsistencyReport report) {
        super(report, ConsistencyReportAssert.class);
    }

    /** The verdict is {@link Verdict#CONSISTENT}. */
    public ConsistencyReportAssert isConsistent() {
        return hasVerdict(Verdict.CONSISTENT);
    }

    /** The verdict is {@link Verdict#INCONSISTENT}. */
    public ConsistencyReportAssert isInconsistent() {
        return hasVerdict(Verdict.INCONSISTENT);
    }

    /** The verdict is {@link Verdict#IN_PROGRESS}. */
    public ConsistencyReportAssert isInProgress() {
        return hasVerdict(Verdict.IN_PROGRESS);
    }

    /** The verdict is {@link Verdict#UNVERIFIABLE}. */
    public ConsistencyReportAssert isUnverifiable() {
        return hasVerdict(Verdict.UNVERIFIABLE);
    }

    /** The verdict is this one. */
    public ConsistencyReportAssert hasVerdict(Verdict expected) {
        isNotNull();
        if (actual.verdict() != expected) {
            fail("to be " + expected);
        }
        return this;
    }

    /** No finding forbids restoring the backup; see {@link ConsistencyReport#isRestorable()}. */
    public ConsistencyReportAssert isRestorable() {
        isNotNull();
        if (!actual.isRestorable()) {
            fail("to be restorable");
        }
        return this;
    }

    /** There is a finding of this kind, perhaps among others. */
    public ConsistencyReportAssert hasFinding(FindingCode code) {
        isNotNull();
        if (!actual.has(code)) {
            fail("to have the finding " + code);
        }
        return this;
    }

    /** There is a finding of this kind about this component, perhaps among others. */
    public ConsistencyReportAssert hasFinding(FindingCode code, Component component) {
        isNotNull();
        if (actual.findings().stream()
                .noneMatch(finding -> finding.code() == code
                        && finding.component().filter(component::equals).isPresent())) {
            fail("to have the finding " + code + " about " + component.displayName());
        }
        return this;
    }

    /** There are findings of these kinds and of no others. */
    public ConsistencyReportAssert hasOnlyFindings(FindingCode... codes) {
        isNotNull();
        Set<FindingCode> expected = Set.of(codes);
        Set<FindingCode> found = actual.findings().stream().map(Finding::code).collect(Collectors.toSet());
        if (!expected.equals(found)) {
            fail("to have only the findings " + expected);
        }
        return this;
    }

    /** There are partitions, and for each it is proven that no record is missing. */
    public ConsistencyReportAssert provesEveryPartition() {
        isNotNull();
        if (actual.partitions().isEmpty()
                || actual.partitions().stream().anyMatch(proof -> proof.result() != PartitionProof.Result.PROVEN)) {
            fail("to prove for every partition that no record is missing");
        }
        return this;
    }

    private void fail(String expectation) {
        failWithMessage("%nExpected backup %s %s, but:%n%n%s%n", actual.backupId(), expectation, actual);
    }
}
