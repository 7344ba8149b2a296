package io.github.camundabackup.consistency;

import io.github.camundabackup.model.Component;
import java.util.Collection;
import java.util.stream.Collectors;

/** Lists in sentences. */
final class Lists {
    private Lists() {}

    static String names(Collection<Component> components) {
        return components.isEmpty()
                ? "no components"
                : components.stream().map(Component::displayName).collect(Collectors.joining(", "));
    }

    static String of(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
