package io.github.camundabackup.restore.control;

import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import java.util.List;

/**
 * The order in which components are started, as their line demands it. They are stopped the other way round.
 *
 * @param first what is started first, Zeebe at its beginning
 * @param others what is started once the first ones answer
 */
public record StartOrder(List<Component> first, List<Component> others) {
    /** The order that the line demands which has these components. */
    public static StartOrder of(List<Component> components, CamundaLines lines) {
        List<Component> first = lines.having(components).stream()
                .flatMap(line -> line.startsFirst().stream())
                .filter(components::contains)
                .toList();
        return new StartOrder(
                first,
                components.stream()
                        .filter(component -> !first.contains(component))
                        .toList());
    }

    /** The instruction to an operator, without its end: {@code Start …}. */
    public String instruction() {
        if (first.isEmpty() || others.isEmpty()) {
            return "Start " + Phrases.names(first.isEmpty() ? others : first);
        }
        return "Start " + Phrases.names(first) + " first, and once "
                + (first.size() == 1 ? "it answers" : "they answer") + " " + Phrases.names(others);
    }
}
