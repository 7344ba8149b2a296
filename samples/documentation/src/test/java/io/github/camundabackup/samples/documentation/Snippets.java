package io.github.camundabackup.samples.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Pieces of code in a text, each between two lines that mark it, without the indentation that their lines share. */
final class Snippets {
    private Snippets() {}

    /**
     * A piece of code.
     *
     * @param line the number of its first line, from 1
     */
    record Snippet(int line, String code) {}

    /** What stands between {@code ```java} and {@code ```} in a Markdown text. */
    static List<Snippet> ofMarkdown(String text) {
        return between(text, line -> line.matches("```+ ?java\\b.*"), line -> line.matches("```+"));
    }

    /** What stands between {@code // snippet} and {@code // end} in a Java file. */
    static List<Snippet> ofJava(String text) {
        return between(text, "// snippet"::equals, "// end"::equals);
    }

    private static List<Snippet> between(String text, Predicate<String> begin, Predicate<String> end) {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int first = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (first < 0 && begin.test(line)) {
                first = i + 1;
            } else if (first >= 0 && end.test(line)) {
                snippets.add(new Snippet(first + 1, dedent(lines.subList(first, i))));
                first = -1;
            }
        }
        if (first >= 0) {
            throw new IllegalArgumentException("The snippet that begins in line " + (first + 1) + " has no end.");
        }
        return snippets;
    }

    private static String dedent(List<String> lines) {
        return lines.stream().collect(Collectors.joining("\n")).stripIndent();
    }
}
