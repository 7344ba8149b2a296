package io.github.camundabackup.test.acceptance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One question, and what came of it.
 *
 * @param name unique in a report, such as {@code operate-list}
 * @param request what was asked, with placeholders for hosts, names and ids
 * @param changes whether the question changes something in the cluster, or may do so
 * @param verdict whether the answer is that of the simulated cluster
 * @param differences each thing that is not the same
 * @param reason why it was not asked, or why no answer came; empty otherwise
 * @param answer what the cluster answered
 * @param expected what the simulated cluster answered
 */
public record AcceptanceResult(
        String name,
        String request,
        boolean changes,
        AcceptanceVerdict verdict,
        List<String> differences,
        String reason,
        Optional<AcceptanceAnswer> answer,
        Optional<AcceptanceAnswer> expected) {
    public AcceptanceResult {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(verdict, "verdict");
        differences = List.copyOf(differences);
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(expected, "expected");
    }

    /** Verdict, name and request in one line, and what differs in lines of its own. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format("%-11s %s: %s", verdict, name, request));
        if (!reason.isEmpty()) {
            text.append("\n            ").append(reason);
        }
        differences.forEach(difference -> text.append("\n            - ").append(difference));
        return text.toString();
    }
}
