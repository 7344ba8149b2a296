package io.github.camundabackup.test.internal.searchengine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names with wildcards, separated by commas, with a minus in front of what is left out: as in paths and bodies. */
final class NamePatterns {
    private final List<String> patterns;

    private NamePatterns(List<String> patterns) {
        this.patterns = patterns;
    }

    static NamePatterns of(String commaSeparated) {
        return new NamePatterns(Stream.of(commaSeparated.split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList());
    }

    /** A text or a list of texts; everything, if there is none. */
    static NamePatterns ofJson(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.isEmpty()
                    ? of("*")
                    : new NamePatterns(list.stream().map(String::valueOf).collect(Collectors.toList()));
        }
        return value == null ? of("*") : of(String.valueOf(value));
    }

    static boolean isPattern(String name) {
        return name.indexOf('*') >= 0 || name.equals("_all");
    }

    boolean hasWildcard() {
        return patterns.stream().anyMatch(NamePatterns::isPattern);
    }

    List<String> patterns() {
        return patterns;
    }

    /** The names that match, in their order, and those that are missing. */
    Selection select(Collection<String> names) {
        Set<String> selected = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        boolean wildcardBefore = false;
        for (String pattern : patterns) {
            boolean exclude = pattern.startsWith("-") && wildcardBefore;
            String plain = exclude ? pattern.substring(1) : pattern;
            Pattern regex = regex(plain);
            List<String> matching =
                    names.stream().filter(n -> regex.matcher(n).matches()).toList();
            if (exclude) {
                matching.forEach(selected::remove);
            } else {
                selected.addAll(matching);
                if (matching.isEmpty() && !isPattern(plain)) {
                    missing.add(plain);
                }
            }
            wildcardBefore |= isPattern(plain);
        }
        return new Selection(
                names.stream().filter(selected::contains).collect(Collectors.toCollection(LinkedHashSet::new)),
                missing);
    }

    private static Pattern regex(String pattern) {
        if (pattern.equals("_all")) {
            return Pattern.compile(".*");
        }
        return Pattern.compile(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /**
     * @param names what matches
     * @param missing plain names that match nothing
     */
    record Selection(Set<String> names, List<String> missing) {}
}
