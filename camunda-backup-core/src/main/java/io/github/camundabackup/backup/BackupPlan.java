package io.github.camundabackup.backup;

import io.github.camundabackup.line.BackupOrder;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps of a backup in their order: data, made from the line's table and the participants, and run by one engine.
 * The rules of order of the consistency check and the continuation of an interrupted backup read the same plan.
 *
 * <p>The exported records come before Zeebe's backup in every line, and never beside it: a record that is newer than
 * Zeebe's checkpoint would be a ghost after a restore, because Zeebe then writes another record at its position.
 *
 * @param line the line that demands this order
 * @param steps in order
 */
public record BackupPlan(CamundaLine line, List<BackupStep> steps) {
    public BackupPlan {
        steps = List.copyOf(steps);
    }

    /**
     * The plan for a cluster.
     *
     * @param line the cluster's line
     * @param participants what is to be backed up, and what is done for each, for people. Those that the line does not
     *     know are taken together with the applications
     */
    public static BackupPlan of(CamundaLine line, Map<Component, String> participants) {
        BackupOrder order = line.orderWith(participants.keySet());
        List<BackupStep> paused = steps(order.inPause(), participants);
        return new BackupPlan(
                line,
                Stream.concat(
                                steps(order.beforePause(), participants).stream(),
                                paused.isEmpty() ? Stream.of() : Stream.of(new BackupStep.ExportingPaused(paused)))
                        .toList());
    }

    /** As {@link #of(CamundaLine, Map)}, with the names of the components for people. */
    public static BackupPlan of(CamundaLine line, Collection<Component> participants) {
        return of(
                line,
                participants.stream()
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), Component::displayName)));
    }

    private static List<BackupStep> steps(List<List<Component>> groups, Map<Component, String> participants) {
        return groups.stream()
                .map(group -> group.stream()
                        .flatMap(component -> Optional.ofNullable(participants.get(component))
                                .map(text -> new BackupStep.Take(component, text))
                                .stream())
                        .toList())
                .filter(group -> !group.isEmpty())
                .<BackupStep>map(group -> group.size() == 1 ? group.get(0) : new BackupStep.Together(group))
                .toList();
    }

    /** Everything that is backed up, in order. */
    public List<Component> components() {
        return steps.stream().flatMap(step -> step.components().stream()).toList();
    }

    /** Components that are asked together; all of one group are complete before the next is asked. */
    public List<List<Component>> groups() {
        return groups(steps).toList();
    }

    private static Stream<List<Component>> groups(List<BackupStep> steps) {
        return steps.stream()
                .flatMap(step -> step.match(
                        together -> Stream.of(together.components()),
                        paused -> groups(paused.steps()),
                        take -> Stream.of(take.components())));
    }

    /** What is backed up while exporting is paused. */
    public Set<Component> inPause() {
        return steps.stream()
                .flatMap(step -> step.match(
                        together -> Stream.<Component>of(),
                        paused -> paused.components().stream(),
                        take -> Stream.<Component>of()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The plan in lines for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Backup plan for " + line.displayName() + ":");
        append(text, steps, "  ");
        return text.toString();
    }

    private static void append(StringBuilder text, List<BackupStep> steps, String indent) {
        int number = 1;
        for (BackupStep step : steps) {
            text.append('\n').append(indent).append(number++).append(". ");
            step.<Void>match(
                    together -> {
                        text.append(together.parts().stream()
                                .map(BackupStep.Take::text)
                                .collect(Collectors.joining(", ", "", " (started together)")));
                        return null;
                    },
                    paused -> {
                        text.append("with exporting softly paused, and resumed whatever happens:");
                        append(text, paused.steps(), indent + "   ");
                        return null;
                    },
                    take -> {
                        text.append(take.text());
                        return null;
                    });
        }
    }
}
