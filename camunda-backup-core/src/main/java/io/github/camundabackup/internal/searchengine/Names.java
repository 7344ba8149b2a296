package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.text.Wildcards;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks names that are put into a path. What could reach more than the one thing that is meant (wildcards, lists,
 * exclusions, date math, {@code _all}, {@code ..}) is refused before anything is sent.
 */
final class Names {
    private static final Pattern PLAIN = Pattern.compile("(?![_+-])(?!\\.{1,2}$)[^*?,/\\\\<>|\"#\\s]+");

    private Names() {}

    /** Whether this can be the name of one thing. */
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    /**
     * @throws IllegalArgumentException if this cannot be the name of exactly one snapshot
     */
    static void requireSnapshot(String name) {
        if (!isPlain(name)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not the name of one snapshot. Wildcards and lists are not accepted here.");
        }
    }

    /**
     * @throws IllegalArgumentException if one of these cannot be the name of exactly one index
     */
    static void requireIndices(Collection<String> names) {
        for (String name : names) {
            if (!isPlain(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is not the name of one index. Wildcards and lists are not accepted here.");
            }
        }
    }

    /**
     * @throws IllegalArgumentException if one of these is neither an index name nor a pattern with {@code *}
     */
    static void requirePatterns(Collection<String> patterns) {
        for (String pattern : patterns) {
            if (!isPlain(pattern.replace("*", "x"))) {
                throw new IllegalArgumentException("\"" + pattern
                        + "\" is neither the name of an index nor a pattern with * in place of characters.");
            }
        }
    }

    /**
     * Whether an index is meant by one of the patterns. Engines also look patterns up among aliases, and so give
     * indices of quite other names.
     */
    static Predicate<String> matcher(Collection<String> patterns) {
        List<Predicate<String>> each = patterns.stream().map(Names::matcher).toList();
        return index -> each.stream().anyMatch(one -> one.test(index));
    }

    private static Predicate<String> matcher(String pattern) {
        boolean hiddenToo = pattern.startsWith(".");
        Predicate<String> meant = Wildcards.matcher(pattern);
        return index -> (hiddenToo || !index.startsWith(".")) && meant.test(index);
    }
}
