package io.github.camundabackup.restore.control;

import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.stream.Stream;

/**
 * In which order components are started: Operate 8.6.0 ends when there is no gateway of Zeebe yet, and in 8.8 and later the web
 * applications are a part of the process that is Zeebe. They are stopped the other way round.
 *
 * @param first what is started first, Zeebe at its beginning
 * @param others what is started once the first ones answer
 */
public record StartOrder(List<Component> first, List<Component> others) {
    public static StartOrder of(List<Component> components) {
        List<Component> first = Stream.of(Component.ZEEBE, Component.WEB_APPLICATIONS)
                .filter(components::contains)
                .toList();
        return new StartOrder(
                first,
                components.stream()
                        .filter(component -> !first.contains(component))
                        .toList());
    }

    /** What somebody is told to do, without its end: {@code Start …}. */
    public String instruction() {
        if (first.isEmpty() || others.isEmpty()) {
            return "Start " + Phrases.names(first.isEmpty() ? others : first);
        }
        return "Start " + Phrases.names(first) + " first, and once "
                + (first.size() == 1 ? "it answers" : "they answer") + " " + Phrases.names(others);
    }
}
