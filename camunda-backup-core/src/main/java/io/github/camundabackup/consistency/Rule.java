package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import java.util.List;

/** A rule of the check: a pure function from all evidence of one backup to the findings on one aspect of it. */
@FunctionalInterface
interface Rule {
    /** All of them. What they find is reported in this order. */
    List<Rule> ALL = List.of(
            SourceRules::check,
            PresenceRules::check,
            StatementRules::check,
            PartRules::check,
            ContentRules::check,
            VersionRules::check,
            PartitionRules::check,
            BucketRules::check,
            RecordsRules::check,
            OrderRules::check,
            PositionRules::check,
            ImportRules::check);

    void apply(Evidence evidence, Expectation expectation, Findings findings);

    /** Everything that the rules find. */
    static List<Finding> all(Evidence evidence, Expectation expectation) {
        Findings findings = new Findings();
        ALL.forEach(rule -> rule.apply(evidence, expectation, findings));
        return findings.all();
    }
}
