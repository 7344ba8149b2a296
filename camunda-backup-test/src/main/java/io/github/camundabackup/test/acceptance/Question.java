package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Something to ask the cluster and the simulated one. Immutable.
 *
 * @param name unique
 * @param request what is asked, for people, with placeholders
 * @param changes whether it changes something, or may do so
 * @param words how words are compared
 * @param ask asks the cluster
 * @param askReference asks the simulated cluster; may depend on what the cluster answered
 * @param view the part of the body that is compared
 * @param always whether it is asked although the backup failed
 */
record Question(
        String name,
        String request,
        boolean changes,
        AnswerShape.Words words,
        Ask ask,
        AskReference askReference,
        UnaryOperator<JsonNode> view,
        boolean always) {

    /** Puts a question to a cluster. */
    @FunctionalInterface
    interface Ask {
        RawAnswer of(Site site) throws IOException;
    }

    /** Puts a question to the simulated cluster. */
    @FunctionalInterface
    interface AskReference {
        RawAnswer of(Site site, RawAnswer real) throws IOException;
    }

    /** One that only reads, and is put to both in the same words. */
    static Question reading(String name, String request, Ask ask) {
        return new Question(
                name, request, false, AnswerShape.Words.KNOWN, ask, (site, real) -> ask.of(site), json -> json, false);
    }

    /** One that is put to both in the same situation, so that their words must be equal. */
    static Question exact(String name, String request, Ask ask) {
        return new Question(
                name, request, false, AnswerShape.Words.EQUAL, ask, (site, real) -> ask.of(site), json -> json, false);
    }

    /** As {@link #exact}, and it changes something. */
    static Question changing(String name, String request, Ask ask) {
        return new Question(
                name, request, true, AnswerShape.Words.EQUAL, ask, (site, real) -> ask.of(site), json -> json, false);
    }

    Question reference(AskReference other) {
        return new Question(name, request, changes, words, ask, other, view, always);
    }

    Question viewed(UnaryOperator<JsonNode> part) {
        return new Question(name, request, changes, words, ask, askReference, part, always);
    }

    Question askedAlways() {
        return new Question(name, request, changes, words, ask, askReference, view, true);
    }
}
