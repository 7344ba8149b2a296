package io.github.camundabackup.internal.text;

import io.github.camundabackup.model.Component;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pieces of sentences that messages, reports and instructions share. */
public final class Phrases {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

    private static final int MOST_NAMES = 5;

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

    /** The first of some names, and how many more there are. */
    public static String some(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /** A number with its noun: {@code 1 index}, {@code 2 indices}. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** A size: {@code 900 B}, {@code 1.5 kB}, {@code 12 GB}. */
    public static String bytes(long number) {
        double size = number;
        int unit = 0;
        while (size >= 1000 && unit < UNITS.size() - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || size >= 10 ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
    }
}
