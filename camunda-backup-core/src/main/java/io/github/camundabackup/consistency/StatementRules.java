package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.SnapshotEvidence;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.List;

/**
 * Compares what components say of their backups with what the repository shows. Where the two contradict each other,
 * the repository counts more (<a href="https://github.com/camunda/camunda/issues/33310">camunda/camunda#33310</a>), but
 * the contradiction is reported.
 */
final class StatementRules {
    private StatementRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.statements().forEach((component, statement) -> {
            boolean readable = evidence.repositoryProblem().isEmpty();
            boolean inRepository = evidence.isInRepository(component);
            boolean whole = inRepository && isWhole(evidence.snapshots(component));
            if (statement.isAbsent() && !evidence.snapshots(component).isEmpty()) {
                disagreement(component, "has no backup " + evidence.backupId(), findings);
            }
            statement.reported().ifPresent(reported -> {
                String says = "says " + reported.state()
                        + reported.failure().map(reason -> ": " + reason).orElse("");
                switch (reported.state()) {
                    case COMPLETED -> {
                        if (inRepository && readable && !whole) {
                            disagreement(component, says, findings);
                        }
                    }
                    case IN_PROGRESS ->
                        findings.add(FindingCode.COMPONENT_RUNNING, component, sentence(component, says));
                    case INCOMPLETE -> {
                        // The rules on parts and partitions find what is missing of those.
                        if (whole || isWhole(reported)) {
                            disagreement(component, says, findings);
                        } else if (!inRepository && reported.partitions().isEmpty()) {
                            findings.add(
                                    evidence.isAwaited(component)
                                            ? FindingCode.COMPONENT_AWAITED
                                            : FindingCode.COMPONENT_MISSING,
                                    component,
                                    sentence(component, says));
                        }
                    }
                    case FAILED, INCOMPATIBLE, DELETED -> {
                        if (whole) {
                            disagreement(component, says, findings);
                        } else {
                            findings.add(FindingCode.COMPONENT_FAILED, component, sentence(component, says));
                        }
                    }
                    case DOES_NOT_EXIST -> {
                        if (!evidence.snapshots(component).isEmpty()) {
                            disagreement(component, says, findings);
                        }
                    }
                    case UNKNOWN ->
                        findings.add(FindingCode.COMPONENT_STATE_UNKNOWN, component, sentence(component, says));
                }
            });
        });
    }

    /**
     * As the components themselves compute it, from states that they have seen before a snapshot could not be read any
     * more.
     */
    private static boolean isWhole(List<SnapshotEvidence> snapshots) {
        return !snapshots.isEmpty()
                && snapshots.stream()
                        .allMatch(snapshot -> (snapshot.state() == SnapshotState.SUCCESS
                                        || snapshot.state() == SnapshotState.UNREADABLE)
                                && snapshot.partCount() == snapshots.size());
    }

    private static boolean isWhole(ComponentStatement.Reported zeebe) {
        return !zeebe.partitions().isEmpty()
                && zeebe.partitions().stream().allMatch(partition -> partition.state() == BackupState.COMPLETED);
    }

    private static void disagreement(Component component, String says, Findings findings) {
        findings.add(
                FindingCode.COMPONENT_DISAGREES,
                component,
                sentence(component, says) + " Its parts show something else.");
    }

    private static String sentence(Component component, String says) {
        return component.displayName() + " " + says + (says.endsWith(".") ? "" : ".");
    }
}
