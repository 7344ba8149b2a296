package io.github.camundabackup.internal.text;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names with {@code *} in place of any characters, as engines take them. */
public final class Wildcards {
    private Wildcards() {}

    /** Whether a whole name is meant by a pattern. */
    public static Predicate<String> matcher(String pattern) {
        return Pattern.compile(
                        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                        Pattern.DOTALL)
                .asMatchPredicate();
    }

    /** Whether a whole name is meant by one of the patterns. */
    public static Predicate<String> matcher(Collection<String> patterns) {
        List<Predicate<String>> each = patterns.stream().map(Wildcards::matcher).toList();
        return name -> each.stream().anyMatch(one -> one.test(name));
    }
}
