package io.github.camundabackup.error;

/** Joins our own sentences with those of servers, which may or may not end with a full stop. */
final class Sentences {
    private Sentences() {}

    /**
     * @param sentence any text
     * @param next a sentence, or empty
     */
    static String join(String sentence, String next) {
        String first = sentence.stripTrailing();
        String ended = first.matches("(?s).*[.!?…]") ? first : first + ".";
        return next.isEmpty() ? ended : ended + " " + next;
    }
}
