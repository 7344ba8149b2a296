package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import java.util.Set;
import java.util.TreeSet;

/** Checks that all components that belong to the backup have something under its id, and no others. */
final class PresenceRules {
    private PresenceRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        Set<Component> present = evidence.present();
        boolean allRead = evidence.repositoryProblem().isEmpty()
                && evidence.statements().values().stream()
                        .noneMatch(statement -> statement.problem().isPresent());
        if (present.isEmpty()) {
            if (allRead && evidence.statements().values().stream().allMatch(ComponentStatement::isAbsent)) {
                findings.add(FindingCode.BACKUP_NOT_FOUND, "Nothing has the id " + evidence.backupId() + ".");
                return;
            }
        }
        for (Component component : expectation.components()) {
            if (!present.contains(component) && isKnownToLack(component, evidence)) {
                findings.add(
                        evidence.isAwaited(component) ? FindingCode.COMPONENT_AWAITED : FindingCode.COMPONENT_MISSING,
                        component,
                        "There is nothing of it under the id " + evidence.backupId()
                                + ", although it belongs to the backup: " + expectation.source() + " says so.");
            }
        }
        Set<Component> strangers = new TreeSet<>();
        strangers.addAll(present);
        strangers.removeAll(expectation.components());
        strangers.forEach(component -> findings.add(
                FindingCode.COMPONENT_UNEXPECTED,
                component,
                "It has something under the id " + evidence.backupId() + ", but " + expectation.source()
                        + " knows only " + Phrases.names(expectation.components()) + "."));
        if (evidence.lines().having(present).isEmpty()) {
            findings.add(FindingCode.LINES_MIXED, "There are parts of " + Phrases.names(present) + ".");
        }
    }

    /** A source that could not be read may hold it. */
    private static boolean isKnownToLack(Component component, Evidence evidence) {
        return evidence.isInRepository(component)
                ? evidence.repositoryProblem().isEmpty()
                : evidence.statement(component)
                        .filter(statement -> statement.problem().isEmpty())
                        .isPresent();
    }
}
