package io.github.camundabackup.backup;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a backup does, in which order: data, made by one small function from the protocol and the components, and run by one engine. The
 * order is Camunda's, and differs by version
 * (<a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/backup/">documentation</a>,
 * <a href="https://github.com/camunda/camunda/issues/24477">camunda/camunda#24477</a>).
 *
 * @param protocol the protocol that demands this order
 * @param steps in order
 */
public record BackupPlan(Protocol protocol, List<BackupStep> steps) {
    public BackupPlan {
        steps = List.copyOf(steps);
    }

    /**
     * The plan for a cluster.
     *
     * @param protocol the cluster's protocol
     * @param components what is to be backed up apart from Zeebe and its records
     * @param recordsPattern the indices of the exported records; empty to leave them out
     */
    public static BackupPlan of(Protocol protocol, Set<Component> components, Optional<String> recordsPattern) {
        List<Component> applications = Stream.of(
                        Component.OPTIMIZE, Component.OPERATE, Component.TASKLIST, Component.WEB_APPLICATIONS)
                .filter(components::contains)
                .toList();
        List<BackupStep> before = applications.isEmpty() ? List.of() : List.of(new BackupStep.Together(applications));
        List<BackupStep> paused = new ArrayList<>();
        recordsPattern.ifPresent(pattern -> paused.add(new BackupStep.SnapshotRecords(pattern)));
        paused.add(new BackupStep.BackUpZeebe());
        return switch (protocol) {
            // Importers read the records: what they wrote must be older than the records, and these older than Zeebe's
            // log.
            case UP_TO_8_7 ->
                new BackupPlan(
                        protocol,
                        Stream.concat(before.stream(), Stream.of(new BackupStep.ExportingPaused(paused)))
                                .toList());
            // The exporter itself writes the applications' indices, so its position must stand still before the first
            // of them is read.
            case FROM_8_8 ->
                new BackupPlan(
                        protocol,
                        List.of(new BackupStep.ExportingPaused(
                                Stream.concat(before.stream(), paused.stream()).toList())));
        };
    }

    /** Everything that is backed up, in order. */
    public List<Component> components() {
        return steps.stream().flatMap(step -> step.components().stream()).toList();
    }

    /** The plan in lines for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Backup plan for " + protocol.displayName() + ":");
        append(text, steps, "  ");
        return text.toString();
    }

    private static void append(StringBuilder text, List<BackupStep> steps, String indent) {
        int number = 1;
        for (BackupStep step : steps) {
            text.append('\n').append(indent).append(number++).append(". ");
            step.<Void>match(
                    together -> {
                        text.append(together.components().stream()
                                .map(Component::displayName)
                                .collect(Collectors.joining(", ")));
                        text.append(together.components().size() == 1 ? "" : " (started together)");
                        return null;
                    },
                    paused -> {
                        text.append("with exporting softly paused, and resumed whatever happens:");
                        append(text, paused.steps(), indent + "   ");
                        return null;
                    },
                    records -> {
                        text.append("snapshot of the exported records (")
                                .append(records.indexPattern())
                                .append(')');
                        return null;
                    },
                    zeebe -> {
                        text.append("Zeebe, all partitions");
                        return null;
                    });
        }
    }
}
