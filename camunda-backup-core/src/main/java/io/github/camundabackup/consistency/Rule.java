package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import java.util.List;

/** Looks at all evidence of one backup and finds what is wrong with one aspect of it. A pure function. */
@FunctionalInterface
interface Rule {
    /** All of them. What they find is reported in this order. */
    List<Rule> ALL = List.of(
            SourceRules::check,
            PresenceRules::check,
            StatementRules::check,
            PartRules::check,
            VersionRules::check,
            PartitionRules::check,
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
