package io.github.camundabackup.test.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a cluster was asked, and whether it answered as the simulated cluster of its line does. Holds no host, no secret
 * and no name of the user's.
 *
 * @param line the line that the cluster was compared with; empty if none was found
 * @param version the version that the simulated cluster had; empty if no line was found
 * @param versionFrom how the version was found
 * @param engine the search engine and its version; empty if it could not be asked
 * @param results every question, in the order in which they were asked
 * @param left what the kit made and could not delete, each with what to do; empty if nothing was left
 * @param notes what whoever reads this should know
 */
public record AcceptanceReport(
        String line,
        String version,
        String versionFrom,
        String engine,
        List<AcceptanceResult> results,
        List<String> left,
        List<String> notes) {
    public AcceptanceReport {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(versionFrom, "versionFrom");
        Objects.requireNonNull(engine, "engine");
        results = List.copyOf(results);
        left = List.copyOf(left);
        notes = List.copyOf(notes);
    }

    /**
     * Whether every answer that there is was the same, there was one, none is missing for want of a connection, and
     * nothing was left.
     */
    public boolean isAccepted() {
        return count(AcceptanceVerdict.SAME) > 0
                && count(AcceptanceVerdict.DIFFERENT) == 0
                && count(AcceptanceVerdict.UNREACHABLE) == 0
                && left.isEmpty();
    }

    /** How many questions have a verdict. */
    public long count(AcceptanceVerdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** The questions with a verdict. */
    public List<AcceptanceResult> results(AcceptanceVerdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).toList();
    }

    /** As JSON, whose fields are stable. */
    public String toJson() {
        return ReportJson.write(this);
    }

    /**
     * Writes the bundle: {@code report.json}, {@code report.txt}, and a file for each question.
     *
     * @param target a directory that is empty or not there, or a file that is not there and whose name ends with {@code
     *     .zip}
     * @throws IOException if it cannot be written, or would replace something
     */
    public void writeTo(Path target) throws IOException {
        Bundle.write(this, target);
    }

    /** In lines for people. */
    @Override
    public String toString() {
        return ReportText.write(this);
    }
}
