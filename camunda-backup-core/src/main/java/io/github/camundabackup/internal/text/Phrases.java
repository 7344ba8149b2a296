package io.github.camundabackup.internal.text;

import io.github.camundabackup.model.Component;
import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of sentences that messages, reports and instructions share. */
public final class Phrases {
    private Phrases() {}

    /** The display names of components, separated by commas. */
    public static String names(Collection<Component> components) {
        return components.isEmpty()
                ? "no components"
                : components.stream().map(Component::displayName).collect(Collectors.joining(", "));
    }

    /** Values, separated by commas. */
    public static String list(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A number with its noun: {@code 1 index}, {@code 2 indices}. */
    public static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
