package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The statements of a running cluster's components on their backups. Immutable.
 *
 * @param line its line; empty if it could not be found out
 * @param partitions the numbers of its partitions; none if it does not report them
 * @param answers what each configured component said
 */
public record ClusterEvidence(Optional<CamundaLine> line, Set<Integer> partitions, Map<Component, Answer> answers) {
    /** There is no cluster to ask. */
    public static final ClusterEvidence NONE = new ClusterEvidence(Optional.empty(), Set.of(), Map.of());

    public ClusterEvidence {
        partitions = Set.copyOf(partitions);
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }

    /**
     * What one component said.
     *
     * @param reported the backups that it described
     * @param problem why it did not answer
     */
    record Answer(Map<BackupId, ComponentStatement.Reported> reported, Optional<String> problem) {
        Answer {
            reported = Map.copyOf(reported);
        }

        private ComponentStatement about(BackupId backupId) {
            return problem.<ComponentStatement>map(ComponentStatement.Unreadable::new)
                    .or(() -> Optional.ofNullable(reported.get(backupId)))
                    .orElseGet(ComponentStatement.Absent::new);
        }
    }

    /** Every id that a component reported. */
    public Set<BackupId> ids() {
        Set<BackupId> ids = new TreeSet<>();
        answers.values().forEach(answer -> ids.addAll(answer.reported().keySet()));
        return ids;
    }

    public Map<Component, ComponentStatement> statements(BackupId backupId) {
        Map<Component, ComponentStatement> statements = new TreeMap<>();
        answers.forEach((component, answer) -> statements.put(component, answer.about(backupId)));
        return statements;
    }
}
